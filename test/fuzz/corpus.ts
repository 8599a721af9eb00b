import { readdirSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { fixturePath, logFixtures } from '../unit/formats/readFixture';
import { readAtOnce } from '../unit/formats/memoryLog';

/** A log that records are taken from. */
export interface CorpusLog {
  readonly name: string;
  readonly bytes: Buffer;
}

const maxLogBytes = 4 * 1024 * 1024; // larger logs only make a run longer

/** All fixtures, and the logs of a folder of one's own when one is named. */
export function corpusLogs(folder: string | undefined): readonly CorpusLog[] {
  const own = folder === undefined ? [] : filesBelow(folder);
  return [...logFixtures.map(file => fixturePath(file)), ...own].map(file => ({
    name: path.basename(file),
    bytes: readFileSync(file),
  }));
}

function filesBelow(folder: string): readonly string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .map(name => path.join(folder, name))
    .filter(file => statSync(file).isFile() && statSync(file).size <= maxLogBytes)
    .sort();
}

/** The records of all logs, by the id of the format that reads them. */
export function recordsByFormat(logs: readonly CorpusLog[]): ReadonlyMap<string, unknown[]> {
  const byFormat = new Map<string, unknown[]>();
  for (const { name, bytes } of logs) {
    for (const { format, value } of readAtOnce(bytes, name).records()) {
      const known = byFormat.get(format);
      if (known) {
        known.push(value);
      } else {
        byFormat.set(format, [value]);
      }
    }
  }
  return byFormat;
}
