import assert from 'node:assert/strict';
import {
  axisTime,
  baseName,
  bytes,
  count,
  day,
  duration,
  exactMoney,
  firstOf,
  money,
  percent,
  price,
  setLocale,
} from '../../../media/display';

describe('display', () => {
  beforeEach(() => setLocale('en'));
  after(() => setLocale('en'));

  it('writes durations in the unit that people read them in', () => {
    const written = [0, 0.42, 1, 580.4, 999.4, 999.6, 1128.15, 38_140, 59_996, 60_000, 125_000];
    assert.deepEqual(written.map(duration), [
      '0 ms',
      '0.42 ms',
      '1 ms',
      '580 ms',
      '999 ms',
      '1.00 s',
      '1.13 s',
      '38.14 s',
      '1 min 00 s',
      '1 min 00 s',
      '2 min 05 s',
    ]);
    assert.equal(duration(3_725_000), '1 h 02 min');
    assert.equal(duration(90_000_000), '1 d 1 h');
    assert.equal(duration(-1500), '-1.50 s');
  });

  it('writes money without ever rounding a cost to nothing', () => {
    assert.deepEqual([0, 0.0000005, 0.00009, 0.000957, 0.2966, 12.5, 1234].map(money), [
      '$0',
      '$0.0000005',
      '$0.00009',
      '$0.0010',
      '$0.2966',
      '$12.50',
      '$1,234.00',
    ]);
    assert.equal(exactMoney(0.27895), '$0.278950');
    assert.equal(exactMoney(0.0000005), '$0.0000005');
    assert.equal(price(2.5), '2.50');
    assert.equal(price(0.075), '0.075');
  });

  it('writes shares, sizes and counts with their unit', () => {
    assert.deepEqual([0, 0.0087, 0.05, 1].map(percent), ['0 %', '0.9 %', '5 %', '100 %']);
    assert.deepEqual([1, 999, 84_900, 999_900, 19_800_000].map(bytes), [
      '1 byte',
      '999 bytes',
      '84.9 KB',
      '1.0 MB',
      '19.8 MB',
    ]);
    assert.equal(count(121320), '121,320');
  });

  it('gives an axis label no more decimals than its step needs', () => {
    assert.equal(axisTime(10_000, 10_000), '10 s');
    assert.equal(axisTime(500, 500), '0.5 s');
    assert.equal(axisTime(20, 20), '20 ms');
    assert.equal(axisTime(120_000, 60_000), '2 min');
  });

  it('follows the language of the window, and stays with English when there is no such language', () => {
    setLocale('de');
    assert.equal(count(121320), '121.320');
    setLocale('not a locale');
    assert.equal(count(121320), '121,320');
  });

  it('reads a day as a day, and leaves the name of a price list alone', () => {
    assert.equal(day('2026-10-12'), 'Oct 12, 2026');
    assert.equal(day('genai-prices 0.1.8'), 'genai-prices 0.1.8');
  });

  it('shortens lists and paths at the end that matters less', () => {
    assert.equal(firstOf(['a', 'b', 'c', 'd'], 2), 'a, b, +2');
    assert.equal(baseName('/logs/agent/x.jsonl'), 'x.jsonl');
    assert.equal(baseName('C:\\logs\\x.jsonl'), 'x.jsonl');
  });
});
