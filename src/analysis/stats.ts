import type { LatencyStats, ModelStats, Stats } from '../model/stats';
import type { Span, SpanKind } from '../model/span';
import type { Usage } from '../model/usage';
import { type CallTokens, tokensOf } from './billing';
import { NumberBag } from './numberBag';

/** What the spans themselves do not say. Texts as they are shown: already cut. */
export interface StatsExtra {
  readonly records: number;
  readonly skippedRecords: number;
  readonly auditEntries: number;
  readonly traces: number;
  readonly sessions: number;
  readonly firstUserText: string | null;
  readonly lastAssistantText: string | null;
}

/** What statistics look at of a span. */
export interface StatsSpan {
  readonly kind: SpanKind;
  readonly model?: string | undefined;
  readonly durationMs?: number | undefined;
  readonly usage: Usage;
  /** US dollars; undefined when unknown. */
  readonly costUsd?: number | undefined;
  readonly error?: Pick<NonNullable<Span['error']>, 'type' | 'category'> | undefined;
  /** Whether it is a call and around no other: one of the leaves of `CallNesting`. */
  readonly isCounted: boolean;
  /** Whether it is a call that failed, and none inside it says so: `CallNesting.saying`. */
  readonly hasFailed: boolean;
  /** Tools that the call asked for, if no call inside it says so. */
  readonly requestedTools: number;
}

/** Counts what is known: a sum to which nobody contributed is null, not 0. */
class Sum {
  private total = 0;
  private known = 0;

