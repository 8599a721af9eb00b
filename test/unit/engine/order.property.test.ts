import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { SpanPatch } from '../../../src/model/span';
import { Memory, patch } from './builders';

const files = ['/a.jsonl', '/b.jsonl', '/c.jsonl'] as const;
const few = (...values: readonly string[]) => fc.constantFrom(undefined, ...values);

const patches: fc.Arbitrary<SpanPatch> = fc
  .record({
    identity: few('request:1', 'request:2', 'request:3', 'request:1#2'),
    part: fc.constantFrom('whole' as const, 'whole' as const, 'start' as const, 'end' as const),
    kind: fc.constantFrom('call' as const, 'tool' as const),
    status: fc.constantFrom('ok' as const, 'error' as const, 'running' as const),
    traceId: few('t1', 't2'),
    sessionId: few('s1'),
    spanId: few('1', '2', '3'),
    parentSpanId: few('1', '2', '9'),
    userId: few('u1'),
    model: few('gpt-4o', 'gpt-4o-mini'),
    startTime: fc.constantFrom(undefined, 0, 1000, 2000, 60_000),
    durationMs: fc.constantFrom(undefined, 500, 1000),
    usage: fc.constantFrom(undefined, { inputTokens: 1, outputTokens: 2 }, { inputTokens: 9 }),
    hasInput: fc.boolean(),
  })
  .map(fields => patch(fields));

const records = fc.oneof(
  { weight: 6, arbitrary: fc.array(patches, { minLength: 1, maxLength: 3 }) },
  { weight: 1, arbitrary: patches.map(one => ({ conversation: { ...one, identity: undefined } })) },
);
const log = fc.array(records, { maxLength: 8 });

/** Everything that is known, in an order of its own. */
function dump(memory: Memory): unknown {
  const spans = memory.spans().map(span => ({ ...span, tags: { ...span.tags } }));
  return {
    spans: spans.toSorted((one, other) => (one.key < other.key ? -1 : 1)),
    traces: memory.traces(),
    files: memory.core.store.files().map(file => [file.path, file.records, file.skipped]),
  };
}

describe('what is known of logs', () => {
  it('does not depend on the order in which the records of several files come, nor on who asks between', () => {
    fc.assert(
      fc.property(
        fc.tuple(log, log, log),
        fc.array(fc.tuple(fc.nat(2), fc.boolean()), { maxLength: 40 }),
        (logs, schedule) => {
          const inOrder = new Memory();
          logs.forEach((list, at) => list.forEach(record => inOrder.give(files[at] ?? '', record)));

          const mixed = new Memory();
          const waiting = logs.map(list => [...list]);
          for (const [at, asks] of schedule) {
            const record = waiting[at]?.shift();
            if (record) {
              mixed.give(files[at] ?? '', record);
            }
            if (asks) {
              mixed.traces();
            }
          }
          waiting.forEach((list, at) =>
            list.forEach(record => mixed.give(files[at] ?? '', record)),
          );
          assert.deepEqual(dump(mixed), dump(inOrder));
        },
      ),
      { numRuns: 200 },
    );
  });

  it('is the same as fresh when a file is forgotten and read again', () => {
    fc.assert(
      fc.property(fc.tuple(log, log, log), fc.nat(2), fc.boolean(), (logs, forgotten, asks) => {
        const fresh = new Memory();
        const again = new Memory();
        const giveAll = (memory: Memory, at: number) =>
          logs[at]?.forEach(record => memory.give(files[at] ?? '', record));
        files.forEach((_file, at) => giveAll(fresh, at));
        files.forEach((_file, at) => giveAll(again, at));
        again.traces();
        again.forget(files[forgotten] ?? '');
        if (asks) {
          again.traces();
        }
        giveAll(again, forgotten);
        assert.deepEqual(dump(again), dump(fresh));
      }),
      { numRuns: 200 },
    );
  });

  it('holds nothing of a file that is forgotten', () => {
    fc.assert(
      fc.property(log, log, (kept, dropped) => {
        const without = new Memory();
        const memory = new Memory();
        kept.forEach(record => without.give('/a.jsonl', record));
        kept.forEach(record => memory.give('/a.jsonl', record));
        dropped.forEach(record => memory.give('/b.jsonl', record));
        memory.traces();
        memory.forget('/b.jsonl');
        assert.deepEqual(dump(memory), dump(without));
      }),
      { numRuns: 200 },
    );
  });
});
