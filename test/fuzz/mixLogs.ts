import assert from 'node:assert/strict';
import { jsonFormats } from '../unit/formats/readFixture';
import { type KeptReading, readAtOnce } from '../unit/formats/memoryLog';
import type { CorpusLog } from './corpus';
import type { Random } from './random';

const fileName = 'mixed.jsonl';
const remembering = new Set(jsonFormats.filter(format => 'open' in format).map(({ id }) => id));

/** The records of a log of JSON, as they are read when they stand in a file alone. */
export interface MixableLog {
  readonly name: string;
  readonly records: readonly KeptReading[];
}

/** Logs of JSON values one after the other; what is one document cannot share a file. */
export function mixableLogs(logs: readonly CorpusLog[]): readonly MixableLog[] {
  return logs.flatMap(({ name, bytes }) => {
    const values = readAtOnce(bytes, name)
      .records()
      .flatMap(({ container, value }) => (container === 'json' ? [value] : []));
    const records = readValues(values);
    return values.length > 0 && records.length === values.length ? [{ name, records }] : [];
  });
}

/** Writes two logs into one file, each in its own order: every record must still be read as when it was alone. */
export function assertMixable(one: MixableLog, other: MixableLog, random: Random): void {
  const waiting = [[...one.records], [...other.records]];
  const expected: KeptReading[] = [];
  while (waiting.some(({ length }) => length > 0)) {
    const record = random.pick(waiting.filter(({ length }) => length > 0)).shift();
    expected.push(...(record ? [record] : []));
  }
  const formatsOf = ({ records }: MixableLog) => new Set(records.map(({ format }) => format));
  const [first, second] = [formatsOf(one), formatsOf(other)];
  const read = readValues(expected.map(({ value }) => value));
  for (const [index, { format, patches, value }] of expected.entries()) {
    const found = read[index];
    const what = `${one.name} with ${other.name}: ${JSON.stringify(value)?.slice(0, 300)}`;
    assert.equal(found?.format, format, what);
    // two logs of one format that remembers are one log for it
    if (!(first.has(format) && second.has(format) && remembering.has(format))) {
      assert.deepEqual(found?.patches, patches, what);
    }
  }
}

function readValues(values: readonly unknown[]): readonly KeptReading[] {
  const lines = values.map(value => `${JSON.stringify(value)}\n`).join('');
  return readAtOnce(Buffer.from(lines), fileName).records();
}
