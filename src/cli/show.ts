import type { Engine } from '../engine/engine';
import { placeLabel, positionLabel } from '../model/source';
import type { Message, Part } from '../model/message';
import type { SpanDetail } from '../protocol/engineContract';
import type { Command } from './command';
import { showDuration, showNumber, showText, showTime, showUsd } from './display';
import { UsageError } from './io';
import { withLogs } from './openLogs';
import { toSourceLine, toSpanLine } from './spanLine';
import { printPairs } from './table';

export const show: Command = {
  name: 'show',
  usage: 'show PATH KEY [--json]',
  summary: 'prints one span with its messages, tools, parameters and raw record',
  details: ['KEY is the key that `calls` prints, or the request, span or message id in the log.'],
  options: {},
  async run(invocation) {
    const { out, json, paths } = invocation;
    const [path, key] = paths;
    if (path === undefined || key === undefined || paths.length > 2) {
      throw new UsageError('show takes a PATH and a KEY');
    }
    const logs = { ...invocation, paths: [path] };
    await withLogs(logs, { prices: true, final: true }, async ({ engine, nameOf }) => {
      const detail = await engine.handlers.getSpan({ key: findKey(engine, key) ?? key });
      if (!detail) {
        throw new UsageError(`there is no span "${key}" in ${path}`);
      }
      if (json) {
        await out.printJson(toDetail(detail, nameOf));
        return;
      }
      await printPairs(out, summaryRows(detail));
      for (const text of toText(detail, nameOf)) {
        await out.printText(text);
      }
    });
  },
};

/** The key itself, else the one span that carries this id. */
function findKey(engine: Engine, id: string): string | undefined {
  if (engine.span(id)) {
    return id;
  }
  const found: string[] = [];
  for (const span of engine.spans()) {
    if (span.requestId === id || span.spanId === id || span.key.endsWith(`:${id}`)) {
      found.push(span.key);
    }
  }
  if (found.length > 1) {
    throw new UsageError(`"${id}" is the id of ${found.length} spans: say the key`);
  }
  return found[0];
}

function toDetail(detail: SpanDetail, nameOf: (file: string) => string): object {
  const { content } = detail;
  return {
    ...toSpanLine(detail.span, nameOf),
    inputMessages: content?.inputMessages ?? null,
    outputMessages: content?.outputMessages ?? null,
    tools: content?.tools ?? null,
    params: content?.params ?? null,
    raw: detail.raw.map(({ source, text, omittedBytes, changedOnDisk }) => ({
      ...toSourceLine(source, nameOf),
      text,
      omittedBytes,
      changedOnDisk,
    })),
  };
}

function summaryRows({ span, cost, costUnknown }: SpanDetail): (readonly [string, string])[] {
  const { usage } = span;
  return [
    ['Key', span.key],
    ['Kind', `${span.kind} (${span.name})`],
    ['Model', [showText(span.model), span.provider].filter(Boolean).join(', ')],
    ['Trace', showText(span.traceId)],
    ['Time', showTime(span.startTime)],
    ['Duration', showDuration(span.durationMs)],
    ['First token', showDuration(span.timeToFirstTokenMs)],
    ['Tokens', `${showNumber(usage.inputTokens)} in, ${showNumber(usage.outputTokens)} out`],
    ['Cost', cost ? showUsd(cost.usd) : showText(costUnknown && `unknown: ${costUnknown}`)],
    ['Status', [span.status, span.finishReason].filter(Boolean).join(', ')],
    ...Object.entries(span.tags).map(([name, value]) => [`Tag ${name}`, value] as const),
  ];
}

function* toText(detail: SpanDetail, nameOf: (file: string) => string): Generator<string> {
  const { span, content, diagnosis } = detail;
  if (span.error) {
    yield `\nError ${span.error.type ?? ''}: ${span.error.message}`;
  }
  if (diagnosis) {
    yield `\n${diagnosis.title}\n${diagnosis.explanation}`;
    yield* diagnosis.fixes.map(fix => `- ${fix}`);
  }
  for (const finding of detail.findings) {
    yield `\n${finding.title}: ${finding.message}`;
  }
  if (!content) {
    yield `\n${detail.contentProblem ?? 'The log holds no text of this span.'}`;
    for (const step of detail.recordingHint?.steps ?? []) {
      yield step.code === undefined ? step.text : `${step.text}\n${step.code}`;
    }
  }
  for (const message of [...(content?.inputMessages ?? []), ...(content?.outputMessages ?? [])]) {
    yield `\n[${message.role}]`;
    yield* toParts(message);
  }
  for (const { source } of detail.raw) {
    yield `\n${placeLabel(nameOf(source.file), source.entry)}${positionLabel(source)}`;
  }
}

function* toParts(message: Message): Generator<string> {
  if (message.parts.length === 0) {
    yield '(no content)';
  }
  for (const part of message.parts) {
    yield toPart(part);
  }
}

function toPart(part: Part): string {
  switch (part.type) {
    case 'text':
      return part.cutByLogger ? `${part.text} [cut by the logger]` : part.text;
    case 'reasoning':
    case 'refusal':
      return `(${part.type}) ${part.text}`;
    case 'toolCall':
      return `-> ${part.name} ${toJson(part.arguments)}`;
    case 'toolResult':
      return `<- ${part.name ?? part.id ?? 'result'} ${toJson(part.content)}`;
    case 'image':
    case 'audio':
    case 'file':
      return `(${[part.type, part.mimeType, part.name ?? part.url].filter(Boolean).join(' ')})`;
  }
}

function toJson(value: unknown): string {
  return typeof value === 'string' ? value : (JSON.stringify(value) ?? 'nothing');
}
