import assert from 'node:assert/strict';
import type { Bar } from '../../../bench/lib/bar';
import { type Figure, showLimit, showMeasured, verdictOf } from '../../../bench/lib/figure';
import { reportMarkdown, summaryText } from '../../../bench/lib/report';
import { fullSize } from './fullSize';

const spread = { median: 4.4, min: 4, max: 5 };
const figure = (more: Partial<Figure>): Figure => ({
  what: 'time',
  unit: '×',
  measured: spread,
  ...more,
});

describe('a figure of the benchmarks', () => {
  it('is met on the right side of its limit, and says by how much it is not', () => {
    assert.equal(verdictOf(figure({ limit: { atMost: 4.4 } })), 'met');
    assert.equal(verdictOf(figure({ limit: { atMost: 3 } })), 'not met by 1.4 ×');
    assert.equal(verdictOf(figure({ limit: { atLeast: 4.4 } })), 'met');
    assert.equal(verdictOf(figure({ limit: { atLeast: 10 } })), 'not met by 5.6 ×');
    assert.equal(verdictOf(figure({})), '');
    assert.equal(verdictOf(figure({ measured: 'no jq' })), 'not measured');
  });

  it('shows its range only when it has one', () => {
    assert.equal(showMeasured(figure({})), '4.4 × (4–5)');
    assert.equal(
      showMeasured(figure({ measured: { median: 2, min: 2, max: 2 }, unit: 'ms' })),
      '2 ms',
    );
    assert.equal(showMeasured(figure({ measured: 'no jq' })), 'no jq');
    assert.equal(showLimit(figure({ limit: { atMost: 1.25 } })), '≤ 1.25 ×');
  });

  it('is one line of the report, as is a bar that could not be measured', () => {
    const bar: Bar = {
      number: 9,
      title: 'watching',
      bound: 'The kernel.',
      measure: async () => ({ figures: [] }),
    };
    const all = [
      { bar, outcome: { figures: [figure({ limit: { atMost: 3 } })] } },
      { bar: { ...bar, number: 10 }, outcome: 'it broke' },
    ];
    assert.deepEqual(
      summaryText(all)
        .split('\n')
        .slice(1)
        .map(line => line.replaceAll(/ +/g, ' ').trim()),
      ['9 time 4.4 × (4–5) ≤ 3 × not met by 1.4 ×', '10 watching it broke not measured'],
    );
    const page = reportMarkdown(all, { machine: 'this one', date: '2026-11-27', size: fullSize });
    assert.match(page, /\| 9 \| time \| 4\.4 × \(4–5\) \| ≤ 3 × \| not met by 1\.4 × \|/);
    assert.match(page, /2026-11-27: this one/);
    assert.match(page, /### 9\. watching\n\nThe kernel\./);
  });
});
