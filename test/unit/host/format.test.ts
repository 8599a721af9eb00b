import assert from 'node:assert/strict';
import {
  formatAgo,
  formatBytes,
  formatDay,
  formatDuration,
  formatMoment,
  formatUsd,
  joinFacts,
} from '../../../src/host/display/format';

describe('figures', () => {
  const now = new Date(2026, 9, 14, 15, 0).getTime();
  const minute = 60_000;

  it('says durations in the unit that a person would take', () => {
    assert.deepEqual(
      [0.4, 0, 579.6, 3080, 38_140, 59_960, 125_000, 3_780_000].map(formatDuration),
      ['<1 ms', '0 ms', '580 ms', '3.1 s', '38.1 s', '60.0 s', '2 min 5 s', '1 h 3 min'],
    );
  });

  it('says small costs with two digits that count, and when a cost is only a lower bound', () => {
    assert.deepEqual(
      [0.2966, 0.0061, 0.000957, 0, 1234.5].map(usd => formatUsd(usd)),
      ['$0.30', '$0.0061', '$0.00096', '$0.00', '$1,234.50'],
    );
    assert.equal(formatUsd(0.3, true), '≥ $0.30');
  });

  it('says sizes', () => {
    assert.deepEqual([412, 1400, 214_000_000, 999_600].map(formatBytes), [
      '412 B',
      '1.4 kB',
      '214 MB',
      '1.0 MB',
    ]);
  });

  it('says how long ago', () => {
    assert.deepEqual(
      [
        now - 5000,
        now - 12 * minute,
        now - 3 * 60 * minute,
        new Date(2026, 9, 13, 23).getTime(),
      ].map(time => formatAgo(time, now)),
      ['just now', '12 min ago', '3 h ago', 'yesterday'],
    );
    assert.equal(formatAgo(new Date(2025, 9, 9).getTime(), now), '9 Oct 2025');
  });

  it('names days', () => {
    assert.deepEqual(
      ['2026-10-14', '2026-10-13', '2026-10-05', '2025-10-06', 'no time'].map(day =>
        formatDay(day, now),
      ),
      ['Today', 'Yesterday', 'Mon 5 Oct', 'Mon, 6 Oct 2025', 'no time'],
    );
    assert.equal(formatMoment(new Date(2026, 9, 12, 4, 48).getTime(), now), 'Mon 04:48');
    assert.equal(formatMoment(new Date(2026, 8, 2, 4, 48).getTime(), now), '2 Sept 04:48');
  });

  it('joins only what is known', () => {
    assert.equal(joinFacts([undefined, '3.1 s', '', '$0.02']), '3.1 s · $0.02');
  });
});
