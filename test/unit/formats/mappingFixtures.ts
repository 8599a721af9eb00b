import { readFileSync } from 'node:fs';
import path from 'node:path';
import { type Fields, isFields } from '../../../src/formats/fields/values';

/** Path of a log that only a mapping makes readable. */
export function mappingFixture(name: string): string {
  return path.resolve('test/fixtures/mapping', name);
}

export function readFixtureLines(name: string): readonly Fields[] {
  const lines = readFileSync(mappingFixture(name), 'utf8').split('\n');
  return lines
    .filter(line => line !== '')
    .map((line): unknown => JSON.parse(line))
    .filter(isFields);
}
