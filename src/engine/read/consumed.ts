import { crc32 } from 'node:zlib';

const headBytes = 4096;
const tailBytes = 256;

/** Ranges of a file that must be unchanged for a reader to go on where it stopped. */
export interface Marker {
  readonly offset: number;
  readonly length: number;
  readonly checksum: number;
}

/**
 * What is remembered of the bytes that were taken: their number, a checksum of all, of the first 4 KB and of the last
 * 256 bytes. A file that was rewritten, whatever its size and times, differs in one of them.
 */
export class ConsumedBytes {
  offset = 0;
  /** Checksum of all. */
  checksum = 0;
  private headLength = 0;
  private headChecksum = 0;
  private tail = '';

  /** Takes the bytes that follow. */
  add(bytes: Buffer): void {
    if (this.headLength < headBytes) {
      const part = bytes.subarray(0, headBytes - this.headLength);
      this.headChecksum = crc32(part, this.headChecksum);
      this.headLength += part.length;
    }
    this.checksum = crc32(bytes, this.checksum);
    const end = bytes.toString('latin1', Math.max(0, bytes.length - tailBytes));
    this.tail = (this.tail + end).slice(-tailBytes);
    this.offset += bytes.length;
  }

  /** To be compared before every read. */
  markers(): readonly Marker[] {
    const tail = {
      offset: this.offset - this.tail.length,
      length: this.tail.length,
      checksum: crc32(Buffer.from(this.tail, 'latin1')),
    };
    const head = { offset: 0, length: this.headLength, checksum: this.headChecksum };
    return this.offset === 0 ? [] : [head, tail];
  }
}
