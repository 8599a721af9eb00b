import assert from 'node:assert/strict';
import fc from 'fast-check';
import { skipBlank, trimEnd } from '../../../src/engine/read/byteRanges';

const mark = [0xef, 0xbb, 0xbf];

/** Bytes of a damaged log: text, white space, byte order marks, and holes of NUL of all lengths. */
const damaged = fc
  .array(
    fc.oneof(
      fc.constantFrom([0x7b], [0x20], [0x09], [0x0d], [0x0a], [0xef], mark),
      fc.nat(300).map(length => Array.from({ length }, () => 0)),
      fc.constant(Array.from({ length: 70_000 }, () => 0)),
    ),
    { maxLength: 8 },
  )
  .map(parts => Buffer.from(parts.flat()));

/** The same, one byte after the other. */
function plainSkipBlank(bytes: Buffer, from: number, end: number): number {
  for (let at = from; at < end;) {
    const isMark = mark.every((byte, i) => bytes[at + i] === byte) && at + mark.length <= end;
    const isBlank = [0, 0x20, 0x09, 0x0d].includes(bytes[at] ?? -1);
    if (!isMark && !isBlank) {
      return at;
    }
    at += isMark ? mark.length : 1;
  }
  return end;
}

function plainTrimEnd(bytes: Buffer, start: number, end: number): number {
  let at = end;
  while (at > start && [0, 0x20, 0x09, 0x0d, 0x0a].includes(bytes[at - 1] ?? -1)) {
    at--;
  }
  return at;
}

describe('blank bytes', () => {
  it('are passed over from both sides as if it were one after the other, however long the holes are', function () {
    this.timeout(60_000);
    fc.assert(
      fc.property(damaged, fc.nat(10), fc.nat(10), (bytes, before, after) => {
        const from = Math.min(before, bytes.length);
        const end = Math.max(from, bytes.length - after);
        assert.equal(skipBlank(bytes, from, end), plainSkipBlank(bytes, from, end));
        assert.equal(trimEnd(bytes, from, end), plainTrimEnd(bytes, from, end));
      }),
      { numRuns: 500 },
    );
  });
});
