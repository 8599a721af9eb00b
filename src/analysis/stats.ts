import type { LatencyStats, ModelStats, Stats } from '../model/stats';
import { isCall } from '../model/span';
import type { Span } from '../model/span';
import { percentile } from './percentile';

/** What the spans themselves do not say. Texts as they are shown: already cut. */
export interface StatsExtra {
  readonly records: number;
  readonly skippedRecords: number;
  readonly auditEntries: number;
  readonly traces: number;
  readonly sessions: number;
  readonly firstUserText: string | null;
  readonly lastAssistantText: string | null;
  /** US dollars of one call; undefined when unknown. */
  readonly priceOf: (span: Span) => number | undefined;
}

/** Counts what is known: a sum to which nobody contributed is null, not 0. */
class Sum {
  private total = 0;
  private known = 0;

  add(value: number | undefined): void {
    if (value !== undefined) {
      this.total += value;
      this.known++;
    }
  }

  get value(): number | null {
    return this.known > 0 ? this.total : null;
  }

  /** Over all of them, known or not: so the source document's analyzer counts. */
  average(count: number): number | null {
    return this.known > 0 ? this.total / count : null;
  }
}

class ModelTally {
  count = 0;
  errors = 0;
  readonly input = new Sum();
  readonly output = new Sum();
  readonly tokens = new Sum();
  readonly cost = new Sum();
  readonly durations: number[] = [];

  toStats(): ModelStats {
    return {
      count: this.count,
      tokens: this.tokens.value,
      inputTokens: this.input.value,
      outputTokens: this.output.value,
      costUsd: this.cost.value,
      errors: this.errors,
      p95Ms: percentile(ascending(this.durations), 0.95) ?? null,
    };
  }
}

/**
 * Statistics over distinct spans, in the order that they are given. Only calls count; when one call encloses another (a
 * framework's span or a proxy around the provider) only the inner one does.
 * What failed around calls that did not is an error all the same.
 */
export function computeStats(spans: Iterable<Span>, extra: StatsExtra): Stats {
  const all: Span[] = [];
  let toolSpans = 0;
  for (const span of spans) {
    if (isCall(span)) {
      all.push(span);
    } else if (span.kind === 'tool') {
      toolSpans++;
    }
  }
  const enclosing = enclosingCalls(all);
  const calls = all.filter(call => !enclosing.has(call));
  const byModel = new Map<string, ModelTally>();
  const total = new ModelTally();
  const cacheRead = new Sum();
  const models = new Set<string>();
  const errorsByType = new Map<string, number>();
  const errorsByCategory = new Map<string, number>();
  let unpricedCalls = 0;
  for (const call of calls) {
    if (call.model !== undefined) {
      models.add(call.model);
    }
    const name = call.model ?? 'unknown';
    const tally = byModel.get(name) ?? new ModelTally();
    byModel.set(name, tally);
    const cost = extra.priceOf(call);
    for (const one of [total, tally]) {
      count(one, call, cost);
    }
    cacheRead.add(call.usage.cacheReadInputTokens);
    unpricedCalls += cost === undefined ? 1 : 0;
  }
  const failed = [...calls.filter(isFailed), ...failedAround(calls, enclosing)];
  for (const { error } of failed) {
    bump(errorsByType, error?.type ?? 'unknown');
    bump(errorsByCategory, error?.category ?? 'unknown');
  }
  return {
    records: extra.records,
    skippedRecords: extra.skippedRecords,
    auditEntries: extra.auditEntries,
    calls: calls.length,
    // a log may hold the request for a tool, its run, or both; and the request in the outer of two calls only
    toolCalls: Math.max(toolSpans, requestedTools(calls) || requestedTools([...enclosing])),
    traces: extra.traces,
    sessions: extra.sessions,
    models: [...models].toSorted(),
    inputTokens: total.input.value,
    cacheReadInputTokens: cacheRead.value,
    outputTokens: total.output.value,
    errors: failed.length,
    firstUserText: extra.firstUserText,
    lastAssistantText: extra.lastAssistantText,
    totalRequests: calls.length,
    avgInputTokens: total.input.average(calls.length),
    avgOutputTokens: total.output.average(calls.length),
    latency: latencyOf(total.durations),
    errorRate: calls.length > 0 ? failed.length / calls.length : null,
    errorsByType: Object.fromEntries(errorsByType),
    errorsByCategory: Object.fromEntries(errorsByCategory),
    byModel: Object.fromEntries([...byModel].map(([name, tally]) => [name, tally.toStats()])),
    costUsd: total.cost.value,
    unpricedCalls,
  };
}

