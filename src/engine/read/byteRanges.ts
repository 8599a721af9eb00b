export const lineFeed = 0x0a;

/** Line feeds in a range. */
export function countLines(bytes: Buffer, from: number, to: number): number {
  let count = 0;
  for (let at = bytes.indexOf(lineFeed, from); at >= 0 && at < to;) {
    count++;
    at = bytes.indexOf(lineFeed, at + 1);
  }
  return count;
}

/** NUL: a hole of a crash or of a rotation. EF BB BF: a byte order mark, in the middle where logs were concatenated. */
function holeLength(bytes: Buffer, at: number, end: number): number {
  if (bytes[at] === 0) {
    return 1;
  }
  const isMark = bytes[at] === 0xef && bytes[at + 1] === 0xbb && bytes[at + 2] === 0xbf;
  return isMark && at + 3 <= end ? 3 : 0;
}

/** What a hole is compared with: a stale writer leaves gigabytes of NUL before what it writes, a preallocated file ends in them. */
const nuls = Buffer.alloc(64 * 1024);
/** Bytes before which it is no use to ask for a comparison. */
const shortHole = 64;

/** Position after the NULs from here on; may stop before the last of them. */
function skipNuls(bytes: Buffer, from: number, end: number): number {
  let position = from;
  for (let size = nuls.length; size >= shortHole; size >>= 1) {
    while (
      position + size <= end &&
      nuls.compare(bytes, position, position + size, 0, size) === 0
    ) {
      position += size;
    }
  }
  return position;
}

/** The same backwards: position of the first of the NULs before `end`, or of one after it. */
function skipNulsBack(bytes: Buffer, start: number, end: number): number {
  let position = end;
  for (let size = nuls.length; size >= shortHole; size >>= 1) {
    while (
      position - size >= start &&
      nuls.compare(bytes, position - size, position, 0, size) === 0
    ) {
      position -= size;
    }
  }
  return position;
}

function isSpace(byte: number | undefined): boolean {
  return byte === 0x20 || byte === 0x09 || byte === 0x0d;
}

/** Position after NULs and byte order marks. */
export function skipHoles(bytes: Buffer, from: number, end: number): number {
  let position = from;
  for (let length = holeLength(bytes, position, end); length > 0 && position < end;) {
    position += length;
    length = holeLength(bytes, position, end);
  }
  return position;
}

/** Position after white space, NULs and byte order marks; line feeds are not skipped. */
export function skipBlank(bytes: Buffer, from: number, end: number): number {
  let position = from;
  while (position < end) {
    const byte = bytes[position];
    const length = isSpace(byte) ? 1 : holeLength(bytes, position, end);
    if (length === 0) {
      break;
    }
    const isHole = byte === 0 && bytes[position + shortHole] === 0;
    position = isHole ? skipNuls(bytes, position + length, end) : position + length;
  }
  return position;
}

/** End of a range without the blank bytes before it. */
export function trimEnd(bytes: Buffer, start: number, end: number): number {
  let position = end;
  while (position > start && isBlankByte(bytes[position - 1])) {
    const isHole = bytes[position - 1] === 0 && bytes[position - shortHole] === 0;
    position = isHole ? skipNulsBack(bytes, start, position - 1) : position - 1;
  }
  return position;
}

function isBlankByte(byte: number | undefined): boolean {
  return isSpace(byte) || byte === 0 || byte === lineFeed;
}

/** Without CR and NUL, but with the spaces, which are text. */
export function trimLineEnd(bytes: Buffer, start: number, end: number): number {
  let position = end;
  while (position > start && (bytes[position - 1] === 0x0d || bytes[position - 1] === 0)) {
    position--;
  }
  return position;
}

/** White space and commas between the elements of an array. */
export function skipSeparators(bytes: Buffer, from: number): number {
  let position = from;
  while (position < bytes.length && (isBlankByte(bytes[position]) || bytes[position] === 0x2c)) {
    position++;
  }
  return position;
}
