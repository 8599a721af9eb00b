/**
 * Reads lines of JSON without making values of them. This file is AssemblyScript: it becomes WebAssembly, for its 16-byte
 * vectors skip text three times as fast as JavaScript can, and no string is made. Everything is accepted or left to the
 * plain parser: what this accepts, JSON.parse accepts.
 *
 * Of each line it makes a number, its *shape*: a hash over the keys and values that the format was seen to look at. The path
 * table says which those are; it is filled from outside, see `fieldPaths.ts`.
 */

import { keepIds, startIds } from './ids.as';
import { isOdd } from './kinds.as';
import { findShape, maxRecordBytes, roomForRows, rootFlags, rowTable, seed } from './memory.as';
import { afterSpace, nextLine } from './skip.as';
import { hash, startLine, takeObject } from './values.as';
import { withSums } from './sums.as';
import { context as wordContext, hasNews, withWords } from './words.as';

export {
  addArea,
  addWindow,
  elementHash,
  fieldHash,
  init,
  listAt,
  listedAt,
  numbersAt,
  reserve,
  rootHash,
  rowsAt,
  scratchAt,
  setPath,
  setShape,
  shapesAt,
  stride,
  textsAt,
  useArea,
} from './memory.as';
export { setSecrets } from './packing.as';
export { addSum } from './sums.as';
export { setText, setWord } from './words.as';

/** Position after the last line that was taken. */
export let position: usize = 0;
/** Lines that were taken, blank ones among them. */
export let lines: u32 = 0;
/** Shape of the line at `position`, when the answer ends because of it. */
export let shape: u64 = 0;
/** The same with no words but those that matter, see `withWords`. */
export let context: u64 = 0;
/** Number of that shape. */
export let plan: u32 = 0;
/**
 * Why no more was taken. 0: the end, or as many rows as one call may take. 1: the line is for the plain parser. 2: its shape is
 * not known, or one of its texts is not (`setText`). 3: its shape is known to be for the plain parser.
 */
export let stop: u32 = 0;

/**
 * Takes whole lines in [at, end), `end` being after a line feed; `scope`: shapes of one scope are not those of another. Returns the number
 * of rows: position u32, length u32, line u32 (counted from 0), shape u32 each, in file order.
 */
export function scan(at: usize, end: usize, scope: u32): u32 {
  lines = 0;
  startIds();
  return takeLines(at, end, scope, 0);
}

/**
 * The same, and no line ends it: one that is not taken has a row as well, whose shape is 0 and whose length reaches to the next line. So
 * `position` is `end`, or there is no more room.
 */
export function scanAll(at: usize, end: usize, scope: u32): u32 {
  lines = 0;
  startIds();
  let rows = takeLines(at, end, scope, 0);
  while (stop != 0) {
    const next = nextLine(position);
    addRow(rows, position, <u32>(next - position), 0);
    lines++;
    rows = takeLines(next, end, scope, rows + 1);
  }
  return rows;
}

/** `rows`: how many there are already. */
function takeLines(at: usize, end: usize, scope: u32, rows: u32): u32 {
  const room = roomForRows();
  const flags = rootFlags();
  stop = 0;
  while (at < end && rows < room && stop == 0) {
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
    const after = takeObject(start + 1, seed, flags, 0);
    if (after == 0) {
      break;
    }
    const next = afterSpace(after);
    if (load<u8>(next) != 0x0a || isOdd || <u32>(after - start) > maxRecordBytes) {
      break;
    }
    shape = withWords(withSums(hash, rows));
    context = wordContext;
    const number = findShape(shape);
    if (number <= 1 || hasNews) {
      plan = number;
      stop = number == 1 ? 3 : 2;
      break;
    }
    addRow(rows, start, <u32>(after - start), number);
    keepIds();
    rows++;
    lines++;
    at = next + 1;
    stop = 0;
  }
  position = at;
  return rows;
}

function addRow(row: u32, start: usize, length: u32, number: u32): void {
  const entry = rowTable + ((<usize>row) << 4);
  store<u32>(entry, <u32>start);
  store<u32>(entry, length, 4);
  store<u32>(entry, lines, 8);
  store<u32>(entry, number, 12);
}