  /** NaN is unknown. */
  add(value: number): void {
    if (!Number.isNaN(value)) {
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

/** Of a call that counts; NaN is unknown. */
export interface CallFigures {
  readonly tokens: CallTokens;
  readonly durationMs: number;
  /** US dollars. */
  readonly costUsd: number;
}

class CallTally {
  count = 0;
  readonly input = new Sum();
  readonly output = new Sum();
  readonly tokens = new Sum();
  readonly cost = new Sum();

  add({ tokens: { inputTokens, outputTokens, totalTokens }, costUsd }: CallFigures): void {
    this.count++;
    this.input.add(inputTokens);
    this.output.add(outputTokens);
    const isTotal = Number.isNaN(inputTokens) && Number.isNaN(outputTokens);
    this.tokens.add(isTotal ? totalTokens : (inputTokens || 0) + (outputTokens || 0));
    this.cost.add(costUsd);
  }
}

/** What the calls of one model add up to. */
export class ModelTally extends CallTally {
  readonly durations = new NumberBag();

  override add(call: CallFigures): void {
    super.add(call);
    if (!Number.isNaN(call.durationMs)) {
      this.durations.add(call.durationMs);
    }
  }

  toStats(errors: number): ModelStats {
    const [p95Ms] = NumberBag.percentiles([this.durations], [0.95]);
    return {
      count: this.count,
      tokens: this.tokens.value,
      inputTokens: this.input.value,
      outputTokens: this.output.value,
      costUsd: this.cost.value,
      errors,
      p95Ms: p95Ms ?? null,
    };
  }
}

/**
 * Statistics over distinct spans, given one by one in the order of the log; a span is looked at when it is given and not kept. Only calls
 * count; when one call encloses another (a framework's span or a proxy around the provider) only the inner one does. What failed around
 * calls that did not is an error all the same.
 */
export class StatsTally {
  readonly #total = new CallTally();
  readonly #durations = new Sum();
  readonly #cacheRead = new Sum();
  readonly #byModel = new Map<string, ModelTally>();
  readonly #models = new Set<string>();
  readonly #errorsByModel = new Map<string, number>();
  readonly #errorsByType = new Map<string, number>();
  readonly #errorsByCategory = new Map<string, number>();
  #errors = 0;
  #toolSpans = 0;
  #requestedTools = 0;
  #unpricedCalls = 0;

  add(span: StatsSpan): void {
    this.addTools(span.kind === 'tool' ? 1 : 0, span.requestedTools);
    if (span.isCounted) {
      this.addCall(this.callsOf(span.model), {
        tokens: tokensOf(span.usage),
        durationMs: span.durationMs ?? Number.NaN,
        costUsd: span.costUsd ?? Number.NaN,
      });
    }
    if (span.hasFailed) {
      this.addFailure(span.model, span.error);
    }
  }

  addTools(spans: number, requested: number): void {
    this.#toolSpans += spans;
    this.#requestedTools += requested;
  }

  /** Where the calls of a model are to be counted. To be asked when there is one: models are told in the order of their first calls. */
  callsOf(model: string | undefined): ModelTally {
    if (model !== undefined) {
      this.#models.add(model);
    }
    return this.#tallyOf(model ?? unknown);
  }

  /** `calls` from `callsOf`; the figures are read at once. */
  addCall(calls: ModelTally, figures: CallFigures): void {
    this.#total.add(figures);
    calls.add(figures);
    this.#durations.add(figures.durationMs);
    this.#cacheRead.add(figures.tokens.cacheReadInputTokens);
    this.#unpricedCalls += Number.isNaN(figures.costUsd) ? 1 : 0;
  }

  addFailure(model: string | undefined, error: StatsSpan['error']): void {
    this.#errors++;
    bump(this.#errorsByModel, model ?? unknown);
    bump(this.#errorsByType, error?.type ?? unknown);
    bump(this.#errorsByCategory, error?.category ?? unknown);
  }

  #tallyOf(model: string): ModelTally {
    const known = this.#byModel.get(model);
    if (known) {
      return known;
    }
    const tally = new ModelTally();
    this.#byModel.set(model, tally);
    return tally;
  }

  toStats(extra: StatsExtra): Stats {
    const { count } = this.#total;
    // a model of which no call counted may have failed all the same
    for (const model of this.#errorsByModel.keys()) {
      this.#tallyOf(model);
    }
    return {
      records: extra.records,
      skippedRecords: extra.skippedRecords,
      auditEntries: extra.auditEntries,
      calls: count,
      // a log may hold the request for a tool, its run, or both
      toolCalls: Math.max(this.#toolSpans, this.#requestedTools),
      traces: extra.traces,
      sessions: extra.sessions,
      models: [...this.#models].toSorted(),
      inputTokens: this.#total.input.value,
      cacheReadInputTokens: this.#cacheRead.value,
      outputTokens: this.#total.output.value,
      errors: this.#errors,
      firstUserText: extra.firstUserText,
      lastAssistantText: extra.lastAssistantText,
      totalRequests: count,
      avgInputTokens: this.#total.input.average(count),
      avgOutputTokens: this.#total.output.average(count),
      latency: this.#latency(),
      errorRate: count > 0 ? this.#errors / count : null,
      errorsByType: Object.fromEntries(this.#errorsByType),
      errorsByCategory: Object.fromEntries(this.#errorsByCategory),
      byModel: Object.fromEntries(
        [...this.#byModel].map(([model, tally]) => [
          model,
          tally.toStats(this.#errorsByModel.get(model) ?? 0),
        ]),
      ),
      costUsd: this.#total.cost.value,
      unpricedCalls: this.#unpricedCalls,
    };
  }

  #latency(): LatencyStats | null {
    const durations = [...this.#byModel.values()].map(tally => tally.durations);
    const count = durations.reduce((sum, bag) => sum + bag.length, 0);
    // summed in the order of the log, as the source document does, so that the last digit agrees
    const meanMs = this.#durations.average(count);
    const [p50Ms, p95Ms, p99Ms] = NumberBag.percentiles(durations, [0.5, 0.95, 0.99]);
    return meanMs === null || p50Ms === undefined || p95Ms === undefined || p99Ms === undefined
      ? null
      : { meanMs, p50Ms, p95Ms, p99Ms };
  }
}

const unknown = 'unknown';

function bump(counts: Map<string, number>, key: string): void {
  counts.set(key, (counts.get(key) ?? 0) + 1);
}
