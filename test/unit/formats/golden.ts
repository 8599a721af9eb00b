import assert from 'node:assert/strict';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';

/** Compares text with a file that a person has read. `UPDATE_GOLDEN=1` accepts what there is now. */
export function assertGolden(file: string, actual: string): void {
  if (process.env['UPDATE_GOLDEN'] === '1') {
    mkdirSync(path.dirname(file), { recursive: true });
    writeFileSync(file, actual);
    return;
  }
  assert.ok(
    existsSync(file),
    `${file} is missing: read the output, then accept it with UPDATE_GOLDEN=1`,
  );
  assert.equal(actual, readFileSync(file, 'utf8'));
}
