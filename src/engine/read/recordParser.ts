import type { LineWindow } from '../recordSink';
import { maxJsonDepth } from './bounds';
import { lineFeed, skipBlank, skipSeparators, trimEnd } from './byteRanges';
import type { Window } from './encoding';
import { JsonScanner } from './jsonScanner';
import { type Line, lineAt, type WindowEnd } from './line';
import { Oversize } from './oversize';
import { parseDict, parseJson } from './parseJson';
import { notJson, type ParserOptions, RecordWriter } from './recordWriter';

const quote = 0x22;
const comma = 0x2c;
const openArray = 0x5b;
const closeArray = 0x5d;
const openObject = 0x7b;
const closeObject = 0x7d;
/** Bytes of a window that are parsed line by line, as when a log grows. */
const fewBytes = 16 * 1024;
const cutOff = 'cut off: no line break at the end of the file';
const notContinued = 'the value is not closed in this line, and the next ones do not continue it';
export const unknownLine = 'no format knows this line';

/**
 * Turns the bytes of one file, window after window, into records and skipped ranges. It holds no bytes: what it did not
 * take must be in the next window again. What it takes never depends on how the windows were cut.
 */
export class RecordParser {
  /** The file holds one JSON document (or began with one): it is rewritten, not appended to. */
  isDocument = false;
  private isInArray = false;
  private oversize: Oversize | undefined;
  private readonly writer: RecordWriter;

  constructor(private readonly options: ParserOptions) {
    this.writer = new RecordWriter(options);
  }

  /** Offset of the record that is being passed over, if there is one: its bytes are taken, but not yet said. */
  get pendingFrom(): number | undefined {
    return this.oversize?.offset;
  }

  restore(line: number): void {
    this.writer.line = line;
    this.writer.isAtStart = false;
  }

  /** Number of the next line, also of a document; undefined: something has begun that is not finished, or nothing at all. */
  rest(): number | undefined {
    const isBetween = !this.isInArray && this.oversize === undefined;
    return isBetween && this.writer.isBetweenRecords ? this.writer.line : undefined;
  }

  /** Returns how many bytes of the window were taken. */
  parse(window: Window, end: WindowEnd): number {
    let position = 0;
    const whole = wholeLinesOf(window);
    for (;;) {
      if (whole !== undefined && !this.isInArray && this.oversize === undefined) {
        position = this.writer.takeLines(whole, position);
      }
      const next = this.step(window, position, end);
      if (next === undefined) {
        break;
      }
      position = next;
    }
    if (end !== 'more') {
      this.writer.giveOpenText();
    }
    return position;
  }

  /** Takes one thing and returns the position after it; undefined: not without more bytes. */
  private step(window: Window, position: number, end: WindowEnd): number | undefined {
    const size = window.bytes.length;
    if (this.oversize !== undefined) {
      const stop = this.oversize.passOver(window, position, end);
      if (stop !== undefined) {
        this.oversize = undefined;
        return stop;
      }
      return position < size ? size : undefined;
    }
    if (position >= size) {
      return undefined;
    }
    return this.isInArray
      ? this.takeElement(window, position, end)
      : this.takeLine(window, lineAt(window, position, end), end);
  }

  private takeLine(window: Window, line: Line, end: WindowEnd): number | undefined {
    const { start, stop } = line;
    if (start === stop) {
      if (!line.isWhole && end !== 'limit') {
        return undefined;
      }
      this.writer.offerBlank(window, line.from, line.end);
      return this.endLine(line);
    }
    const first = window.bytes[start];
    const mayWait = !line.isWhole && (end === 'more' || end === 'yet');
    if (first === openArray && this.writer.isAtStart && !mayWait) {
      const taken = this.takeArray(window, line, end);
      if (taken !== 'noArray') {
        return taken;
      }
    }
    return line.isWhole
      ? this.takeWholeLine(window, line, end)
      : this.takeUnfinishedLine(window, line, end);
  }

  private endLine(line: Line): number {
    if (line.hasLineFeed) {
      this.writer.line++;
    }
    return line.next;
  }

