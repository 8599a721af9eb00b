import { parseExactJson } from '../../model/exactJson';
import type { Message, Part } from '../../model/message';
import type { SpanDetail } from '../../protocol/engineContract';

/** What was sent, as a Markdown document: roles are headings, texts are as in the log. */
export function toPromptDocument(detail: SpanDetail): string {
  const { content } = detail;
  if (!content || (content.inputMessages.length === 0 && content.tools.length === 0)) {
    return noTextDocument(detail, 'what was sent');
  }
  const tools = content.tools.map(
    tool => `- ${tool.name}${tool.description ? `: ${tool.description}` : ''}`,
  );
  return joinSections([
    ...content.inputMessages.map(messageSection),
    ...(tools.length > 0 ? [`# tools\n\n${tools.join('\n')}`] : []),
  ]);
}

/** What came back, as a Markdown document. */
export function toResponseDocument(detail: SpanDetail): string {
  const { content, span } = detail;
  if (!content || content.outputMessages.length === 0) {
    return span.error
      ? `# error\n\n${span.error.message}\n`
      : noTextDocument(detail, 'what came back');
  }
  return joinSections(content.outputMessages.map(messageSection));
}

/** Messages, tools and parameters as they were understood. */
export function toRequestDocument(detail: SpanDetail): string {
  const { span, content } = detail;
  return toJson({
    provider: span.provider,
    model: span.model,
    params: content?.params,
    messages: content?.inputMessages,
    tools: content?.tools,
  });
}

/** The records as they are on disk, JSON set out on several lines. */
export function toRawDocument(detail: SpanDetail): string {
  return detail.raw.map(record => rawText(record.text, record.omittedBytes)).join('\n');
}

/** Pretty JSON with a line break at the end. */
export function toJson(value: unknown): string {
  return `${JSON.stringify(value, null, 2)}\n`;
}

/** One part of a message as text. */
export function partText(part: Part): string {
  switch (part.type) {
    case 'text':
      return part.cutByLogger
        ? `${part.text}\n\n[cut by the logger: the rest is not in the log]`
        : part.text;
    case 'reasoning':
      return `[reasoning]\n${part.text}`;
    case 'refusal':
      return `[refusal]\n${part.text}`;
    case 'toolCall':
      return `[tool call] ${part.name}\n${valueText(part.arguments)}`;
    case 'toolResult':
      return `[tool result${part.isError ? ', failed' : ''}] ${part.name ?? part.id ?? ''}\n${valueText(part.content)}`;
    case 'image':
    case 'audio':
    case 'file':
      return `[${[part.type, part.mimeType, part.name, part.url].filter(Boolean).join(' ')}]`;
  }
}

function messageSection(message: Message): string {
  const heading = message.name === undefined ? message.role : `${message.role} (${message.name})`;
  return `# ${heading}\n\n${message.parts.map(partText).join('\n\n')}`;
}

function valueText(value: unknown): string {
  return typeof value === 'string' ? value : toJson(value).trimEnd();
}

function rawText(text: string, omittedBytes: number): string {
  if (omittedBytes > 0) {
    return `${text}\n… ${omittedBytes} more bytes\n`;
  }
  try {
    return toJson(parseExactJson(text));
  } catch {
    // a text record, or JSON that the writer left unfinished: it is shown as it stands
    return `${text}\n`;
  }
}

function noTextDocument(detail: SpanDetail, what: string): string {
  const steps = detail.recordingHint?.steps ?? [];
  const hint = steps.map(step =>
    step.code === undefined ? step.text : `${step.text}\n\n    ${step.code}`,
  );
  return joinSections([
    `The log does not say ${what}${detail.contentProblem === undefined ? '.' : `: ${detail.contentProblem}`}`,
    ...(hint.length > 0 ? [`To record it:\n\n${hint.join('\n\n')}`] : []),
  ]);
}

function joinSections(sections: readonly string[]): string {
  return `${sections.join('\n\n')}\n`;
}
