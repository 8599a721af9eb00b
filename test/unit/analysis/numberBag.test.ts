import assert from 'node:assert/strict';
import fc from 'fast-check';
import { NumberBag, percentilesOf } from '../../../src/analysis/numberBag';
import { percentile } from '../../../src/analysis/percentile';

const fractions = [0, 0.5, 0.95, 0.99, 1];

function agrees(numbers: readonly number[]): void {
  const sorted = Float64Array.from(numbers).sort();
  assert.deepEqual(
    percentilesOf(Float64Array.from(numbers), fractions),
    fractions.map(fraction => percentile(sorted, fraction)),
  );
}

describe('percentiles of numbers in no order', () => {
  it('are those of the sorted numbers', () => {
    const numbers = fc.oneof(
      fc.nat(20),
      fc.double({ noNaN: true }).map(value => value + 0),
    );
    fc.assert(fc.property(fc.array(numbers, { maxLength: 300 }), agrees), { numRuns: 500 });
  });

  it('are found in a sorted, a reversed, an even and a zigzag list', () => {
    const count = 20_000;
    const list = (value: (at: number) => number) =>
      Array.from({ length: count }, (_, at) => value(at));
    agrees(list(at => at));
    agrees(list(at => -at));
    agrees(list(() => 7));
    agrees(list(at => (at % 2 === 0 ? at : count - at)));
    agrees(list(at => Math.abs(at - count / 2)));
  });
});

describe('bag of numbers', () => {
  it('holds what was put in, whatever the length', () => {
    for (const count of [0, 1, 8191, 8192, 8193, 20_000]) {
      const bag = new NumberBag();
      const other = new NumberBag();
      const expected = Array.from({ length: count }, (_, at) => at / 3);
      expected.forEach(value => bag.add(value));
      other.add(-1);
      assert.equal(bag.length, count);
      assert.deepEqual([...NumberBag.join([bag, other, bag])], [...expected, -1, ...expected]);
    }
  });
});
