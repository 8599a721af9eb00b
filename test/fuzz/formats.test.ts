import assert from 'node:assert/strict';
import { formats } from '../../src/formats/index';
import { blowUpJson, blowUpText } from './blowUp';
import { corpusLogs, recordsByFormat } from './corpus';
import { fuzzFormat } from './fuzzFormat';
import { assertMixable, mixableLogs } from './mixLogs';
import { Random } from './random';

const {
  FUZZ_SEED: seed = '1',
  FUZZ_RUNS: runs = '10000',
  FUZZ_FIRST: first = '0',
  FUZZ_ALSO: also = '',
} = process.env;
const blownUpRecords = 200;
/** Records of a log that is mixed with others; pairs of longer ones take minutes. */
const maxMixed = 60;

describe('fuzz', () => {
  const logs = corpusLogs(also === '' ? undefined : also);
  const byFormat = recordsByFormat(logs);
  const all = [...byFormat.values()].flat();

  for (const format of formats) {
    const records = byFormat.get(format.id) ?? [];

    it(`${format.id}: faulty records`, () => {
      assert.ok(records.length > 0, 'there is no record to begin with');
      const report = fuzzFormat(format, records, all, {
        seed,
        first: Number(first),
        runs: Number(runs),
      });
      const slowest = report.slowest.toFixed(1);
      console.log(
        `${format.id}: ${report.runs} records, ${report.claimed} still claimed, slowest ${slowest} ms`,
      );
    });

    it(`${format.id}: a megabyte in any place`, () => {
      for (let run = 0; run < blownUpRecords; run++) {
        const random = new Random(seed, format.id, run);
        if (format.container === 'json') {
          blowUpJson(format, records, random);
        } else {
          blowUpText(format, records.map(String), random);
        }
      }
    });
  }

  it('every pair of logs in one file', () => {
    const mixable = mixableLogs(logs).filter(({ records }) => records.length <= maxMixed);
    const random = new Random(seed);
    for (const [index, one] of mixable.entries()) {
      mixable.slice(index + 1).forEach(other => assertMixable(one, other, random));
    }
  });
});
