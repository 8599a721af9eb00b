import type { OpenFile } from './fileAccess';
import type { SharedWindow } from './sharedWindow';
import { zlib } from '../builtins';

const headBytes = 4096;
const tailBytes = 256;
const maxTailBytes = 4096;
/** What a comparison of all bytes reads at once. */
const compareBytes = 1024 * 1024;

export interface ConsumedState {
  readonly offset: number;
  readonly checksum: number;
  readonly headLength: number;
  readonly headChecksum: number;
  readonly tailLength: number;
  readonly tailChecksum: number;
}

/**
 * What is remembered of the bytes that were taken: their number, a checksum of all, of the first 4 KB and of the last
 * 256 bytes at least. A file that was rewritten, whatever its size and times, differs in one of them.
 */
export class ConsumedBytes {
  offset = 0;
  /** undefined: it was left out of some, and all of them count as different when they would have to be compared. */
  private checksum: number | undefined = 0;
  private headLength = 0;
  private headChecksum = 0;
  private tailLength = 0;
  private tailChecksum = 0;
  private compared: { offset: number; checksum: number } | undefined;

  save(): ConsumedState | undefined {
    const { offset, checksum, headLength, headChecksum, tailLength, tailChecksum } = this;
    return checksum === undefined
      ? undefined
      : { offset, checksum, headLength, headChecksum, tailLength, tailChecksum };
  }

  static of(state: ConsumedState): ConsumedBytes {
    return Object.assign(new ConsumedBytes(), state);
  }

  /** Takes the bytes that follow. `isSummed`: whether they go into the checksum of all. */
  add(bytes: Buffer, isSummed = true): void {
    if (bytes.length === 0) {
      // the checksum of a part of an empty buffer is 0, whatever came before it
      return;
    }
    if (this.headLength < headBytes) {
      const part = bytes.subarray(0, headBytes - this.headLength);
      this.headChecksum = zlib().crc32(part, this.headChecksum);
      this.headLength += part.length;
    }
    this.checksum =
      isSummed && this.checksum !== undefined ? zlib().crc32(bytes, this.checksum) : undefined;
    this.addToTail(bytes);
    this.offset += bytes.length;
  }

  /** Compares head and tail; to be asked before every read. */
  hasSameEnds(file: OpenFile, window: SharedWindow): boolean {
    return this.hasSameHead(file, window) && this.hasSameTail(file, window);
  }

  /** The next comparison of all bytes begins at the first one. */
  compareAgain(): void {
    this.compared = undefined;
  }

  /** Compares some of all bytes: call it until it says `same` or `different`. */
  compareAll(file: OpenFile, window: SharedWindow): 'same' | 'different' | 'more' {
    if (this.checksum === undefined) {
      return 'different';
    }
    const compared = (this.compared ??= { offset: 0, checksum: 0 });
    const wanted = Math.min(compareBytes, this.offset - compared.offset);
    const bytes = window.take(wanted);
    const count = file.read(bytes, wanted, compared.offset);
    compared.checksum = zlib().crc32(bytes.subarray(0, count), compared.checksum);
    compared.offset += count;
    if (count === wanted && compared.offset < this.offset) {
      return 'more';
    }
    this.compared = undefined;
    return compared.checksum === this.checksum ? 'same' : 'different';
  }

  private hasSameHead(file: OpenFile, window: SharedWindow): boolean {
    const bytes = window.take(this.headLength);
    const count = file.read(bytes, this.headLength, 0);
    return (
      zlib().crc32(bytes.subarray(0, count)) === this.headChecksum && count === this.headLength
    );
  }

  private hasSameTail(file: OpenFile, window: SharedWindow): boolean {
    const { tailLength } = this;
    const bytes = window.take(tailLength);
    const count = file.read(bytes, tailLength, this.offset - tailLength);
    const isSame =
      zlib().crc32(bytes.subarray(0, count)) === this.tailChecksum && count === tailLength;
    if (isSame && tailLength > maxTailBytes) {
      this.addToTail(bytes.subarray(count - tailBytes, count));
    }
    return isSame;
  }

  /** A checksum cannot lose its first bytes: with short pieces the tail grows, until it is compared the next time. */
  private addToTail(bytes: Buffer): void {
    const isEnough = bytes.length >= tailBytes;
    this.tailChecksum = isEnough
      ? zlib().crc32(bytes.subarray(bytes.length - tailBytes))
      : zlib().crc32(bytes, this.tailChecksum);
    this.tailLength = isEnough ? tailBytes : this.tailLength + bytes.length;
  }
}
