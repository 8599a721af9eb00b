import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { Totals } from '../../../bench/data/totals';
import { countedByBaseline } from '../../../bench/lib/checkTotals';
import { type Contestant, runPaired } from '../../../bench/lib/paired';
import { percentileOf, ratiosOf, spreadOf } from '../../../bench/lib/spread';
import { compare, standingsTable } from '../../../bench/lib/standings';

const expected: Totals = {
  bytes: 100,
  lines: 3,
  records: 2,
  invalid: 1,
  blank: 0,
  errors: 1,
  inputTokens: 30,
  outputTokens: 7,
  traces: 1,
  models: 1,
  latency: { p50: [1, 2], p95: [2, 2], p99: [2, 2] },
  markers: {},
};

describe('paired measurements', () => {
  it('take the median, and the middle of two of an even number', () => {
    assert.deepEqual(spreadOf([3, 1, 2]), { median: 2, min: 1, max: 3 });
    assert.deepEqual(spreadOf([4, 1, 2, 3]), { median: 2.5, min: 1, max: 4 });
    assert.throws(() => spreadOf([]), /nothing was measured/);
  });

  it('take a median that has as many values below it as above', () => {
    fc.assert(
      fc.property(fc.array(fc.double({ min: 0, max: 1e9, noNaN: true }), { minLength: 1 }), all => {
        const { median, min, max } = spreadOf(all);
        assert.ok(min <= median && median <= max);
        const below = all.filter(value => value < median).length;
        const above = all.filter(value => value > median).length;
        assert.ok(below <= all.length / 2 && above <= all.length / 2);
      }),
    );
  });

  it('take as a percentile a value that was measured', () => {
    const hundred = Array.from({ length: 100 }, (_, index) => 100 - index);
    assert.equal(percentileOf(hundred, 0.95), 95);
    assert.equal(percentileOf(hundred, 0.99), 99);
    assert.equal(percentileOf([7], 0.5), 7);
    assert.equal(percentileOf([1, 2], 1), 2);
  });

  it('divide each run by the one of the same round, not medians by each other', () => {
    // the machine was twice as slow in the second round: the ratio is 2 in both
    assert.deepEqual(ratiosOf([20, 40, 22], [10, 20, 11]), { median: 2, min: 2, max: 2 });
    assert.throws(() => ratiosOf([1], []), /pairs/);
  });

  const program = (name: string, printed: object, code = 0): Contestant => ({
    name,
    command: [
      process.execPath,
      '-e',
      `console.log(${JSON.stringify(JSON.stringify(printed))}); process.exitCode = ${code}`,
    ],
    readTotals: countedByBaseline,
  });

  it('run every tool once a round, and none whose totals are wrong or which fails', async () => {
    let prepared = 0;
    const standings = await runPaired(
      [
        program('right', { records: 2, invalid: 1, p50: 2 }),
        program('partly right', { records: 2 }),
        program('wrong', { records: 1 }),
        program('broken', { records: 2 }, 1),
        program('silent', {}),
      ],
      { rounds: 2, expected, before: async () => void prepared++ },
    );
    assert.deepEqual(
      standings.map(({ name, runs }) => [name, runs.length]),
      [
        ['right', 2],
        ['partly right', 2],
        ['wrong', 0],
        ['broken', 0],
        ['silent', 0],
      ],
    );
    assert.equal(prepared, 4);
    assert.ok(standings[0]?.runs.every(({ wallMs }) => wallMs > 0));
    assert.equal(standings[2]?.problem, 'wrong totals: records: 1 instead of 2');
    assert.match(standings[3]?.problem ?? '', /ended with 1/);
    assert.match(standings[4]?.problem ?? '', /nothing was counted/);

    const times = { of: 'partly right', against: 'right' };
    assert.ok(typeof compare(standings, 'time', times).measured !== 'string');
    const wrong = compare(standings, 'time', { of: 'right', against: 'wrong' });
    assert.equal(wrong.measured, 'wrong: wrong totals');
    const missing = compare(standings, 'time', { of: 'right', against: 'nobody' });
    assert.equal(missing.measured, 'nobody: not there');
    assert.deepEqual(standingsTable('table', standings).rows[2]?.slice(0, 2), ['wrong', '']);
  });
});
