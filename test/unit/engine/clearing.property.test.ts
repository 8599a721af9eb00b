import assert from 'node:assert/strict';
import { setImmediate as nextTurn } from 'node:timers/promises';
import fc from 'fast-check';
import type { SpanPatch } from '../../../src/model/span';
import { Memory, patch } from './builders';

const files = ['/a.jsonl', '/b.jsonl', '/c.jsonl'] as const;
const few = (...values: readonly string[]) => fc.constantFrom(undefined, ...values);

const patches: fc.Arbitrary<SpanPatch> = fc
  .record({
    identity: few('request:1', 'request:2', 'request:3', 'message:1', 'request:400'),
    part: fc.constantFrom('whole' as const, 'whole' as const, 'start' as const, 'end' as const),
    traceId: few('t1', 't2', 'trace 1', 'trace 100'),
    sessionId: few('s1', 's2'),
    userId: few('u1'),
    model: few('gpt-4o', 'gpt-4o-mini'),
    startTime: fc.constantFrom(undefined, 0, 1000, 2000, 60_000),
    usage: fc.constantFrom(undefined, { inputTokens: 1, outputTokens: 2 }, { inputTokens: 9 }),
  })
  .map(fields => patch(fields));

/** Some have the same id, and are told apart by what kind of id it is. */
function identityOf(number: number): string {
  return number % 2 === 0 ? `request:${number}` : `message:${number - 1}`;
}

/** Calls that the same conversation may be the text of. */
const twin = fc
  .constantFrom(0, 1000, 2000)
  .map(startTime =>
    patch({ model: 'gpt-4o', usage: { inputTokens: 1, outputTokens: 2 }, startTime }),
  );

/** So many spans that they are cleared in several steps; those of another `start` have some of the same ids. */
function manySpans(start: number): readonly SpanPatch[] {
  return Array.from({ length: 700 }, (_, index) => {
    const number = start * 350 + index;
    return patch({
      identity: number % 7 === 0 ? undefined : identityOf(number - (number % 5 === 4 ? 1 : 0)),
      traceId: number % 3 === 0 ? undefined : `trace ${Math.floor(number / 6)}`,
      sessionId: `session ${Math.floor(number / 40)}`,
      startTime: number * 700,
    });
  });
}

const file = fc.nat(files.length - 1);
const steps = fc.array(
  fc.oneof(
    {
      weight: 4,
      arbitrary: fc.record({
        type: fc.constant('give' as const),
        file,
        record: fc.oneof(
          { weight: 4, arbitrary: fc.array(patches, { minLength: 1, maxLength: 3 }) },
          { weight: 3, arbitrary: fc.nat(3).map(manySpans) },
          { weight: 1, arbitrary: twin.map(one => [one]) },
          { weight: 1, arbitrary: twin.map(conversation => ({ conversation })) },
        ),
      }),
    },
    { weight: 3, arbitrary: fc.record({ type: fc.constant('forget' as const), file }) },
    { weight: 2, arbitrary: fc.record({ type: fc.constant('giveAgain' as const), file }) },
    { weight: 3, arbitrary: fc.record({ type: fc.constant('ask' as const) }) },
    { weight: 3, arbitrary: fc.record({ type: fc.constant('rest' as const) }) },
  ),
  { maxLength: 25 },
);

/** Everything that is known, in an order of its own. */
function dump(memory: Memory): unknown {
  const spans = memory.spans().map(span => ({ ...span, tags: { ...span.tags } }));
  return {
    spans: spans.toSorted((one, other) => (one.key < other.key ? -1 : 1)),
    found: spans.map(({ key }) => memory.span(key)?.traceKey),
    traces: memory.traces(),
    count: memory.core.membership.count,
    files: memory.core.store.files().map(({ path, records }) => [path, records]),
  };
}

describe('files that are forgotten while others are read and asked for', () => {
  const now = performance.now.bind(performance);

  // every step of what is cleared is a slice of its own
  beforeEach(() => {
    let time = 0;
    performance.now = () => (time += 10);
  });
  afterEach(() => {
    performance.now = now;
  });

  for (const [how, least] of [
    ['together', 1],
    ['together when they are many', 500],
    ['one by one', Number.POSITIVE_INFINITY],
  ] as const) {
    it(`leave nothing behind, and nobody is told of them, when their rows leave ${how}`, async () => {
      let askedMeanwhile = 0;
      const property = fc.asyncProperty(steps, async list => {
        const memory = new Memory({ leastCleared: least });
        const contents = new Map<string, unknown[]>();
        const expectAsFresh = () => {
          const fresh = new Memory();
          for (const [path, records] of contents) {
            records.forEach(record => fresh.give(path, record));
          }
          assert.deepEqual(dump(memory), dump(fresh));
          askedMeanwhile += memory.core.clearing === undefined ? 0 : 1;
        };
        for (const step of list) {
          if (step.type === 'give') {
            const path = files[step.file] ?? '';
            memory.give(path, step.record);
            contents.set(path, [...(contents.get(path) ?? []), step.record]);
          } else if (step.type === 'forget') {
            memory.forget(files[step.file] ?? '');
            contents.delete(files[step.file] ?? '');
          } else if (step.type === 'giveAgain') {
            const path = files[step.file] ?? '';
            memory.forget(path);
            const records = contents.get(path) ?? [];
            contents.delete(path);
            expectAsFresh();
            records.forEach(record => memory.give(path, record));
            contents.set(path, records);
          } else if (step.type === 'ask') {
            expectAsFresh();
          } else {
            await nextTurn();
          }
        }
        expectAsFresh();
        files.forEach(path => memory.forget(path));
        contents.clear();
        expectAsFresh();
        await memory.core.clearing;
        expectAsFresh();
        assert.equal(memory.core.store.table.rows, 0, 'all rows may be used again');
      });
      await fc.assert(property, { numRuns: 60 });
      assert.equal(askedMeanwhile > 0, least < Number.POSITIVE_INFINITY);
    }).timeout(60_000);
  }
});
