import { isCall, type Span } from '../../src/model/span';
import { count, counted, decimal, money } from '../display';
import { isFailed } from '../selection';

/** A row of what a log without text still says. */
export interface KnownFact {
  readonly name: string;
  readonly value: string;
  readonly note?: string | undefined;
}

/** Sizes, ends and speeds of a call. `previous` is the call before it in the trace. */
export function knownFacts(span: Span, previous: Span | undefined): readonly KnownFact[] {
  const sizes = isCall(span) ? [prompt(span, previous), answer(span)] : [];
  return [...sizes, ...optional(span)];
}

/** What the spans inside an agent or a chain come to; sums are over its calls. */
export function totalsOf(inside: readonly Span[]): readonly KnownFact[] {
  const calls = inside.filter(isCall);
  const errors = inside.filter(isFailed).length;
  const tools = inside.filter(({ kind }) => kind === 'tool').length;
  return [
    { name: 'Spans inside', value: count(inside.length) },
    { name: 'Calls', value: count(calls.length) },
    { name: 'Tool runs', value: count(tools) },
    { name: 'Errors', value: count(errors) },
    { name: 'Input', value: sum(calls, ({ usage }) => usage.inputTokens, tokens) },
    { name: 'Output', value: sum(calls, ({ usage }) => usage.outputTokens, tokens) },
    { name: 'Cost', value: sum(calls, ({ cost }) => cost?.usd, money) },
  ];
}

function tokens(value: number): string {
  return counted(value, 'token');
}

/** A sum that says when it is only a part of the truth. */
function sum(
  calls: readonly Span[],
  read: (span: Span) => number | undefined,
  write: (value: number) => string,
): string {
  const known = calls.map(read).filter(value => value !== undefined);
  if (known.length === 0) {
    return 'unknown';
  }
  const total = write(known.reduce((a, b) => a + b, 0));
  return known.length < calls.length ? `at least ${total}` : total;
}

function prompt(span: Span, previous: Span | undefined): KnownFact {
  const { inputTokens } = span.usage;
  if (inputTokens === undefined) {
    return { name: 'Prompt', value: 'size not in the log' };
  }
  const before = previous?.usage;
  const more = before?.inputTokens === undefined ? undefined : inputTokens - before.inputTokens;
  const answered =
    before?.outputTokens === undefined ? '' : `, which answered with ${count(before.outputTokens)}`;
  const compared =
    more === undefined
      ? undefined
      : more === 0
        ? 'as many as the call before'
        : `${count(Math.abs(more))} ${more > 0 ? 'more' : 'fewer'} than the call before${answered}`;
  return { name: 'Prompt', value: counted(inputTokens, 'token'), note: compared };
}

function answer({ usage, toolCallNames }: Span): KnownFact {
  const tokens =
    usage.outputTokens === undefined ? 'size not in the log' : counted(usage.outputTokens, 'token');
  const calls = toolCallNames.length > 0 ? `, ${counted(toolCallNames.length, 'tool call')}` : '';
  return { name: 'Answer', value: `${tokens}${calls}` };
}

function optional(span: Span): readonly KnownFact[] {
  const facts: KnownFact[] = [];
  if (span.finishReason !== undefined) {
    facts.push({ name: 'Finish reason', value: span.finishReason });
  }
  const speed = outputSpeed(span);
  if (speed) {
    facts.push({ name: 'Output speed', value: speed.value, note: speed.note });
  }
  if (span.provider !== undefined) {
    facts.push({ name: 'Provider', value: span.provider });
  }
  if (span.requestId !== undefined) {
    facts.push({ name: 'Request', value: span.requestId });
  }
  return facts;
}

/** Output tokens a second: from the first token when the log has its time, else over the whole call. */
export function outputSpeed(
  span: Span,
): { readonly value: string; readonly note: string | undefined } | undefined {
  const { usage, durationMs, timeToFirstTokenMs } = span;
  const time = durationMs === undefined ? undefined : durationMs - (timeToFirstTokenMs ?? 0);
  if (!usage.outputTokens || time === undefined || time <= 0) {
    return undefined;
  }
  const perSecond = usage.outputTokens / (time / 1000);
  return {
    value: `${decimal(perSecond, perSecond < 10 ? 1 : 0)} tokens/s`,
    note:
      timeToFirstTokenMs === undefined
        ? 'over the whole call; the log has no first-token time'
        : undefined,
  };
}