/**
 * Calls that hold another call between their start and end, by parent id: their tokens are the inner call's tokens again,
 * unless nobody counted the inner one's. A parent that ended before its child is only the one that came before.
 */
export function enclosingCalls(calls: readonly Span[]): ReadonlySet<Span> {
  const bySpanId = new Map<string, Span>();
  for (const call of calls) {
    if (call.spanId !== undefined) {
      bySpanId.set(`${call.traceKey}\0${call.spanId}`, call);
    }
  }
  const enclosing = new Set<Span>();
  for (const call of calls) {
    const parent =
      call.parentSpanId === undefined
        ? undefined
        : bySpanId.get(`${call.traceKey}\0${call.parentSpanId}`);
    if (parent && parent !== call && encloses(parent, call) && repeats(parent, call)) {
      enclosing.add(parent);
    }
  }
  return enclosing;
}

function repeats(outer: Span, inner: Span): boolean {
  return isCounted(inner) || !isCounted(outer);
}

function isCounted({ usage }: Span): boolean {
  return (usage.inputTokens ?? usage.outputTokens ?? usage.totalTokens) !== undefined;
}

function encloses(outer: Span, inner: Span): boolean {
  if (
    outer.startTime === undefined ||
    outer.durationMs === undefined ||
    inner.startTime === undefined
  ) {
    return false;
  }
  const end = inner.startTime + (inner.durationMs ?? 0);
  return inner.startTime >= outer.startTime && end <= outer.startTime + outer.durationMs;
}

/** Enclosing calls that failed in a trace whose inner calls did not: an answer that came and was refused by the framework. */
function failedAround(calls: readonly Span[], enclosing: ReadonlySet<Span>): readonly Span[] {
  const outer = [...enclosing].filter(isFailed);
  if (outer.length === 0) {
    return outer;
  }
  const told = new Set(calls.filter(isFailed).map(call => call.traceKey));
  return outer.filter(call => !told.has(call.traceKey));
}

function isFailed({ status }: Span): boolean {
  return status === 'error';
}

function requestedTools(calls: readonly Span[]): number {
  return calls.reduce((sum, call) => sum + call.toolCallNames.length, 0);
}

function count(tally: ModelTally, call: Span, cost: number | undefined): void {
  tally.count++;
  tally.errors += isFailed(call) ? 1 : 0;
  if (call.durationMs !== undefined) {
    tally.durations.push(call.durationMs);
  }
  const { inputTokens, outputTokens, totalTokens } = call.usage;
  tally.input.add(inputTokens);
  tally.output.add(outputTokens);
  tally.tokens.add(
    inputTokens === undefined && outputTokens === undefined
      ? totalTokens
      : (inputTokens ?? 0) + (outputTokens ?? 0),
  );
  tally.cost.add(cost);
}

function latencyOf(durations: readonly number[]): LatencyStats | null {
  const sorted = ascending(durations);
  const p50Ms = percentile(sorted, 0.5);
  const p95Ms = percentile(sorted, 0.95);
  const p99Ms = percentile(sorted, 0.99);
  if (p50Ms === undefined || p95Ms === undefined || p99Ms === undefined) {
    return null;
  }
  // summed in the order of the log, as the source document does, so that the last digit agrees
  const meanMs = durations.reduce((sum, duration) => sum + duration, 0) / durations.length;
  return { meanMs, p50Ms, p95Ms, p99Ms };
}

function ascending(values: readonly number[]): Float64Array {
  return Float64Array.from(values).sort();
}

function bump(counts: Map<string, number>, key: string): void {
  counts.set(key, (counts.get(key) ?? 0) + 1);
}
