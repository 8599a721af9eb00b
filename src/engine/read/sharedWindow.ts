import { baseWindowBytes } from './bounds';

/** The one buffer that all files of a source are read into: reading is synchronous, so it is never in use twice. */
export class SharedWindow {
  private buffer = Buffer.alloc(0);

  /** At least `length` bytes of any content; valid until the next call. */
  take(length: number): Buffer {
    const isTooLarge = this.buffer.length > baseWindowBytes && length <= baseWindowBytes;
    if (this.buffer.length < length || isTooLarge) {
      this.buffer = Buffer.allocUnsafeSlow(Math.max(length, baseWindowBytes));
    }
    return this.buffer;
  }
}
