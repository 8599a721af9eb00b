import type { ScannedLines } from '../scan/ahead/scanAhead';

/** How the bytes of a file are to be read. */
export type Encoding = 'utf8' | 'utf16le' | 'utf16be';

/** Bytes of a file, decoded to UTF-8, that remember where they came from. */
export interface Window {
  readonly bytes: Buffer;
  /** Offset of the first byte, when these are the very bytes of the file. */
  readonly offset?: number;
  /** See `LineWindow.scanned`. */
  readonly scanned?: ScannedLines | undefined;
  /** Offset in the original file of a position in `bytes`. */
  offsetOf(position: number): number;
}

/** UTF-16 is transcoded, so that one parser serves all; a character cut by the end of the window is left for the next. */
export function decodeWindow(
  original: Buffer,
  offset: number,
  encoding: Encoding,
  scanned?: ScannedLines,
): Window {
  if (encoding === 'utf8') {
    return { bytes: original, offset, scanned, offsetOf: position => offset + position };
  }
  const units = Buffer.from(original.subarray(0, original.length - (original.length % 2)));
  if (encoding === 'utf16be') {
    units.swap16();
  }
  const lastHigh = units.length >= 2 ? (units[units.length - 1] ?? 0) : 0;
  const isCutPair = lastHigh >= 0xd8 && lastHigh < 0xdc;
  const text = units.toString('utf16le', 0, units.length - (isCutPair ? 2 : 0));
  const bytes = Buffer.from(text, 'utf8');
  let knownPosition = 0;
  let knownOffset = offset;
  return {
    bytes,
    offsetOf: position => {
      if (position < knownPosition) {
        knownPosition = 0;
        knownOffset = offset;
      }
      knownOffset += 2 * bytes.toString('utf8', knownPosition, position).length;
      knownPosition = position;
      return knownOffset;
    },
  };
}
