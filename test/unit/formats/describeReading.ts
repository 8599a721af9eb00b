import type { Message, Part, SpanContent } from '../../../src/model/message';
import type { SpanPatch } from '../../../src/model/span';
import type { ReadRecord } from './readFixture';

const maxText = 72;

/** A readable page of what was read out of a file: a line or a few for each record. */
export function describeRecords(records: readonly ReadRecord[]): string {
  return `${records.map(describeRecord).join('\n')}\n`;
}

function describeRecord({ line, claimedBy, reading }: ReadRecord): string {
  const place = `L${line} ${claimedBy.map(format => format.id).join('+') || 'NOT CLAIMED'}`;
  if (!reading) {
    return claimedBy.length > 0 ? `${place}: not understood` : place;
  }
  const { audit, spans, turn } = reading;
  if (audit) {
    const when = audit.timestamp === undefined ? 'no time' : iso(audit.timestamp);
    const words = [when, audit.action, `user=${audit.userId}`, `resource=${audit.resource}`];
    const hash = audit.contentHash === undefined ? [] : [`hash=${audit.contentHash}`];
    return [place, 'audit', ...words, ...hash, short(JSON.stringify(audit.details) ?? '')].join(
      ' ',
    );
  }
  const calls = spans.map(span => `${place} ${describeSpan(span)}`);
  const said =
    turn === undefined
      ? []
      : [
          `${place} turn of ${turn.thread}`,
          ...turn.messages().map(message => `  = ${describeMessage(message)}`),
        ];
  return [...calls, ...said].join('\n') || `${place}: no call`;
}

function describeSpan(span: SpanPatch): string {
  const { usage, error } = span;
  const facts: readonly (readonly [string, unknown])[] = [
    ['part', span.part === 'whole' ? undefined : span.part],
    ['model', span.model],
    ['provider', span.provider],
    ['start', span.startTime === undefined ? undefined : iso(span.startTime)],
    ['ms', span.durationMs === undefined ? undefined : round(span.durationMs)],
    ['end', span.endTime === undefined ? undefined : iso(span.endTime)],
    ['ttft', span.timeToFirstTokenMs],
    ['in', usage?.inputTokens],
    ['cacheRead', usage?.cacheReadInputTokens],
    ['cacheWrite', usage?.cacheCreationInputTokens],
    ['out', usage?.outputTokens],
    ['reasoning', usage?.reasoningOutputTokens],
    ['total', usage?.totalTokens],
    ['usd', span.loggedCostUsd],
    ['finish', span.finishReason],
    ['id', span.identity],
    [
      'request',
      span.requestId === span.identity?.replace('request:', '') ? undefined : span.requestId,
    ],
    ['trace', span.traceId],
    ['span', span.spanId],
    ['parent', span.parentSpanId],
    ['session', span.sessionId],
    ['user', span.userId],
    ['tags', span.tags && JSON.stringify(span.tags)],
    ['tools', span.toolCallNames?.join(',') || undefined],
    [
      'text',
      [span.hasInput ? 'in' : '', span.hasOutput ? 'out' : ''].filter(Boolean).join('+') || 'none',
    ],
  ];
  const shown = facts
    .filter(([, value]) => value !== undefined)
    .map(([key, value]) => `${key}=${String(value)}`);
  const head = [span.kind, span.name, span.status, ...shown].join(' ');
  const failure = error
    ? [`  error ${error.type ?? '-'} ${error.status ?? '-'} ${short(error.message)}`]
    : [];
  return [head, ...failure, ...describeContent(span.content?.())].join('\n');
}

function describeContent(content: SpanContent | undefined): string[] {
  if (!content) {
    return [];
  }
  const params =
    Object.keys(content.params).length > 0 ? [`  params ${JSON.stringify(content.params)}`] : [];
  return [
    ...content.inputMessages.map(message => `  > ${describeMessage(message)}`),
    ...content.outputMessages.map(message => `  < ${describeMessage(message)}`),
    ...content.tools.map(tool => `  tool ${tool.name} ${short(tool.description ?? '')}`),
    ...params,
  ];
}

function describeMessage(message: Message): string {
  const who = message.name === undefined ? message.role : `${message.role}(${message.name})`;
  return `${who}: ${message.parts.map(describePart).join(' | ')}`;
}

function describePart(part: Part): string {
  switch (part.type) {
    case 'text':
      return `${JSON.stringify(short(part.text))}${part.cutByLogger === true ? ' (cut by the logger)' : ''}`;
    case 'reasoning':
    case 'refusal':
      return `${part.type} ${JSON.stringify(short(part.text))}`;
    case 'toolCall':
      return `call ${part.id ?? '-'} ${part.name} ${typeof part.arguments} ${short(JSON.stringify(part.arguments) ?? '')}`;
    case 'toolResult':
      return `result ${part.id ?? '-'} ${part.isError === true ? 'error ' : ''}${short(JSON.stringify(part.content) ?? '')}`;
    case 'image':
    case 'audio':
    case 'file':
      return `${part.type} ${part.mimeType ?? '-'} ${part.url ?? `${part.byteLength} bytes`}`;
  }
}

function short(text: string): string {
  const line = text.replaceAll('\n', '\\n');
  return line.length <= maxText ? line : `${line.slice(0, maxText)}…(${line.length})`;
}

function iso(time: number): string {
  return new Date(Math.floor(time)).toISOString();
}

function round(number: number): number {
  return Math.round(number * 1000) / 1000;
}
