import { placeLabel, positionLabel } from '../../model/source';
import type { Span, SpanKind } from '../../model/span';
import { formatCount, formatDuration, formatTime, formatUsd, joinFacts } from './format';
import { errorColor, type Hover, plainColor, type Row } from './row';
import { toVisibleLine } from './visibleText';
import { categoryWords } from './words';

const kindIcons: Readonly<Record<SpanKind, string>> = {
  call: 'sparkle',
  embedding: 'symbol-numeric',
  tool: 'tools',
  agent: 'agent',
  retrieval: 'library',
  chain: 'list-tree',
  event: 'circle-small-filled',
};

/** `chat gpt-4o`, `search_invoices`. */
export function spanLabel(span: Pick<Span, 'name' | 'model'>): string {
  const name = toVisibleLine(span.name, 80);
  const model = span.model === undefined ? '' : toVisibleLine(span.model, 80);
  return name.includes(model) ? name || 'span' : `${name} ${model}`.trim();
}

/** A span of a trace: why it failed, how long, how much. `isMatch`: it is what the filter looks for. */
export function toSpanRow(span: Span, isMatch: boolean): Row {
  const label = spanLabel(span);
  const failed = span.status === 'error';
  const description = joinFacts([
    span.error ? categoryWords(span.error.category) : undefined,
    span.status === 'running' ? 'running' : undefined,
    span.durationMs === undefined ? undefined : formatDuration(span.durationMs),
    span.cost ? formatUsd(span.cost.usd) : undefined,
  ]);
  return {
    label,
    ...(isMatch ? { highlights: [[0, label.length] as const] } : {}),
    description,
    ...spanIcon(span),
    ...(failed ? { tone: 'failed' as const, count: 1 } : {}),
    spoken: [
      span.kind,
      label,
      failed ? 'failed' : undefined,
      isMatch ? 'found by the filter' : undefined,
      description,
    ]
      .filter(Boolean)
      .join(', '),
  };
}

/** A tool that a call asked for, when the log has no span of the tool itself. */
export function toToolCallRow(name: string): Row {
  const label = toVisibleLine(name, 120);
  return {
    label,
    description: 'asked for',
    icon: 'tools',
    spoken: `tool ${label}, asked for by the model`,
  };
}

/** What the hover of a span says. `nameOf` shortens a path. */
export function toSpanHover(span: Span, nameOf: (file: string) => string): Hover {
  const { usage } = span;
  const tokens = joinFacts([
    usage.inputTokens === undefined ? undefined : `${formatCount(usage.inputTokens)} tokens in`,
    usage.outputTokens === undefined ? undefined : `${formatCount(usage.outputTokens)} out`,
  ]);
  const source = span.sources[0];
  return [
    [spanLabel(span), ...(span.error ? [toVisibleLine(errorText(span.error), 400)] : [])],
    [
      joinFacts([
        span.startTime === undefined ? 'time unknown' : formatTime(span.startTime),
        span.durationMs === undefined ? 'duration unknown' : formatDuration(span.durationMs),
      ]),
      tokens === '' ? 'tokens unknown' : tokens,
      span.cost ? formatUsd(span.cost.usd) : 'cost unknown',
      ...(span.provider === undefined ? [] : [toVisibleLine(span.provider, 80)]),
    ],
    source
      ? [
          `${toVisibleLine(placeLabel(nameOf(source.file), source.entry), 400)}${positionLabel(source)}`,
        ]
      : [],
  ];
}

/** `RateLimitError 429: Rate limit reached…`. */
export function errorText(error: NonNullable<Span['error']>): string {
  const head = [error.type, error.status].filter(part => part !== undefined).join(' ');
  return head === '' ? error.message : `${head}: ${error.message}`;
}

function spanIcon(span: Span): { icon: string; iconColor?: string } {
  if (span.status === 'running') {
    return { icon: 'loading~spin' };
  }
  return span.status === 'error'
    ? { icon: 'error', iconColor: errorColor }
    : { icon: kindIcons[span.kind], iconColor: plainColor };
}
