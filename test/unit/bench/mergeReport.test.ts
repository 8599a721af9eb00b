import assert from 'node:assert/strict';
import type { Bar } from '../../../bench/lib/bar';
import { mergeReports } from '../../../bench/lib/mergeReport';
import { isComparableHead, reportMarkdown } from '../../../bench/lib/report';
import { fullSize } from './fullSize';

describe('a page of figures of which some are measured again', () => {
  const bar = (number: number, bound: string): Bar => ({
    number,
    title: `bar ${number}`,
    bound,
    measure: () => assert.fail('not asked for'),
  });
  const page = (
    numbers: readonly number[],
    measured: number,
    date: string,
    machine = 'one machine',
  ): string =>
    reportMarkdown(
      numbers.map(number => ({
        bar: bar(number, `bound of ${number} at ${measured}`),
        outcome: {
          figures: ['first', 'second'].map(what => ({ what, unit: '×', measured: `${measured}` })),
          tables: [{ title: 'a table', columns: ['tool', 'ms'], rows: [['wc', `${measured}`]] }],
        },
      })),
      { machine, date, size: fullSize },
    );

  it('has the new figures of these and the old ones of the others, in order', () => {
    const merged = mergeReports(
      page([1, 2, 3, 10], 5, '2026-11-26'),
      page([2, 10], 7, '2026-11-27'),
      isComparableHead,
    );
    const rows = merged.split('\n').filter(line => /^\| \d+ \|/.test(line));
    assert.deepEqual(
      rows.map(row =>
        row
          .split('|')
          .slice(1, 4)
          .map(cell => cell.trim()),
      ),
      [1, 1, 2, 2, 3, 3, 10, 10].map((number, at) => [
        String(number),
        at % 2 === 0 ? 'first' : 'second',
        number === 2 || number === 10 ? '7' : '5',
      ]),
    );
    assert.deepEqual(merged.match(/^bound of .*$/gm), [
      'bound of 1 at 5',
      'bound of 2 at 7',
      'bound of 3 at 5',
      'bound of 10 at 7',
    ]);
    assert.match(merged, /Measured on 2026-11-27/);
  });

  it('is the same when all of them are measured again', () => {
    const fresh = page([1, 2], 7, '2026-11-27');
    assert.equal(mergeReports(page([1, 2], 5, '2026-11-26'), fresh, isComparableHead), fresh);
  });

  it('has nothing of another machine, or of another page', () => {
    const fresh = page([2], 7, '2026-11-27');
    const other = page([1, 2], 5, '2026-11-26', 'another machine');
    assert.equal(mergeReports(other, fresh, isComparableHead), fresh);
    assert.equal(mergeReports('# Something else\n', fresh, isComparableHead), fresh);
  });
});
