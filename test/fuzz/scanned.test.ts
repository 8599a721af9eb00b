import assert from 'node:assert/strict';
import { expectSame } from '../unit/scan/sameEngine';
import { variedLog } from '../unit/scan/variedLog';
import { corpusLogs, recordsByFormat } from './corpus';
import { mutateLine } from './mutateLine';
import { Random } from './random';

const { FUZZ_SEED: seed = '1', FUZZ_RUNS: runs = '10000', FUZZ_ALSO: also = '' } = process.env;
/** Lines before the first fault, so that some are like those before them. Bytes. */
const wholeBytes = 48 * 1024;
/** Lines of one log; more of them are another log, of other lines. */
const linesOfLog = 500;

describe('fuzz', () => {
  const byFormat = recordsByFormat(corpusLogs(also === '' ? undefined : also));
  const formats = [...byFormat].filter(([, records]) => typeof records[0] === 'object');
  const wanted = Math.ceil(Number(runs) / formats.length);

  for (const [format, records] of formats) {
    it(`${format}: lines with faults are read the same, parsed or not`, async () => {
      let mutated = 0;
      let rejected = 0;
      for (let log = 0; mutated < wanted; log++) {
        const random = new Random(seed, format, log);
        const whole = linesOf(variedLog(records, random, false, wholeBytes));
        const lines = [...whole];
        for (let count = Math.min(linesOfLog, wanted - mutated); count > 0; count--) {
          const line = mutateLine(random.pick(whole), random, whole);
          rejected += isJson(line) ? 0 : 1;
          mutated++;
          // what is right, and like others, goes on between the faults
          lines.push(line, random.pick(whole));
        }
        const name = `npm-run-fuzz-seed-${seed}-log-${log}.jsonl`;
        await expectSame({ [name]: Buffer.concat(lines.flatMap(line => [line, lineFeed])) });
      }
      assert.ok(mutated < 50 || (rejected > 0 && rejected < mutated), `${rejected} of ${mutated}`);
      console.log(
        `${format}: ${mutated} lines with faults, ${rejected} of them no JSON, read the same`,
      );
    });
  }
});

const lineFeed = Buffer.from('\n');

function linesOf(log: Buffer): readonly Buffer[] {
  const text = log.toString('latin1').split('\n');
  return text.filter(line => line !== '').map(line => Buffer.from(line, 'latin1'));
}

function isJson(line: Buffer): boolean {
  try {
    JSON.parse(line.toString());
    return true;
  } catch {
    return false;
  }
}
