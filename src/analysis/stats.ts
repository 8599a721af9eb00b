import type { LatencyStats, ModelStats, Stats } from '../model/stats';
import { isFailed, type Span } from '../model/span';
import { CallNesting } from './callNesting';
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
  const all = [...spans];
  const toolSpans = all.filter(span => span.kind === 'tool').length;
  const nesting = new CallNesting(all);
  const { leaves } = nesting;
  const byModel = new Map<string, ModelTally>();
  const tallyOf = ({ model = 'unknown' }: Span): ModelTally => {
    const tally = byModel.get(model) ?? new ModelTally();
    byModel.set(model, tally);
    return tally;
  };
  const total = new ModelTally();
  const cacheRead = new Sum();
  const models = new Set<string>();
  const errorsByType = new Map<string, number>();
  const errorsByCategory = new Map<string, number>();
  let unpricedCalls = 0;
  for (const call of leaves) {
    if (call.model !== undefined) {
      models.add(call.model);
    }
    const cost = extra.priceOf(call);
    for (const one of [total, tallyOf(call)]) {
      count(one, call, cost);
    }
    cacheRead.add(call.usage.cacheReadInputTokens);
    unpricedCalls += cost === undefined ? 1 : 0;
  }
  for (const call of nesting.saying(isFailed)) {
    total.errors++;
    tallyOf(call).errors++;
    bump(errorsByType, call.error?.type ?? 'unknown');
    bump(errorsByCategory, call.error?.category ?? 'unknown');
  }
  const askingForTools = nesting.saying(call => call.toolCallNames.length > 0);
  const requestedTools = askingForTools.reduce((sum, call) => sum + call.toolCallNames.length, 0);
  return {
    records: extra.records,
    skippedRecords: extra.skippedRecords,
    auditEntries: extra.auditEntries,
    calls: leaves.length,
    // a log may hold the request for a tool, its run, or both
    toolCalls: Math.max(toolSpans, requestedTools),
    traces: extra.traces,
    sessions: extra.sessions,
    models: [...models].toSorted(),
    inputTokens: total.input.value,
    cacheReadInputTokens: cacheRead.value,
    outputTokens: total.output.value,
    errors: total.errors,
    firstUserText: extra.firstUserText,
    lastAssistantText: extra.lastAssistantText,
    totalRequests: leaves.length,
    avgInputTokens: total.input.average(leaves.length),
    avgOutputTokens: total.output.average(leaves.length),
    latency: latencyOf(total.durations),
    errorRate: leaves.length > 0 ? total.errors / leaves.length : null,
    errorsByType: Object.fromEntries(errorsByType),
    errorsByCategory: Object.fromEntries(errorsByCategory),
    byModel: Object.fromEntries([...byModel].map(([name, tally]) => [name, tally.toStats()])),
    costUsd: total.cost.value,
    unpricedCalls,
  };
}

function count(tally: ModelTally, call: Span, cost: number | undefined): void {
  tally.count++;
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
