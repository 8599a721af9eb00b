import type { LoggedCall } from './calls';

/** Two neighbours in the order of latencies: where the rules for percentiles differ, either is right. */
export type Percentile = readonly [lower: number, upper: number];

/** What is true of a log, known by whoever wrote it. */
export interface Totals {
  readonly bytes: number;
  readonly lines: number;
  readonly records: number;
  readonly invalid: number;
  readonly blank: number;
  readonly errors: number;
  readonly inputTokens: number;
  readonly outputTokens: number;
  readonly traces: number;
  readonly models: number;
  /** Milliseconds. */
  readonly latency: {
    readonly p50: Percentile;
    readonly p95: Percentile;
    readonly p99: Percentile;
  };
  /** Number of records that hold a word which stands nowhere else. */
  readonly markers: Readonly<Record<string, number>>;
}

/** Counts while a log is written. */
export class Tally {
  bytes = 0;
  #lines = 0;
  #records = 0;
  #invalid = 0;
  #blank = 0;
  #errors = 0;
  #inputTokens = 0;
  #outputTokens = 0;
  readonly #traces = new Set<string>();
  readonly #models = new Set<string>();
  readonly #latencies: number[] = [];
  readonly #markers = new Map<string, number>();

  fault(kind: 'invalid' | 'blank'): void {
    this.#lines++;
    this.#invalid += kind === 'invalid' ? 1 : 0;
    this.#blank += kind === 'blank' ? 1 : 0;
  }

  record(call: LoggedCall, marker?: string): void {
    this.#lines++;
    this.#records++;
    this.#errors += call.error ? 1 : 0;
    this.#inputTokens += call.inputTokens;
    this.#outputTokens += call.outputTokens;
    this.#traces.add(call.traceId);
    this.#models.add(call.model);
    this.#latencies.push(call.latencyMs);
    if (marker !== undefined) {
      this.#markers.set(marker, (this.#markers.get(marker) ?? 0) + 1);
    }
  }

  totals(): Totals {
    const sorted = Float64Array.from(this.#latencies).sort();
    const percentile = (share: number): Percentile => [
      sorted[Math.ceil(sorted.length * share) - 1] ?? Number.NaN,
      sorted[Math.floor(sorted.length * share)] ?? Number.NaN,
    ];
    return {
      bytes: this.bytes,
      lines: this.#lines,
      records: this.#records,
      invalid: this.#invalid,
      blank: this.#blank,
      errors: this.#errors,
      inputTokens: this.#inputTokens,
      outputTokens: this.#outputTokens,
      traces: this.#traces.size,
      models: this.#models.size,
      latency: { p50: percentile(0.5), p95: percentile(0.95), p99: percentile(0.99) },
      markers: Object.fromEntries(this.#markers),
    };
  }
}
