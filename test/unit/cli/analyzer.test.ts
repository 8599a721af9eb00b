import assert from 'node:assert/strict';
import fs from 'node:fs';
import { callsight, toObjects } from './callsight';

const llm = 'test/fixtures/seed-app/llm.jsonl';

/**
 * The analyzer of the source document, retold as plain loops over the parsed lines: it shares no code with the formats,
 * the store or the statistics.
 */
function analyze(entries: readonly Record<string, unknown>[]): object {
  let input = 0;
  let output = 0;
  let total = 0;
  let errors = 0;
  const latencies: number[] = [];
  const errorsByType: Record<string, number> = {};
  const byModel: Record<string, { count: number; tokens: number }> = {};
  for (const entry of entries) {
    input += Number(entry['prompt_tokens']);
    output += Number(entry['completion_tokens']);
    total += Number(entry['latency_ms']);
    latencies.push(Number(entry['latency_ms']));
    if (entry['error'] !== undefined) {
      errors++;
      const type = String(entry['error_type']);
      errorsByType[type] = (errorsByType[type] ?? 0) + 1;
    }
    const model = (byModel[String(entry['model'])] ??= { count: 0, tokens: 0 });
    model.count++;
    model.tokens += Number(entry['prompt_tokens']) + Number(entry['completion_tokens']);
  }
  latencies.sort((left, right) => left - right);
  const at = (fraction: number): number | undefined =>
    latencies[Math.floor(latencies.length * fraction)];
  return {
    totalRequests: entries.length,
    inputTokens: input,
    outputTokens: output,
    avgInputTokens: input / entries.length,
    avgOutputTokens: output / entries.length,
    latency: {
      meanMs: total / latencies.length,
      p50Ms: at(0.5),
      p95Ms: at(0.95),
      p99Ms: at(0.99),
    },
    errors,
    errorRate: errors / entries.length,
    errorsByType,
    byModel,
  };
}

describe('callsight stats on llm.jsonl', () => {
  it("says what the source document's analyzer says", async () => {
    const { stdout } = await callsight(['stats', llm, '--json']);
    const [stats = {}] = toObjects(stdout);
    const expected = analyze(toObjects(fs.readFileSync(llm, 'utf8')));
    const byModel: Record<string, unknown> = {};
    for (const [name, model] of Object.entries(stats['byModel'] ?? {})) {
      byModel[name] = { count: model.count, tokens: model.tokens };
    }
    const actual = Object.fromEntries(Object.keys(expected).map(name => [name, stats[name]]));
    assert.deepEqual({ ...actual, byModel }, expected);
  });
});
