import assert from 'node:assert/strict';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { writeSmallLog } from '../../../bench/data/logs';
import type { Totals } from '../../../bench/data/totals';
import { countedByBaseline, countedByStats, wrongTotals } from '../../../bench/lib/checkTotals';
import { createEngine } from '../../../src/engine/createEngine';

describe('the check of totals', () => {
  let folder: string;
  let totals: Totals;
  let stats: object;
  before(async () => {
    folder = fs.mkdtempSync(path.join(os.tmpdir(), 'callsight-totals-'));
    totals = writeSmallLog(folder, 3000, 'plain', 'totals');
    const engine = createEngine({ final: true });
    await engine.handlers.addSource({ path: folder });
    await engine.handlers.whenIdle({});
    stats = await engine.handlers.getStats({});
    await engine.dispose();
  });
  after(() => fs.rmSync(folder, { recursive: true, force: true }));

  it('finds our own statistics of a generated log right', () => {
    assert.ok(totals.invalid > 0);
    assert.deepEqual(wrongTotals(countedByStats(stats), totals), []);
  });

  const fields = ['records', 'skippedRecords', 'errors', 'inputTokens', 'outputTokens', 'traces'];
  for (const field of fields) {
    it(`finds ${field} wrong by one`, () => {
      const wrong = { ...stats, [field]: Number(Reflect.get(stats, field)) + 1 };
      assert.equal(wrongTotals(countedByStats(wrong), totals).length, 1);
    });
  }

  it('finds a percentile wrong that is another latency, and takes either neighbour where rules differ', () => {
    const { p50, p95, p99 } = totals.latency;
    const withMedian = (median: number) => ({ p50: median, p95: p95[1], p99: p99[1] });
    assert.deepEqual(wrongTotals(withMedian(p50[0]), totals), []);
    assert.deepEqual(wrongTotals(withMedian(p50[1]), totals), []);
    assert.equal(wrongTotals(withMedian(p50[1] + 0.1), totals).length, 1);
  });

  it('finds wrong what is unknown, no number, or not counted at all', () => {
    const unknown = countedByStats({ ...stats, inputTokens: null });
    assert.match(wrongTotals(unknown, totals).join(), /inputTokens: NaN/);
    assert.match(wrongTotals(countedByStats({}), totals).join(), /records: NaN/);
    assert.deepEqual(wrongTotals({}, totals), ['nothing was counted']);
    assert.equal(wrongTotals(countedByBaseline('{"records": "many"}'), totals).length, 1);
  });

  it('says what stands there and what should', () => {
    assert.deepEqual(wrongTotals({ lines: 1234 }, { ...totals, lines: 1235 }), [
      'lines: 1,234 instead of 1,235',
    ]);
  });
});
