import type { LogFormat, ReadContext } from '../../formats/format';
import type { RecordSink } from '../recordSink';
import type { PreviewBounds, PreviewSize } from './bounds';
import { lineFeed, trimEnd } from './byteRanges';
import type { OpenFile } from './fileAccess';
import { parseJson } from './parseJson';
import { zlib } from '../builtins';

export interface PreviewOptions {
  readonly file: string;
  readonly sink: RecordSink;
  readonly formats: readonly LogFormat[];
  readonly context: ReadContext;
  readonly bounds: PreviewBounds;
}

const openObject = 0x7b;
const closeObject = 0x7d;
/** What of the beginning of a file says whether it is of lines. Bytes. */
const headBytes = 256 * 1024;
const tailBytes = 256;
/** Of the lines from the first one on so many must be JSON objects; the others may be torn. */
const minObjects = 0.9;

/**
 * The records at the end of a long file, given before those in front of them. Only lines that are one JSON object each, of
 * a file that begins with such lines, and of a format that needs no record before: a record that is shown here is the one
 * that reading from the beginning will find, but for its line, which is unknown.
 */
export class Preview {
  /** What was looked at: whole lines. */
  start = 0;
  end = 0;
  /** Of the lines that were given. */
  givenBytes = 0;
  private checksum = 0;
  private size = 0;
  /** The last bytes that were looked at. */
  private tail = Buffer.alloc(0);

  constructor(private readonly options: PreviewOptions) {}

  /** Whether a file is one that may be shown so. */
  static fits(file: OpenFile): boolean {
    const bytes = Buffer.allocUnsafe(headBytes);
    const head = bytes.subarray(0, file.read(bytes, headBytes, 0));
    let lines = 0;
    let objects = 0;
    for (const [start, stop] of linesOf(head, 0)) {
      lines += stop > start ? 1 : 0;
      objects += isObject(head, start, stop) ? 1 : 0;
      if (objects < lines * minObjects) {
        return false;
      }
    }
    return objects > 0;
  }

  /** Gives the end of the file, but nothing before `from`. False when it must be read in order. */
  begin(file: OpenFile, from: number, size: number, most: PreviewSize): boolean {
    const start = Math.max(from, size - most.bytes);
    const bytes = readRange(file, start, size);
    const firstLine = start === from ? 0 : bytes.indexOf(lineFeed) + 1;
    const lineStart = Math.max(firstLine, startOfLastLines(bytes, most.lines));
    this.size = size;
    this.start = start + lineStart;
    this.end = this.start;
    this.givenBytes = 0;
    this.checksum = 0;
    this.tail = Buffer.alloc(0);
    return (lineStart > 0 || start === from) && this.give(bytes.subarray(lineStart));
  }

  /** Gives what was appended. False when it must begin anew: the file is another one, or too much was appended. */
  follow(file: OpenFile, size: number): boolean {
    if (size < this.end || size - this.start > this.options.bounds.maxBytes) {
      return false;
    }
    // as of the bytes that were read in order: a file that has grown is judged by its end, one of the same size by all
    const isSame =
      size > this.size
        ? readRange(file, this.end - this.tail.length, this.end).equals(this.tail)
        : zlib().crc32(readRange(file, this.start, this.end)) === this.checksum;
    this.size = size;
    return isSame && this.give(readRange(file, this.end, size));
  }

  drop(): void {
    this.options.sink.dropPreview(this.options.file);
  }

  /** `bytes` begin at `this.end`. Nothing is given when one of the lines must be read in order. */
  private give(bytes: Buffer): boolean {
    const { file, sink, formats, context } = this.options;
    const found: { start: number; stop: number; value: unknown }[] = [];
    let taken = 0;
    for (const [start, stop, next] of linesOf(bytes, 0)) {
      const parsed = isObject(bytes, start, stop) ? parseJson(bytes, start, stop) : undefined;
      if (parsed?.ok === true) {
        if (formats.some(format => needsRecordsBefore(format, parsed.value, context))) {
          return false;
        }
        found.push({ start, stop, value: parsed.value });
      }
      taken = next;
    }
    if (taken === 0) {
      // the checksum of a part of an empty buffer is 0, whatever came before it
      return true;
    }
    for (const { start, stop, value } of found) {
      sink.record({
        source: { file, offset: this.end + start, length: stop - start, line: undefined },
        container: 'json',
        value,
        bytes: bytes.subarray(start, stop),
        fileModifiedTime: context.fileModifiedTime,
        isPreview: true,
      });
      this.givenBytes += stop - start;
    }
    const looked = bytes.subarray(0, taken);
    this.checksum = zlib().crc32(looked, this.checksum);
    this.tail = Buffer.concat([this.tail, looked.subarray(-tailBytes)]).subarray(-tailBytes);
    this.end += taken;
    return true;
  }
}

/** Whole lines: start, end without what is blank, start of the next one. */
function* linesOf(
  bytes: Buffer,
  from: number,
): Generator<readonly [start: number, stop: number, next: number]> {
  let start = from;
  for (let at = bytes.indexOf(lineFeed, start); at >= 0; at = bytes.indexOf(lineFeed, start)) {
    yield [start, trimEnd(bytes, start, at), at + 1];
    start = at + 1;
  }
}

/** Where the last so many whole lines begin; 0 when there are no more. */
function startOfLastLines(bytes: Buffer, lines: number): number {
  // the first line feed from the end ends the last line
  let at = bytes.length;
  for (let found = 0; found <= lines; found++) {
    at = at > 0 ? bytes.lastIndexOf(lineFeed, at - 1) : -1;
    if (at < 0) {
      return 0;
    }
  }
  return at + 1;
}

/** Not indented: lines inside a printed value are. */
function isObject(bytes: Buffer, start: number, stop: number): boolean {
  return bytes[start] === openObject && bytes[stop - 1] === closeObject;
}

/** What the generic reader remembers only joins a request with its answer. */
function needsRecordsBefore(format: LogFormat, value: unknown, context: ReadContext): boolean {
  return (
    format.container === 'json' &&
    format.open !== undefined &&
    format.fallback !== true &&
    format.matches(value, context)
  );
}

function readRange(file: OpenFile, start: number, end: number): Buffer {
  const bytes = Buffer.allocUnsafe(end - start);
  return bytes.subarray(0, file.read(bytes, end - start, start));
}
