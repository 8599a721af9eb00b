import assert from 'node:assert/strict';
import { blowUpJson, blowUpText } from '../../fuzz/blowUp';
import { corpusLogs, recordsByFormat } from '../../fuzz/corpus';
import { fuzzFormat } from '../../fuzz/fuzzFormat';
import { assertMixable, mixableLogs } from '../../fuzz/mixLogs';
import { Random } from '../../fuzz/random';
import { formats } from '../../../src/formats/index';

// `npm run fuzz` does the same at length, and with a new seed every time
const seed = '1';
const faultyRecords = 300;
const blownUpRecords = 8;
const pairs = 400;

describe('formats under faults', () => {
  const logs = corpusLogs(undefined);
  const byFormat = recordsByFormat(logs);
  const all = [...byFormat.values()].flat();

  for (const format of formats) {
    const records = byFormat.get(format.id) ?? [];

    it(`${format.id} bears faulty records`, () => {
      assert.ok(records.length > 0, 'there is no record to begin with');
      fuzzFormat(format, records, all, { seed, first: 0, runs: faultyRecords });
    });

    it(`${format.id} reads a megabyte in any place in linear time`, () => {
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

  it('read a record the same when other programs write into the same file', () => {
    const mixable = mixableLogs(logs).filter(({ records }) => records.length <= 60);
    assert.ok(mixable.length > 1);
    const random = new Random(seed);
    for (let pair = 0; pair < pairs; pair++) {
      assertMixable(random.pick(mixable), random.pick(mixable), random);
    }
  });
});
