import { CallNesting } from '../../../src/analysis/callNesting';
import { retryChains } from '../../../src/analysis/retryChains';
import { isCall, type Span } from '../../../src/model/span';
import type { Trace } from '../../../src/model/trace';
import { errorBook } from '../../../src/rules/errorBook';
import type { TraceGroup } from '../../../src/engine/grouping/traceGroup';
import { failedSpans } from '../../../src/engine/summaries/traceSummary';

/** What a trace is, by all its spans at once: the engine adds them up one by one. `spans` in time order. */
export function plainSummary(
  group: TraceGroup,
  spans: readonly Span[],
  titleOf: (span: Span) => string,
): Omit<Trace, 'name'> {
  const nesting = new CallNesting(spans);
  const { calls, leaves } = nesting;
  const startTime = min(known(spans.map(span => span.startTime)));
  // starts alone say when it was, not how long it took
  const isTimed = spans.some(span => span.startTime !== undefined && span.durationMs !== undefined);
  const endTime = isTimed ? max(known(spans.map(endOf))) : undefined;
  const failed = failedSpans(spans, nesting);
  const healed = healedCalls(failed, spans);
  const leading = leadingFailure(failed, healed);
  const sumOf = (read: (span: Span) => number | undefined) => sum(known(leaves.map(read)));
  return {
    key: group.key,
    traceId: group.traceId,
    inferred: group.traceId === undefined && group.sessionId === undefined,
    sessionId: group.sessionId ?? first(spans, span => span.sessionId),
    userId: first(spans, span => span.userId),
    startTime,
    durationMs: startTime === undefined || endTime === undefined ? undefined : endTime - startTime,
    spans: spans.length,
    calls: leaves.length,
    errors: failed.length,
    recovered: failed.length > 0 && isRecovered(failed, healed, spans),
    running: spans.some(span => span.status === 'running'),
    models: [...new Set(known(calls.map(call => call.model)))],
    inputTokens: sumOf(call => call.usage.inputTokens),
    outputTokens: sumOf(call => call.usage.outputTokens),
    cacheReadInputTokens: sumOf(call => call.usage.cacheReadInputTokens),
    reasoningOutputTokens: sumOf(call => call.usage.reasoningOutputTokens),
    costUsd: sumOf(call => call.cost?.usd),
    unpricedCalls: leaves.filter(call => call.cost === undefined).length,
    leadingError: leading?.error && {
      category: leading.error.category,
      title: titleOf(leading),
      spanKey: leading.key,
    },
    hasContent: spans.some(span => span.hasInput || span.hasOutput),
    files: filesOf(spans),
  };
}

/** Failed calls that a later attempt made good. */
function healedCalls(failed: readonly Span[], spans: readonly Span[]): ReadonlySet<Span> {
  const chains = failed.some(isCall) ? retryChains(spans) : [];
  return new Set(chains.filter(chain => chain.healed).flatMap(chain => chain.attempts));
}

/** A tool that fails is part of an agent's work: it was made good when the model was asked again and answered. */
function isRecovered(
  failed: readonly Span[],
  healed: ReadonlySet<Span>,
  spans: readonly Span[],
): boolean {
  const lastAnswer = spans.findLastIndex(span => isCall(span) && span.status === 'ok');
  const answered = new Set(spans.slice(0, Math.max(0, lastAnswer)));
  return failed.every(span => healed.has(span) || (span.kind === 'tool' && answered.has(span)));
}

/** The failure to act on first; what a later attempt made good comes after what stayed, then the earlier before the later. */
function leadingFailure(failed: readonly Span[], healed: ReadonlySet<Span>): Span | undefined {
  const rank = (span: Span) =>
    errorBook().actionRank(span.error?.category ?? 'unknown') + (healed.has(span) ? healedRank : 0);
  return failed.toSorted((one, other) => rank(one) - rank(other))[0];
}

const healedRank = 100; // behind every rank of a category

function endOf(span: Span): number | undefined {
  return span.startTime === undefined ? undefined : span.startTime + (span.durationMs ?? 0);
}

function filesOf(spans: readonly Span[]): Trace['files'] {
  const files = new Map<string, Trace['files'][number]>();
  for (const { file, line } of spans.flatMap(span => span.sources)) {
    const range = files.get(file);
    const lines = known([line, range?.firstLine, range?.lastLine]);
    files.set(file, {
      file,
      firstLine: lines.length > 0 ? Math.min(...lines) : undefined,
      lastLine: lines.length > 0 ? Math.max(...lines) : undefined,
    });
  }
  return [...files.values()];
}

function known<T>(values: readonly (T | undefined)[]): readonly T[] {
  return values.filter((value): value is T => value !== undefined);
}

function first<T>(spans: readonly Span[], read: (span: Span) => T | undefined): T | undefined {
  return known(spans.map(read))[0];
}

/** undefined when nothing is known: no figure at all is not 0. */
function sum(values: readonly number[]): number | undefined {
  return values.length > 0 ? values.reduce((total, value) => total + value, 0) : undefined;
}

function min(values: readonly number[]): number | undefined {
  return values.length > 0 ? values.reduce((one, other) => Math.min(one, other)) : undefined;
}

function max(values: readonly number[]): number | undefined {
  return values.length > 0 ? values.reduce((one, other) => Math.max(one, other)) : undefined;
}
