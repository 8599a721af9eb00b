/**
 * Reads lines of JSON without making values of them. This file is AssemblyScript: it becomes WebAssembly, for its 16-byte
 * vectors skip text three times as fast as JavaScript can, and no string is made. Everything is accepted or left to the
 * plain parser: what this accepts, JSON.parse accepts.
 *
 * Of each line it makes a number, its *shape*: a hash over the keys and values that the format was seen to look at. The path
 * table says which those are; it is filled from outside, see `fieldPaths.ts`.
 */

import { isOdd } from './kinds.as';
import { findShape, maxRecordBytes, maxRows, rowTable, seed } from './memory.as';
import { afterSpace } from './skip.as';
import { hash, startLine, takeObject, withWords } from './values.as';

export {
  elementHash,
  fieldHash,
  init,
  numbersAt,
  reserve,
  rootHash,
  rowsAt,
  scratchAt,
  setPath,
  setShape,
  textsAt,
} from './memory.as';
export { setWord } from './values.as';

/** Position after the last line that was taken. */
export let position: usize = 0;
/** Lines that were taken, blank ones among them. */
export let lines: u32 = 0;
/** Shape of the line at `position`, when the answer ends because of it. */
export let shape: u64 = 0;
/** The same without its words. */
export let base: u64 = 0;
/**
 * Why no more was taken. 0: the end, or as many rows as one call may take. 1: the line is for the plain parser. 2: its shape is
 * not known. 3: its shape is known to be for the plain parser.
 */
export let stop: u32 = 0;

/**
 * Takes whole lines in [at, end), `end` being after a line feed; `scope`: shapes of one scope are not those of another. Returns the number
 * of rows: position u32, length u32, line u32 (counted from 0), shape u32 each, in file order.
 */
export function scan(at: usize, end: usize, scope: u32): u32 {
  let rows: u32 = 0;
  lines = 0;
  stop = 0;
  while (at < end && rows < maxRows && stop == 0) {
    const start = afterSpace(at);
    const byte = load<u8>(start);
    if (byte == 0x0a) {
      lines++;
      at = start + 1;
      continue;
    }
    stop = 1;
    if (byte != 0x7b) {
      break;
    }
    startLine(scope, rows);
    const after = takeObject(start + 1, seed, true, 0);
    if (after == 0) {
      break;
    }
    const next = afterSpace(after);
    if (load<u8>(next) != 0x0a || isOdd || <u32>(after - start) > maxRecordBytes) {
      break;
    }
    base = hash;
    shape = withWords(base);
    const number = findShape(shape);
    if (number <= 1) {
      stop = number + 2;
      break;
    }
    const entry = rowTable + ((<usize>rows) << 4);
    store<u32>(entry, <u32>start);
    store<u32>(entry, <u32>(after - start), 4);
    store<u32>(entry, lines, 8);
    store<u32>(entry, number, 12);
    rows++;
    lines++;
    at = next + 1;
    stop = 0;
  }
  position = at;
  return rows;
}
