import assert from 'node:assert/strict';
import type { Span } from '../../../src/model/span';
import { computeStats, type SpansExtra } from './computeStats';

const nothing: SpansExtra = {
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

describe('statistics', () => {
  it('average tokens over all calls, and latency over those that have one', () => {
    const stats = computeStats(
      [
        call({ usage: { inputTokens: 10, outputTokens: 2 }, durationMs: 40 }),
        call({ usage: { inputTokens: 20 }, durationMs: 10 }),
        call({ status: 'error', error: { type: 'E', message: '', category: 'timeout' } }),
      ],
      nothing,
    );
    assert.deepEqual([stats.avgInputTokens, stats.avgOutputTokens], [10, 2 / 3]);
    assert.deepEqual(stats.latency, { meanMs: 25, p50Ms: 40, p95Ms: 40, p99Ms: 40 });
    assert.deepEqual([stats.errors, stats.errorRate], [1, 1 / 3]);
    assert.deepEqual({ ...stats.errorsByType }, { E: 1 });
    assert.deepEqual({ ...stats.errorsByCategory }, { timeout: 1 });
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

  it('count a call inside another call once, whichever comes first', () => {
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
      assert.deepEqual([stats.calls, stats.inputTokens, stats.costUsd], [1, 7, 0.5]);
    }
  });

  describe('of calls around calls', () => {
    const outer = call({ spanId: 'p', startTime: 0, durationMs: 100 });
    const inner = call({ spanId: 'c', parentSpanId: 'p', startTime: 10, durationMs: 50 });
    const failed = { status: 'error' } as const;
    const asking = { toolCallNames: ['a'] };

    it('keep a failure around a call that did not fail, and say one inside another once', () => {
      const around = computeStats([{ ...outer, ...failed }, inner], nothing);
      const both = computeStats(
        [
          { ...outer, ...failed },
          { ...inner, ...failed },
        ],
        nothing,
      );
      assert.deepEqual([around.calls, around.errors], [1, 1]);
      assert.deepEqual([both.calls, both.errors], [1, 1]);
    });

    it('do not take another call that failed for the inner one', () => {
      const other = call(failed);
      assert.equal(computeStats([{ ...outer, ...failed }, inner, other], nothing).errors, 2);
    });

    it('count a request for a tool once, whichever of the two tells of it', () => {
      const elsewhere = call(asking);
      assert.equal(computeStats([{ ...outer, ...asking }, inner], nothing).toolCalls, 1);
      assert.equal(
        computeStats(
          [
            { ...outer, ...asking },
            { ...inner, ...asking },
          ],
          nothing,
        ).toolCalls,
        1,
      );
      assert.equal(computeStats([{ ...outer, ...asking }, inner, elsewhere], nothing).toolCalls, 2);
    });

    it('keep one of those that say they are around each other', () => {
      const time = { startTime: 0, durationMs: 10 };
      const ring = ['a', 'b', 'c'].map((spanId, index, all) =>
        call({ ...time, spanId, parentSpanId: all[(index + 1) % all.length] }),
      );
      assert.equal(computeStats(ring, nothing).calls, 1);
    });

    it('take time in proportion to a nest of any depth', () => {
      const nest = Array.from({ length: 100_000 }, (_, index) =>
        call({ spanId: `${index}`, parentSpanId: `${index - 1}`, startTime: 0, durationMs: 1 }),
      );
      assert.equal(computeStats(nest.toReversed(), nothing).calls, 1);
    });
  });

  it('sum the outer call when nobody counted the tokens of the inner one', () => {
    const outer = call({ spanId: 'p', startTime: 0, durationMs: 100, usage: { inputTokens: 7 } });
    const inner = call({ parentSpanId: 'p', startTime: 10, durationMs: 50, usage: {} });
    assert.equal(computeStats([outer, inner], nothing).inputTokens, 7);
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
