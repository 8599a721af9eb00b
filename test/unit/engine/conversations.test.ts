import assert from 'node:assert/strict';
import type { SpanPatch } from '../../../src/model/span';
import { Memory, patch } from './builders';

const call = {
  identity: 'request:1',
  model: 'gpt-4o',
  traceId: 't1',
  startTime: 10_000,
  durationMs: 700,
  usage: { inputTokens: 12, outputTokens: 34 },
};
const saved = patch({
  name: 'conversation',
  model: 'gpt-4o',
  startTime: 11_000,
  usage: { inputTokens: 12, outputTokens: 34 },
  hasInput: true,
  hasOutput: true,
});

function conversation(fields: Partial<SpanPatch> = {}) {
  return { conversation: { ...saved, ...fields } };
}

describe('saved conversations', () => {
  it('are one span with the logged call that they are the text of, whichever is read first', () => {
    const orders = [
      (memory: Memory) => [
        memory.call('/llm.jsonl', call),
        memory.give('/debug.json', conversation()),
      ],
      (memory: Memory) => [
        memory.give('/debug.json', conversation()),
        memory.call('/llm.jsonl', call),
      ],
    ];
    for (const give of orders) {
      const memory = new Memory();
      give(memory);
      const [span, ...others] = memory.spans();
      assert.equal(others.length, 0);
      assert.equal(span?.key, 'request:1');
      assert.equal(span.traceKey, 'trace:t1');
      assert.equal(span.startTime, 10_000);
      assert.equal(span.hasInput && span.hasOutput, true);
      assert.deepEqual(
        span.sources.map(source => source.file),
        ['/llm.jsonl', '/debug.json'],
      );
    }
  });

  it('stay on their own when model, tokens, time or outcome are of another call', () => {
    const others: readonly Partial<SpanPatch>[] = [
      { model: 'gpt-4o-mini' },
      { usage: { inputTokens: 12, outputTokens: 35 } },
      { usage: { inputTokens: 12 } },
      { startTime: 16_000 },
    ];
    for (const other of others) {
      const memory = new Memory();
      memory.call('/llm.jsonl', call);
      memory.give('/debug.json', conversation(other));
      assert.equal(memory.spans().length, 2, JSON.stringify(other));
    }
    const memory = new Memory();
    memory.call('/llm.jsonl', { ...call, status: 'error' });
    memory.give('/debug.json', conversation());
    assert.equal(memory.spans().length, 2);
  });

  it('take the nearest of several calls, and no call twice', () => {
    const memory = new Memory();
    memory.call('/llm.jsonl', { ...call, identity: 'request:1', startTime: 10_000 });
    memory.call('/llm.jsonl', { ...call, identity: 'request:2', startTime: 12_000 });
    memory.give('/debug1.json', conversation({ startTime: 13_000 }));
    memory.give('/debug2.json', conversation({ startTime: 13_000 }));
    memory.give('/debug3.json', conversation({ startTime: 13_000 }));
    assert.deepEqual(
      memory.spans().map(span => [span.key, span.sources.length]),
      [
        ['at:debug3.json:0', 1],
        ['request:1', 2],
        ['request:2', 2],
      ],
    );
  });

  const alone = 'are on their own again when the call is forgotten, and the call when they are';
  for (const [how, least] of [
    ['one by one', Number.POSITIVE_INFINITY],
    ['together', 1],
  ] as const) {
    it(`${alone}, when their rows leave ${how}`, () =>
      expectAlone(new Memory({ leastCleared: least })));
  }

  it('are joined to no call that left together with others', () => {
    const memory = new Memory({ leastCleared: 1 });
    memory.call('/llm.jsonl', call);
    memory.call('/other.jsonl', { ...call, identity: 'request:2', traceId: 't2' });
    memory.give('/debug.json', conversation());
    assert.equal(memory.spans().length, 2);
    const [joined, other] = memory
      .spans()
      .toSorted((one, two) => two.sources.length - one.sources.length);
    assert.equal(joined?.sources.length, 2);
    memory.forget(other?.key === 'request:1' ? '/llm.jsonl' : '/other.jsonl');
    assert.equal(memory.spans().length, 1);
    memory.forget(other?.key === 'request:1' ? '/other.jsonl' : '/llm.jsonl');
    assert.deepEqual(
      memory.spans().map(span => [span.key, span.sources.length]),
      [['at:debug.json:0', 1]],
    );
  });

  function expectAlone(memory: Memory): void {
    memory.call('/llm.jsonl', call);
    memory.give('/debug.json', conversation());
    assert.equal(memory.spans().length, 1);
    memory.forget('/llm.jsonl');
    assert.deepEqual(
      memory.spans().map(span => span.key),
      ['at:debug.json:0'],
    );
    memory.call('/llm.jsonl', call);
    assert.equal(memory.spans().length, 1);
    memory.forget('/debug.json');
    assert.deepEqual(
      memory.spans().map(span => [span.key, span.sources.length]),
      [['request:1', 1]],
    );
  }
});