  private skipLine(window: Window, line: Line, reason: string): number {
    this.writer.skip(window, line.start, line.stop, reason);
    return this.endLine(line);
  }

  private takeUnfinishedLine(window: Window, line: Line, end: WindowEnd): number | undefined {
    const { bytes } = window;
    const { start, stop } = line;
    if (end === 'limit') {
      const mayFit = bytes.length - start <= this.options.maxRecordBytes && start > line.from;
      return mayFit ? start : this.startOversize(window, start);
    }
    if (end !== 'quiet' || bytes[start] !== openObject) {
      return undefined;
    }
    // A whole object in a last line that nobody goes on writing.
    const scanned = new JsonScanner(maxJsonDepth).scan(bytes, start, stop);
    if (scanned.kind === 'error') {
      const dict = parseDict(bytes, start, stop);
      return dict && this.writer.offerJson(window, start, stop, dict);
    }
    const parsed = scanned.kind === 'value' ? parseJson(bytes, start, scanned.end) : undefined;
    return parsed?.ok === true && scanned.kind === 'value'
      ? this.writer.offerJson(window, start, scanned.end, parsed.value)
      : undefined;
  }

  private takeWholeLine(window: Window, line: Line, end: WindowEnd): number | undefined {
    const { bytes } = window;
    const { start, stop } = line;
    const first = bytes[start];
    const isJson = first === openObject || first === openArray;
    if (stop - start > this.options.maxRecordBytes) {
      return this.skipLine(window, line, this.writer.tooLong('a line', stop - start));
    }
    if (isJson && bytes[stop - 1] === (first === openObject ? closeObject : closeArray)) {
      const parsed = parseJson(bytes, start, stop);
      const taken = parsed.ok
        ? this.writer.offerJson(window, start, stop, parsed.value)
        : undefined;
      if (taken !== undefined) {
        return taken;
      }
    }
    if (this.writer.offerText(window, line.from, line.end)) {
      return this.endLine(line);
    }
    return isJson ? this.takeOddJson(window, line, end) : this.skipLine(window, line, unknownLine);
  }

  /** A line that begins like JSON and is not one value: several values, a value of many lines, a Python dict, or a torn line. */
  private takeOddJson(window: Window, line: Line, end: WindowEnd): number | undefined {
    const { bytes } = window;
    const { start, stop } = line;
    const scanner = new JsonScanner(maxJsonDepth);
    const inLine = scanner.scan(bytes, start, stop);
    if (inLine.kind === 'value') {
      return this.takeFirstOfLine(window, line, inLine.end);
    }
    if (inLine.kind === 'error') {
      const dict = parseDict(bytes, start, stop);
      return dict === undefined
        ? this.skipTornLine(window, line, inLine.problem, inLine.at)
        : this.writer.giveJson(window, start, stop, dict);
    }
    if (!line.hasLineFeed) {
      return this.skipLine(window, line, cutOff);
    }
    // No printer breaks a line inside a text or after a colon, so what follows belongs to another record.
    if (inLine.inString || inLine.afterColon) {
      const problem = inLine.inString ? 'a text is not closed' : 'a value is missing';
      return this.skipTornLine(window, line, problem, stop);
    }
    const overLines = scanner.scan(bytes, stop, bytes.length);
    if (overLines.kind === 'error') {
      return this.skipTornLine(window, line, notContinued, stop);
    }
    if (overLines.kind === 'value') {
      this.isDocument ||= this.writer.isAtStart;
      return this.writer.giveValue(window, start, overLines.end);
    }
    return this.leaveOpen(window, start, end, scanner);
  }

  /** A value that is not closed in this window. */
  private leaveOpen(
    window: Window,
    start: number,
    end: WindowEnd,
    scanner: JsonScanner,
  ): number | undefined {
    const { bytes } = window;
    if (end === 'limit') {
      return this.startOversize(window, start, scanner);
    }
    if (end !== 'final') {
      return undefined;
    }
    const reason = 'cut off: the JSON value is not complete at the end of the file';
    this.writer.skip(window, start, trimEnd(bytes, start, bytes.length), reason);
    return bytes.length;
  }

