import { lineFeed, trimLineEnd } from './byteRanges';
import type { Window } from './encoding';
import type { JsonScanner } from './jsonScanner';
import type { WindowEnd } from './line';
import type { RecordWriter } from './recordWriter';

/** A record too large to be held: its bytes are passed over, window after window, until it ends. */
export class Oversize {
  readonly offset: number;
  private readonly line: number;

  /** `scanner`, which has seen the whole window, finds the end of a JSON value of many lines; without it the line ends it. */
  constructor(
    private readonly writer: RecordWriter,
    window: Window,
    start: number,
    private readonly scanner?: JsonScanner,
  ) {
    writer.begin();
    this.offset = window.offsetOf(start);
    this.line = writer.line;
    writer.passLines(window, start, window.bytes.length);
  }

  /** Returns the position after the record, undefined when it goes on behind the window. */
  passOver(window: Window, position: number, end: WindowEnd): number | undefined {
    const { bytes } = window;
    const found = this.endIn(bytes, position);
    if (found === undefined && end !== 'final') {
      this.writer.passLines(window, position, bytes.length);
      return undefined;
    }
    const stop = found ?? bytes.length;
    const length = window.offsetOf(stop) - this.offset;
    const what = this.scanner === undefined ? 'a line' : 'a JSON value';
    const range = { offset: this.offset, length, line: this.line };
    this.writer.skipRange(range, this.writer.tooLong(what, length));
    this.writer.passLines(window, position, stop);
    return stop;
  }

  private endIn(bytes: Buffer, position: number): number | undefined {
    const scanned = this.scanner?.scan(bytes, position, bytes.length);
    if (scanned?.kind === 'value') {
      return scanned.end;
    }
    if (scanned?.kind === 'open') {
      return undefined;
    }
    const lineFeedAt = bytes.indexOf(lineFeed, position);
    return lineFeedAt < 0 ? undefined : trimLineEnd(bytes, position, lineFeedAt);
  }
}
