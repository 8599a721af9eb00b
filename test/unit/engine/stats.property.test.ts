import assert from 'node:assert/strict';
import fc from 'fast-check';
import { loadPrices } from '../../../src/analysis/priceBook';
import { getStats } from '../../../src/engine/queries/statsQuery';
import type { SpanPatch } from '../../../src/model/span';
import { computeStats } from '../analysis/computeStats';
import { Memory, patch } from './builders';

const few = (...values: readonly string[]) => fc.constantFrom(undefined, ...values);
const tokens = fc.constantFrom(undefined, 0, 7, 1200);

const patches: fc.Arbitrary<SpanPatch> = fc
  .record({
    identity: few('request:1', 'request:2', 'request:3', 'span:t1/1', 'span:t1/2'),
    part: fc.constantFrom('whole' as const, 'whole' as const, 'start' as const, 'end' as const),
    kind: fc.constantFrom('call' as const, 'call' as const, 'embedding' as const, 'tool' as const),
    status: fc.constantFrom('ok' as const, 'error' as const, 'running' as const),
    traceId: few('t1', 't1', 't2'),
    sessionId: few('s1', 's2'),
    spanId: few('1', '2', '3'),
    parentSpanId: few('1', '2', '3', '9'),
    model: few('gpt-4o', 'claude-sonnet-4-5', 'deepseek-chat', 'nobody-knows'),
    provider: few('openai', 'ollama'),
    startTime: fc.constantFrom(undefined, 0, 10, 20, 60_000, 43_200_000),
    durationMs: fc.constantFrom(undefined, 0.1, 0.2, 5, 100.7),
    endTime: fc.constantFrom(undefined, 50),
    loggedCostUsd: fc.constantFrom(undefined, undefined, 0.1, -1),
    usage: fc.option(
      fc.record({
        inputTokens: tokens,
        outputTokens: tokens,
        cacheReadInputTokens: tokens,
        cacheCreationInputTokens: tokens,
        reasoningOutputTokens: tokens,
        totalTokens: tokens,
      }),
      { nil: undefined },
    ),
    error: fc.option(
      fc.record({
        type: few('RateLimitError', 'E'),
        message: fc.constantFrom('429 rate limit', 'context length exceeded', 'odd'),
      }),
      { nil: undefined },
    ),
    toolCallNames: fc.constantFrom(undefined, [], ['a'], ['a', 'b']),
  })
  .map(fields => patch(fields));

const log = fc.array(fc.array(patches, { minLength: 1, maxLength: 3 }), { maxLength: 14 });

describe('statistics of a log', () => {
  before(() => loadPrices());

  it('are to the last digit what its spans come to, also of calls around calls and of spans in pieces', async () => {
    let nests = 0;
    await fc.assert(
      fc.asyncProperty(log, log, async (one, other) => {
        const memory = new Memory();
        one.forEach(record => memory.give('/a.jsonl', record));
        other.forEach(record => memory.give('/b.jsonl', record));
        const spans = memory.spans();
        const expected = computeStats(spans, {
          records: one.length + other.length,
          skippedRecords: 0,
          auditEntries: 0,
          traces: memory.core.traces.count,
          sessions: new Set(spans.flatMap(span => span.sessionId ?? [])).size,
          firstUserText: null,
          lastAssistantText: null,
          priceOf: span => span.cost?.usd,
        });
        assert.equal(JSON.stringify(await getStats(memory.core)), JSON.stringify(expected));
        nests += expected.calls < spans.filter(({ kind }) => kind !== 'tool').length ? 1 : 0;
      }),
      { numRuns: 500 },
    );
    assert.ok(nests > 10, `${nests} logs with calls around calls`);
  });

  it('are the same of a trace of many calls, where their parents are looked up', async () => {
    const memory = new Memory();
    const count = 200;
    for (let at = 0; at < count; at++) {
      const isInner = at % 5 === 4;
      memory.call('/a.jsonl', {
        traceId: 't',
        spanId: `${at}`,
        parentSpanId: isInner ? `${at - 1}` : undefined,
        startTime: at * 100 + (isInner ? -99 : 0),
        durationMs: isInner ? 10 : 50,
        usage: { inputTokens: at },
      });
    }
    const stats = await getStats(memory.core);
    assert.equal(stats.calls, count - count / 5);
  });
});
