import assert from 'node:assert/strict';
import fc from 'fast-check';
import { Column, type ColumnKind } from '../../../../src/engine/store/columns';
import { NearReader } from '../../../../src/engine/store/nearReader';
import { RowList } from '../../../../src/engine/store/rowList';

const rows = fc.oneof(fc.nat(40), fc.nat(200), fc.nat(40_000));
const measures = fc.oneof(
  fc.constantFrom(0, 1, -1, 0.1, 0.5, 1457.8, 1e300, -5e-324, 2 ** 53, 2 ** 53 + 2, Number.NaN),
  fc.integer({ min: 1_790_000_000_000, max: 1_790_000_900_000 }),
  fc.integer({ min: 0, max: 90_000 }).map(tenths => tenths / 10),
  fc.nat(0xffff_ffff),
  fc.double({ noNaN: false, noDefaultInfinity: true }),
);
const ids = fc.oneof(fc.nat(300), fc.integer({ min: 900_000, max: 960_000 }), fc.nat(0xffff_ffff));

/** What a column of that kind says of a number that it was given. */
const asKept = (value: number) => (Object.is(value, -0) ? 0 : value);

function holds(
  kind: ColumnKind,
  empty: number,
  writes: readonly (readonly [number, number])[],
): void {
  const column = new Column(kind);
  const expected = new Map<number, number>();
  for (const [row, value] of writes) {
    column.set(row, value);
    expected.set(row, asKept(value));
  }
  for (const [row, value] of expected) {
    assert.ok(
      Object.is(asKept(column.get(row)), value),
      `${column.get(row)} for ${value} in row ${row}`,
    );
    const read = new Float64Array(3);
    const first = Math.max(0, row - 1);
    column.read(first, read.length, read);
    read.forEach((number, at) =>
      assert.ok(Object.is(number, column.get(first + at)), `row ${first + at} read with others`),
    );
    assert.ok(Object.is(value, empty) || !column.isUnset(first, read.length));
    for (const beside of [row - 1, row + 1].filter(at => at >= 0 && !expected.has(at))) {
      assert.ok(Object.is(column.get(beside), empty), `row ${beside} was never set`);
    }
  }
}

describe('column', () => {
  it('gives every number back to the last bit, in whatever order the rows are written and written again', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(rows, measures), { maxLength: 120 }), writes =>
        holds('measure', Number.NaN, writes),
      ),
      { numRuns: 500 },
    );
  });

  it('keeps numbers of rows nearby in a byte each, also behind a block in which they were far away', () => {
    const column = new Column('near');
    const blockRows = 16_384;
    for (let row = 0; row < 3 * blockRows; row++) {
      // in no order, as the rows of a preview that was taken back
      column.set(row, row < blockRows ? 1 + ((row * 7919) % 60_000) : row + (row % 5));
    }
    const bytes = column.save().map(block => block?.codes.BYTES_PER_ELEMENT);
    assert.deepEqual(bytes, [4, 1, 1]);
    assert.equal(column.get(2), 1 + 2 * 7919);
    assert.equal(column.get(blockRows + 3), blockRows + 3 + ((blockRows + 3) % 5));
  });

  it('has room for few rows in a block that has just begun', () => {
    const column = new Column('id');
    const blockRows = 16_384;
    let next = 0;
    const roomFor = (rows: number) => {
      for (; next < rows; next++) {
        column.set(next, 1 + (next % 200));
      }
      return column.save().map(block => block?.codes.length);
    };
    assert.deepEqual(roomFor(blockRows), [blockRows]);
    assert.deepEqual(roomFor(blockRows + 100), [blockRows, blockRows / 4]);
    assert.deepEqual(roomFor(blockRows + blockRows / 4), [blockRows, blockRows / 4]);
    assert.deepEqual(roomFor(blockRows + blockRows / 4 + 1), [blockRows, blockRows]);
    for (let row = 0; row < next; row++) {
      assert.equal(column.get(row), 1 + (row % 200));
    }
    assert.equal(column.get(next), 0);
  });

  it('gives every id back, and none where there is none', () => {
    for (const kind of ['id', 'hash', 'near'] as const) {
      fc.assert(
        fc.property(fc.array(fc.tuple(rows, ids), { maxLength: 120 }), writes =>
          holds(kind, 0, writes),
        ),
        { numRuns: 200 },
      );
    }
  });

  it('gives numbers back that go up with the rows, and those that do not', () => {
    const steps = fc.array(fc.oneof(fc.constant(1), fc.nat(500), fc.nat(0xffff_ffff)), {
      minLength: 1,
      maxLength: 300,
    });
    fc.assert(
      fc.property(
        fc.nat(1000),
        steps,
        fc.array(fc.tuple(fc.nat(299), fc.nat())),
        (first, list, again) => {
          let sum = first;
          const ascending = list.map((step, row) => [row, (sum += step)] as const);
          holds('ascending', -1, [...ascending, ...again]);
        },
      ),
      { numRuns: 300 },
    );
  });

  it('holds what a whole log says, block after block', () => {
    const time = new Column('measure');
    const offset = new Column('ascending');
    const latency = (row: number) => Math.round((row * 7919) % 81_931) / 10;
    const at = (row: number) => row * 371 + ((row * 31) % 53);
    for (let row = 0; row < 50_000; row++) {
      time.set(row, row % 97 === 0 ? Number.NaN : latency(row));
      offset.set(row, at(row));
    }
    for (let row = 0; row < 50_000; row++) {
      assert.equal(time.known(row), row % 97 === 0 ? undefined : latency(row));
      assert.equal(offset.get(row), at(row));
    }
  });
});

