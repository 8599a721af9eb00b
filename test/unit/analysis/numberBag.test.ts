import assert from 'node:assert/strict';
import fc from 'fast-check';
import { NumberBag, percentilesOf } from '../../../src/analysis/numberBag';
import { percentile } from '../../../src/analysis/percentile';

const fractions = [0, 0.5, 0.95, 0.99, 1];

function agrees(numbers: readonly number[]): void {
  const sorted = Float64Array.from(numbers).sort();
  const expected = fractions.map(fraction => percentile(sorted, fraction));
  assert.deepEqual(percentilesOf(Float64Array.from(numbers), fractions), expected);
  const bags = [new NumberBag(), new NumberBag(), new NumberBag()];
  numbers.forEach((number, at) => bags[at % 2]?.add(number));
  assert.deepEqual(NumberBag.percentiles(bags, fractions), expected);
  assert.equal(
    bags.reduce((sum, bag) => sum + bag.length, 0),
    numbers.length,
  );
}

describe('percentiles of numbers in no order', () => {
  it('are those of the sorted numbers', () => {
    const numbers = fc.oneof(
      fc.nat(20),
      fc.double({ noNaN: true }).map(value => value + 0),
    );
    const thousandths = fc
      .oneof(fc.nat(50), fc.nat(200_000), fc.nat(0xffff_ffff))
      .map(at => at / 1000);
    for (const list of [
      numbers,
      thousandths,
      fc.oneof({ weight: 20, arbitrary: thousandths }, { weight: 1, arbitrary: numbers }),
    ]) {
      fc.assert(fc.property(fc.array(list, { maxLength: 300 }), agrees), { numRuns: 500 });
    }
  });

  it('are found in a sorted, a reversed, an even and a zigzag list', () => {
    const count = 20_000;
    const list = (value: (at: number) => number) =>
      Array.from({ length: count }, (_, at) => value(at));
    agrees(list(at => at));
    agrees(list(at => 7 - at));
    agrees(list(() => 7));
    agrees(list(at => (at % 2 === 0 ? at : count - at)));
    agrees(list(at => Math.abs(at - count / 2)));
    agrees(list(at => at / 3));
    agrees(list(at => (at % 7000) / 8));
    agrees([...list(at => (at * 7919) % 4_294_967), 4_294_967.295]);
    agrees([...list(at => at % 7000), 4_294_967.296]);
  });
});
