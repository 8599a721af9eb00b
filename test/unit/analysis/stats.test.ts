import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';
import { computeStats } from '../../../src/analysis/stats';
import type { StatsExtra } from '../../../src/analysis/stats';
import type { Span } from '../../../src/model/span';

const nothing: StatsExtra = {
  records: 0,
  skippedRecords: 0,
  auditEntries: 0,
  traces: 0,
  sessions: 0,
  firstUserText: null,
  lastAssistantText: null,
  priceOf: () => undefined,
};

let serial = 0;
function call(over: Partial<Span> = {}): Span {
  return {
    key: `k${serial++}`,
    traceKey: 't',
    join: 'alone',
    kind: 'call',
    name: 'completion',
    usage: {},
    status: 'ok',
    tags: {},
    toolCallNames: [],
    hasInput: false,
    hasOutput: false,
    format: 'test',
    sources: [],
    ...over,
  };
}

type Entry = Record<string, unknown>;

function isEntry(value: unknown): value is Entry {
  return typeof value === 'object' && value !== null;
}

/** llm.jsonl as plain objects: this test shares no code with the formats. */
function readEntries(): Entry[] {
  return fs
    .readFileSync(path.resolve('test/fixtures/seed-app/llm.jsonl'), 'utf8')
    .split('\n')
    .filter(line => line !== '')
    .map((line): Entry => {
      const value: unknown = JSON.parse(line);
      assert.ok(isEntry(value));
      return value;
    });
}

function toSpan(entry: Entry): Span {
  return call({
    kind: entry['operation'] === 'embedding' ? 'embedding' : 'call',
    model: String(entry['model']),
    durationMs: Number(entry['latency_ms']),
    usage: {
      inputTokens: Number(entry['prompt_tokens']),
      outputTokens: Number(entry['completion_tokens']),
    },
    ...(entry['error'] === undefined
      ? {}
      : {
          status: 'error',
          error: {
            type: String(entry['error_type']),
            message: 'as logged',
            category: 'x',
          },
        }),
  });
}

describe('statistics', () => {
  it("equal the source document's analyzer on llm.jsonl, to the last digit", () => {
    const entries = readEntries();
    // the analyzer, retold: plain loops over the entries
    let input = 0;
    let output = 0;
    const latencies: number[] = [];
    const types: Record<string, number> = {};
    const models: Record<string, { count: number; tokens: number }> = {};
    let errors = 0;
    for (const entry of entries) {
      const tokens = Number(entry['prompt_tokens']) + Number(entry['completion_tokens']);
      input += Number(entry['prompt_tokens']);
      output += Number(entry['completion_tokens']);
      latencies.push(Number(entry['latency_ms']));
      if (entry['error'] !== undefined) {
        errors++;
        const type = String(entry['error_type']);
        types[type] = (types[type] ?? 0) + 1;
      }
      const row = (models[String(entry['model'])] ??= { count: 0, tokens: 0 });
      row.count++;
      row.tokens += tokens;
    }
    let total = 0;
    for (const latency of latencies) {
      total += latency;
    }
    const sorted = latencies.toSorted((left, right) => left - right);
    const at = (fraction: number): number | undefined =>
      sorted[Math.floor(sorted.length * fraction)];

    const stats = computeStats(entries.map(toSpan), nothing);
    assert.equal(stats.totalRequests, entries.length);
    assert.equal(stats.avgInputTokens, input / entries.length);
    assert.equal(stats.avgOutputTokens, output / entries.length);
    assert.equal(stats.inputTokens, input);
    assert.equal(stats.outputTokens, output);
    assert.deepEqual(stats.latency, {
      meanMs: total / latencies.length,
      p50Ms: at(0.5),
      p95Ms: at(0.95),
      p99Ms: at(0.99),
    });
    assert.equal(stats.errors, errors);
    assert.equal(stats.errorRate, errors / entries.length);
    assert.deepEqual({ ...stats.errorsByType }, types);
    const byModel = Object.fromEntries(
      Object.entries(stats.byModel).map(([name, row]) => [
        name,
        { count: row.count, tokens: row.tokens },
      ]),
    );
    assert.deepEqual(byModel, models);
  });

  it('say null, not 0, of what no call knows', () => {
    const stats = computeStats([call()], nothing);
    assert.deepEqual(
      [stats.inputTokens, stats.outputTokens, stats.cacheReadInputTokens, stats.costUsd],
      [null, null, null, null],
    );
    assert.deepEqual([stats.latency, stats.avgInputTokens], [null, null]);
    assert.equal(stats.unpricedCalls, 1);
    assert.equal(stats.errorRate, 0);
    assert.equal(computeStats([], nothing).errorRate, null);
  });

  it('count calls and embeddings, not the agents around them', () => {
    const stats = computeStats(
      [
        call({ kind: 'agent', usage: { inputTokens: 100 } }),
        call({ usage: { inputTokens: 60 }, toolCallNames: ['a', 'b'] }),
        call({ kind: 'embedding', usage: { inputTokens: 40 } }),
        call({ kind: 'tool', name: 'a' }),
      ],
      nothing,
    );
    assert.deepEqual([stats.calls, stats.inputTokens, stats.toolCalls], [2, 100, 2]);
  });

  it('sum a call inside another call once, whichever comes first', () => {
    const outer = call({ spanId: 'p', startTime: 0, durationMs: 100, usage: { inputTokens: 7 } });
    const inner = call({
      spanId: 'c',
      parentSpanId: 'p',
      startTime: 10,
      durationMs: 50,
      usage: { inputTokens: 7 },
    });
    for (const spans of [
      [outer, inner],
      [inner, outer],
    ]) {
      const stats = computeStats(spans, { ...nothing, priceOf: () => 0.5 });
      assert.deepEqual([stats.calls, stats.inputTokens, stats.costUsd], [2, 7, 0.5]);
    }
  });

  it('sum a call and the one that follows it, though the log calls the first its parent', () => {
    const first = call({ spanId: 'p', startTime: 0, durationMs: 10, usage: { inputTokens: 7 } });
    const next = call({
      parentSpanId: 'p',
      startTime: 20,
      durationMs: 5,
      usage: { inputTokens: 8 },
    });
    assert.equal(computeStats([first, next], nothing).inputTokens, 15);
  });

  it('keep models apart, whatever their names', () => {
    const stats = computeStats(
      [
        call({ model: '__proto__', usage: { inputTokens: 1, outputTokens: 2 }, durationMs: 5 }),
        call({ model: 'constructor', status: 'error' }),
        call({ usage: { totalTokens: 9 } }),
      ],
      { ...nothing, priceOf: span => (span.model === '__proto__' ? 0.25 : undefined) },
    );
    assert.deepEqual(Object.keys(stats.byModel), ['__proto__', 'constructor', 'unknown']);
    assert.deepEqual(Object.getOwnPropertyDescriptor(stats.byModel, '__proto__')?.value, {
      count: 1,
      tokens: 3,
      inputTokens: 1,
      outputTokens: 2,
      costUsd: 0.25,
      errors: 0,
      p95Ms: 5,
    });
    assert.deepEqual(stats.models, ['__proto__', 'constructor']);
    assert.deepEqual([stats.costUsd, stats.unpricedCalls], [0.25, 2]);
    assert.equal(stats.byModel['unknown']?.tokens, 9);
  });
});