describe('rows of a column that are set together', () => {
  const empties = { measure: Number.NaN, id: 0, hash: 0, near: 0, ascending: -1 } as const;
  const values = {
    measure: measures,
    id: fc.oneof(fc.constant(0), ids),
    hash: ids,
    near: fc.oneof(fc.constant(0), ids),
    ascending: fc.oneof(fc.constant(-1), fc.nat(0xffff_ffff)),
  } as const;
  /** So many times one number: rows are alike for long. */
  const runs = (value: fc.Arbitrary<number>) =>
    fc.array(fc.tuple(value, fc.oneof(fc.nat(3), fc.nat(9000)), fc.nat(3)), { maxLength: 8 });

  for (const kind of ['measure', 'id', 'hash', 'near', 'ascending'] as const) {
    it(`are those that are set one by one: ${kind}`, () => {
      fc.assert(
        fc.property(fc.nat(20_000), runs(values[kind]), (first, list) => {
          const one = new Column(kind);
          const together = new Column(kind);
          one.set(0, 7);
          together.set(0, 7);
          let row = first + 1;
          for (const [value, count, step] of list) {
            const numbers = Float64Array.from({ length: count }, (_, at) =>
              value === empties[kind] ? value : value + at * step,
            );
            together.append(row, numbers, count);
            numbers.forEach((number, at) => one.set(row + at, number));
            row += count;
          }
          const read = new Float64Array(row + 2);
          together.read(0, row + 2, read);
          const near = new NearReader(together);
          for (let at = 0; at < row + 2; at++) {
            assert.ok(Object.is(one.get(at), together.get(at)), `row ${at}`);
            assert.ok(Object.is(one.get(at), read[at]), `row ${at}, read with all others`);
            assert.ok(Object.is(one.get(at), near.get(at)), `row ${at}, read with those near`);
          }
          assert.ok(Object.is(one.get(first), near.get(first)), 'and again from far');
        }),
        { numRuns: 100 },
      );
    });
  }

  for (const kind of ['measure', 'id', 'hash', 'near', 'ascending'] as const) {
    it(`are nothing once they are unset, and may be set together again: ${kind}`, () => {
      const run = fc.tuple(fc.nat(40_000), fc.oneof(fc.nat(30), fc.nat(20_000)));
      fc.assert(
        fc.property(
          fc.array(fc.tuple(run, runs(values[kind])), { minLength: 1, maxLength: 5 }),
          rounds => {
            const column = new Column(kind);
            const end = 62_000;
            const expected = new Float64Array(end).fill(empties[kind]);
            for (const [[first, count], list] of rounds) {
              column.unset(first, count);
              expected.fill(empties[kind], first, first + count);
              const numbers = list
                .flatMap(([value, length, step]) =>
                  Array.from({ length }, (_, at) =>
                    value === empties[kind] ? value : value + at * step,
                  ),
                )
                .slice(0, count);
              // behind numbers that are not of these rows
              column.append(first, Float64Array.from([5, ...numbers]), numbers.length, 1);
              expected.set(numbers, first);
            }
            const read = new Float64Array(end);
            column.read(0, end, read);
            for (let row = 0; row < end; row++) {
              const value = asKept(expected[row] ?? 0);
              assert.ok(Object.is(column.get(row), value), `row ${row}`);
              assert.ok(Object.is(read[row], value), `row ${row}, read with all others`);
            }
          },
        ),
        { numRuns: 60 },
      );
    });
  }

  it('take no memory where a whole block of them is unset', () => {
    const column = new Column('id');
    const blockRows = 16_384;
    for (let row = 0; row < 3 * blockRows; row++) {
      column.set(row, 1 + (row % 7));
    }
    column.unset(blockRows, blockRows + 1);
    assert.deepEqual(
      column.save().map(block => block !== undefined),
      [true, false, true],
    );
    assert.deepEqual(
      [column.get(blockRows - 1), column.get(2 * blockRows), column.get(2 * blockRows + 1)],
      [1 + ((blockRows - 1) % 7), 0, 1 + ((2 * blockRows + 1) % 7)],
    );
  });
});

describe('list of rows', () => {
  it('is the list that was pushed and popped', () => {
    const actions = fc.array(
      fc.oneof(fc.nat(70_000), fc.constant('next' as const), fc.constant('pop' as const)),
      { maxLength: 200 },
    );
    fc.assert(
      fc.property(actions, list => {
        const expected: number[] = [];
        const kept = new RowList();
        for (const action of list) {
          if (action !== 'pop') {
            const row = action === 'next' ? (expected.at(-1) ?? 0) + 1 : action;
            expected.push(row);
            kept.push(row);
          } else if (expected.length > 0) {
            expected.pop();
            kept.pop();
          }
        }
        assert.deepEqual([...kept], expected);
        const runs = expected.flatMap((row, at) => {
          const rest = expected.slice(at, at + 3);
          const end = rest.findIndex((other, behind) => other !== row + behind);
          return end < 0 ? rest.length : end;
        });
        assert.deepEqual(
          expected.map((_, at) => kept.runAt(at, 3)),
          runs,
        );
        assert.equal(kept.last(), expected.at(-1) ?? -1);
        assert.equal(kept.at(expected.length), -1);
      }),
    );
  });
});
