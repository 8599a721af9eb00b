import assert from 'node:assert/strict';
import fc from 'fast-check';
import { FreeNumbers } from '../../../../src/engine/store/freeNumbers';

type Step =
  | { readonly type: 'add'; readonly rows: readonly number[] }
  | { readonly type: 'take' }
  | { readonly type: 'takeRun'; readonly least: number; readonly most: number }
  | { readonly type: 'trim' };

const end = 60;
const steps: fc.Arbitrary<Step> = fc.oneof(
  fc.record({
    type: fc.constant('add' as const),
    rows: fc.uniqueArray(fc.nat(end - 1), { maxLength: 30 }),
  }),
  fc.constant({ type: 'take' as const }),
  fc.record({
    type: fc.constant('takeRun' as const),
    least: fc.integer({ min: 1, max: 6 }),
    most: fc.integer({ min: 6, max: 20 }),
  }),
  fc.constant({ type: 'trim' as const }),
);

/** The run that a row is in. */
function runAround(rows: ReadonlySet<number>, row: number): { first: number; count: number } {
  let first = row;
  while (rows.has(first - 1)) {
    first--;
  }
  let count = 1;
  while (rows.has(first + count)) {
    count++;
  }
  return { first, count };
}

const lowest = (rows: Iterable<number>) => [...rows].toSorted((one, other) => one - other);

describe('numbers that are in no use', () => {
  it('are given out from the lowest up, each once, alone or together', () => {
    fc.assert(
      fc.property(fc.array(steps, { maxLength: 40 }), list => {
        let free = new FreeNumbers();
        const expected = new Set<number>();
        for (const step of list) {
          if (step.type === 'add') {
            const fresh = step.rows.filter(row => !expected.has(row));
            const runs = free.add(fresh);
            fresh.forEach(row => expected.add(row));
            const around = new Map(
              fresh.map(row => runAround(expected, row)).map(run => [run.first, run]),
            );
            assert.deepEqual(
              runs.toSorted((one, other) => one.first - other.first),
              lowest(around.keys()).map(first => around.get(first)),
            );
          } else if (step.type === 'take') {
            const [row] = lowest(expected);
            assert.equal(free.take(), row);
            expected.delete(row ?? -1);
          } else if (step.type === 'takeRun') {
            const run = lowest(expected)
              .map(row => runAround(expected, row))
              .find(({ count }) => count >= step.least);
            const count = Math.min(step.most, run?.count ?? 0);
            assert.deepEqual(
              free.takeRun(step.least, step.most),
              run && { first: run.first, count },
            );
            for (let at = 0; at < count; at++) {
              expected.delete((run?.first ?? 0) + at);
            }
          } else {
            const isLastFree = expected.has(end - 1);
            const first = isLastFree ? runAround(expected, end - 1).first : end;
            assert.equal(free.trim(end), first);
            expected.forEach(row => row >= first && expected.delete(row));
          }
          const copy = new FreeNumbers();
          copy.restore(free.save());
          free = copy;
        }
        assert.deepEqual(
          Array.from({ length: expected.size + 1 }, () => free.take()),
          [...lowest(expected), undefined],
        );
      }),
      { numRuns: 500 },
    );
  });
});