  /** `{…}{…}` or `{…} garbage`: the first value is a record, what follows is looked at again. */
  private takeFirstOfLine(window: Window, line: Line, valueEnd: number): number {
    const { bytes } = window;
    const { start, stop } = line;
    const parsed = parseJson(bytes, start, valueEnd);
    if (!parsed.ok) {
      return this.skipLine(window, line, notJson(parsed.problem, parsed.at));
    }
    // `[1234] text` is a line of text; an array is a record only when it is alone.
    if (bytes[start] === openArray && valueEnd < stop) {
      return this.skipLine(window, line, unknownLine);
    }
    this.writer.giveJson(window, start, valueEnd, parsed.value);
    // The comma between the elements of an array whose head is gone.
    const rest = skipBlank(bytes, valueEnd, stop);
    return bytes[rest] === comma && rest + 1 === stop ? stop : valueEnd;
  }

  /** `at` is the position that breaks the value. */
  private skipTornLine(window: Window, line: Line, problem: string, at: number): number {
    const { bytes } = window;
    const second = bytes[skipBlank(bytes, line.start + 1, line.stop)];
    const looksLikeJson =
      bytes[line.start] === openObject || second === quote || second === openObject;
    const reason = looksLikeJson ? notJson(problem, at - line.start) : unknownLine;
    return this.skipLine(window, line, reason);
  }

  /** A file that is one array: a record when a format claims it, else a record per element. */
  private takeArray(window: Window, line: Line, end: WindowEnd): number | undefined | 'noArray' {
    const { bytes } = window;
    const { start, stop } = line;
    const scanned = new JsonScanner(maxJsonDepth).scan(bytes, start, bytes.length);
    if (scanned.kind === 'open' && end !== 'final' && end !== 'limit') {
      return undefined;
    }
    const isText =
      (scanned.kind === 'error' && scanned.at <= line.end) ||
      (scanned.kind === 'value' && scanned.end < stop);
    if (isText) {
      return 'noArray';
    }
    this.isDocument = true;
    if (scanned.kind === 'value') {
      const parsed = parseJson(bytes, start, scanned.end);
      if (parsed.ok && (this.writer.isClaimed(parsed.value, false) || !hasObject(parsed.value))) {
        return this.writer.giveValue(window, start, scanned.end);
      }
    }
    this.writer.begin();
    this.isInArray = true;
    return start + 1;
  }

  private takeElement(window: Window, position: number, end: WindowEnd): number | undefined {
    const { bytes } = window;
    const start = skipSeparators(bytes, position);
    if (start > position) {
      this.writer.passLines(window, position, start);
      return start;
    }
    if (bytes[start] === closeArray) {
      this.isInArray = false;
      return start + 1;
    }
    const scanner = new JsonScanner(maxJsonDepth);
    const scanned = scanner.scan(bytes, start, bytes.length);
    if (scanned.kind === 'value') {
      return this.writer.giveValue(window, start, scanned.end);
    }
    if (scanned.kind === 'error') {
      const line = lineAt(window, start, end);
      if (!line.isWhole && end !== 'limit') {
        return undefined;
      }
      this.isInArray = false;
      return this.skipTornLine(window, line, scanned.problem, scanned.at);
    }
    return this.leaveOpen(window, start, end, scanner);
  }

  private startOversize(window: Window, start: number, scanner?: JsonScanner): number {
    this.oversize = new Oversize(this.writer, window, start, scanner);
    return window.bytes.length;
  }
}

/** The lines of a window that are worth to be taken together; a few are parsed sooner. */
function wholeLinesOf({ bytes, offset, scanned }: Window): LineWindow | undefined {
  if (offset === undefined || bytes.length < fewBytes) {
    return undefined;
  }
  return { bytes, offset, end: bytes.lastIndexOf(lineFeed) + 1, scanned };
}

function hasObject(value: unknown): boolean {
  return (
    Array.isArray(value) &&
    value.some(
      element => typeof element === 'object' && element !== null && !Array.isArray(element),
    )
  );
}
