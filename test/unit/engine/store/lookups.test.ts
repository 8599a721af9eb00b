import assert from 'node:assert/strict';
import fc from 'fast-check';
import { RowSet } from '../../../../src/engine/store/rowSet';
import { HashSlots } from '../../../../src/engine/store/hashSlots';
import { NumberSet } from '../../../../src/engine/store/numberSet';
import { PagedColumn } from '../../../../src/engine/store/pagedColumn';
import { RunningColumn } from '../../../../src/engine/store/runningColumn';

/** Few hashes for many numbers, so that they meet in one slot, and all over the range. */
const hashOf = (id: number) => (Math.imul(id % 97, 0x9e3779b1) ^ (id % 2)) >>> 0;

describe('slots of a hash table', () => {
  it('give every number that was added and not removed, and no other twice', () => {
    const actions = fc.array(fc.tuple(fc.integer({ min: 1, max: 400 }), fc.boolean()), {
      maxLength: 600,
    });
    fc.assert(
      fc.property(actions, list => {
        const slots = new HashSlots(hashOf);
        const held = new Set<number>();
        for (const [id, adds] of list) {
          if (adds && !held.has(id)) {
            slots.add(hashOf(id), id);
            held.add(id);
          } else if (!adds && held.has(id)) {
            slots.remove(hashOf(id), id);
            held.delete(id);
          }
        }
        for (let id = 1; id <= 400; id++) {
          let times = 0;
          for (let found = slots.first(hashOf(id)); found !== 0; found = slots.next()) {
            times += found === id ? 1 : 0;
          }
          assert.equal(times, held.has(id) ? 1 : 0);
        }
      }),
      { numRuns: 200 },
    );
  });
});

describe('running column', () => {
  it('gives each number back, whether it follows from the one before or not, and when the end is set again', () => {
    const gap = fc.oneof({ weight: 8, arbitrary: fc.constant(1) }, fc.nat(3), fc.nat(100_000));
    const rows = fc.array(fc.tuple(fc.nat(500), gap, fc.boolean()), { maxLength: 120 });
    fc.assert(
      fc.property(fc.nat(10), rows, (start, list) => {
        const lengths: number[] = [];
        const values: number[] = [];
        const column = new RunningColumn(row => lengths[row] ?? 0);
        let next = start;
        for (const [length, between, takesBack] of list) {
          if (takesBack && values.length > 0) {
            next = values.pop() ?? 0;
            lengths.pop();
          }
          const row = values.length;
          lengths.push(length);
          values.push(next);
          column.set(row, next);
          next += length + between;
        }
        assert.deepEqual(
          values.map((_, row) => column.get(row)),
          values,
        );
      }),
      { numRuns: 300 },
    );
  });
});

describe('numbers of a running column that are set together', () => {
  it('are those that are set one by one', () => {
    const gap = fc.oneof({ weight: 8, arbitrary: fc.constant(1) }, fc.nat(3), fc.nat(100_000));
    const batch = fc.array(fc.tuple(fc.nat(500), gap), { minLength: 1, maxLength: 60 });
    fc.assert(
      fc.property(fc.nat(10), fc.array(batch, { maxLength: 6 }), (start, batches) => {
        const lengths: number[] = [];
        const values: number[] = [];
        const column = new RunningColumn(row => lengths[row] ?? 0);
        let next = start;
        for (const list of batches) {
          const first = values.length;
          for (const [length, between] of list) {
            lengths.push(length);
            values.push(next);
            next += length + between;
          }
          const steps = Float64Array.from(lengths.slice(first));
          column.append(first, Float64Array.from(values.slice(first)), steps, list.length);
          // and one alone
          lengths.push(7);
          values.push(next);
          column.set(values.length - 1, next);
          next += 8;
        }
        assert.deepEqual(
          values.map((_, row) => column.get(row)),
          values,
        );
      }),
      { numRuns: 300 },
    );
  });
});

describe('small sets of rows and numbers', () => {
  const few = fc.array(fc.oneof(fc.nat(30), fc.nat(100_000)), { maxLength: 100 });
  const run = fc
    .tuple(fc.nat(100), fc.nat(40), fc.boolean())
    .map(([first, count, isDown]) =>
      Array.from({ length: count }, (_, at) => (isDown ? first + count - at : first + at)),
    );
  const numbers = fc.array(fc.oneof(few, run), { maxLength: 5 }).map(lists => lists.flat());

  it('hold what was added, once', () => {
    fc.assert(
      fc.property(numbers, list => {
        const fresh = new RowSet();
        const set = new NumberSet();
        for (const number of list) {
          fresh.add(number);
          set.add(number);
        }
        const distinct = new Set(list);
        assert.equal(fresh.size, distinct.size);
        assert.deepEqual(new Set(fresh), distinct);
        assert.ok(!fresh.has(100_001));
        distinct.delete(0);
        assert.equal(set.size, distinct.size);
      }),
    );
  });

  it('find a row by the number of a text', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.nat(5000), fc.integer({ min: -1, max: 90_000 }))), list => {
        const column = new PagedColumn();
        list.forEach(([number, row]) => column.set(number, row));
        for (const [number, row] of new Map(list)) {
          assert.equal(column.get(number), row);
        }
        assert.equal(column.get(5001), -1);
      }),
    );
  });
});
