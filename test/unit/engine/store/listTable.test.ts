import assert from 'node:assert/strict';
import fc from 'fast-check';
import { ListTable } from '../../../../src/engine/store/listTable';

const lists = fc.array(fc.nat(5), { minLength: 1, maxLength: 4 });

describe('table of lists', () => {
  it('keeps what is marked, asked for or added when the rest gives up its numbers', () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(lists, fc.boolean()), { maxLength: 60 }),
        fc.nat(3),
        fc.array(fc.tuple(lists, fc.nat(70)), { maxLength: 20 }),
        fc.array(lists, { maxLength: 60 }),
        (before, spared, between, behind) => {
          const table = new ListTable();
          const live = new Map<number, readonly number[]>();
          const note = (id: number, list: readonly number[]) => {
            assert.deepEqual(live.get(id) ?? list, list);
            live.set(id, list);
          };
          const given = before.map(([list, isKept]) => ({ id: table.id(list), list, isKept }));
          table.beginMarking();
          for (const { id, list, isKept } of given) {
            if (isKept || id <= spared) {
              table.mark(id);
              note(id, list);
            }
          }
          const steps = table.sweep(spared + 1);
          let step = 0;
          for (const [list, at] of between.toSorted((one, other) => one[1] - other[1])) {
            for (; step < at; step++) {
              steps.next();
            }
            note(table.id(list), list);
          }
          [...steps].forEach(() => {});
          behind.forEach(list => note(table.id(list), list));
          for (const [id, list] of live) {
            assert.deepEqual(table.numbers(id), list);
            assert.equal(table.find(list), id);
          }
        },
      ),
      { numRuns: 500 },
    );
  });

  it('does not grow when other lists come instead', () => {
    const table = new ListTable();
    const sizes = Array.from({ length: 10 }, (_, round) => {
      table.beginMarking();
      [...table.sweep(1)].forEach(() => {});
      for (let at = 0; at < 1000; at++) {
        table.id([round, at, ...(at % 3 === 0 ? [1] : [])]);
      }
      return [table.size, table.heldBytes];
    });
    assert.deepEqual(sizes.at(-1), sizes[0]);
  });
});
