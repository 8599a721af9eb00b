/** What every baseline counts; each does the same work on a record once it has it. */
export class Totals {
  records = 0;
  invalid = 0;
  errors = 0;
  inputTokens = 0;
  outputTokens = 0;
  /** @type {Set<unknown>} */
  traces = new Set();
  /** @type {Set<unknown>} */
  models = new Set();
  /** @type {number[]} */
  latencies = [];

  /** @param {string} line */
  add(line) {
    if (line === '') {
      return;
    }
    let record;
    try {
      record = JSON.parse(line);
    } catch {
      this.invalid++;
      return;
    }
    if (typeof record !== 'object' || record === null || Array.isArray(record)) {
      this.invalid++;
      return;
    }
    this.records++;
    this.errors += record.error ? 1 : 0;
    this.inputTokens += record.usage?.prompt_tokens ?? 0;
    this.outputTokens += record.usage?.completion_tokens ?? 0;
    this.traces.add(record.trace_id);
    this.models.add(record.model);
    this.latencies.push(record.latency_ms ?? 0);
  }

  print() {
    const { records, invalid, errors, inputTokens, outputTokens } = this;
    const sorted = Float64Array.from(this.latencies).sort();
    const [p50, p95, p99] = [0.5, 0.95, 0.99].map(
      share => sorted[Math.floor(sorted.length * share)],
    );
    const [traces, models] = [this.traces.size, this.models.size];
    const counts = { records, invalid, errors, inputTokens, outputTokens, traces, models };
    console.log(JSON.stringify({ ...counts, p50, p95, p99 }));
  }
}
