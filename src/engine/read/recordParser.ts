import type { LogFormat, ReadContext } from '../../formats/format';
import { stripAnsi } from './ansi';
import { maxJsonDepth } from './bounds';
import {
  countLines,
  lineFeed,
  skipBlank,
  skipHoles,
  skipSeparators,
  trimEnd,
  trimLineEnd,
} from './byteRanges';
import type { Window } from './encoding';
import { JsonScanner } from './jsonScanner';
import { parseJson } from './parseJson';
import { type OpenTextRecord, TextRecords } from './textRecords';

/**
 * What follows the window: `more` bytes of the file; nothing `yet`; nothing and the writer is `quiet`; nothing ever
 * (`final`); or `limit`: the window is as large as a record may be, so something must be taken.
 */
export type WindowEnd = 'more' | 'yet' | 'quiet' | 'final' | 'limit';

/** A range of the original file. */
export interface ParsedRange {
  readonly offset: number;
  readonly length: number;
  readonly line: number;
}

export interface ParsedItem extends ParsedRange {
  readonly container: 'json' | 'text';
  readonly value: unknown;
  readonly textFormat?: string | undefined;
  readonly replaces: boolean;
}

export interface ParserSink {
  item(item: ParsedItem): void;
  skipped(range: ParsedRange, reason: string): void;
}

export interface ParserOptions {
  readonly formats: readonly LogFormat[];
  readonly context: ReadContext;
  readonly sink: ParserSink;
  readonly maxRecordBytes: number;
}

const openObject = 0x7b;
const openArray = 0x5b;
const closeObject = 0x7d;
const closeArray = 0x5d;
const cutOff = 'cut off: no line break at the end of the file';
export const unknownLine = 'no format knows this line';

/** A record too large to be held: its bytes are passed over until it ends. */
interface Oversize {
  readonly offset: number;
  readonly line: number;
  /** Finds the end of a JSON value of many lines; without it the end of the line is the end. */
  readonly scanner?: JsonScanner | undefined;
}

/**
 * Turns the bytes of one file, window after window, into records and skipped ranges. It holds no bytes: what it did not
 * take must be in the next window again. What it takes never depends on how the windows were cut.
 */
export class RecordParser {
  /** The file holds one JSON document (or began with one): it is rewritten, not appended to. */
  isDocument = false;
  private line = 1;
  private isAtStart = true;
  private isInArray = false;
  private oversize: Oversize | undefined;
  private readonly texts: TextRecords;

  constructor(private readonly options: ParserOptions) {
    this.texts = new TextRecords(options.formats);
  }

  /** Offset of the record that is being passed over, if there is one: its bytes are taken, but not yet said. */
  get pendingFrom(): number | undefined {
    return this.oversize?.offset;
  }

  /** Returns how many bytes of the window were taken. */
  parse(window: Window, end: WindowEnd): number {
    let position = 0;
    for (;;) {
      const next = this.step(window, position, end);
      if (next === undefined) {
        break;
      }
      position = next;
    }
    if (end !== 'more') {
      this.giveText(this.texts.open);
    }
    return position;
  }

  private step(window: Window, position: number, end: WindowEnd): number | undefined {
    if (this.oversize !== undefined) {
      return this.passOver(window, position, end, this.oversize);
    }
    if (position >= window.bytes.length) {
      return undefined;
    }
    return this.isInArray
      ? this.takeElement(window, position, end)
      : this.takeLine(window, position, end);
  }

  private takeLine(window: Window, position: number, end: WindowEnd): number | undefined {
    const { bytes } = window;
    const lineFeedAt = bytes.indexOf(lineFeed, position);
    const isWhole = lineFeedAt >= 0 || end === 'final';
    const lineEnd = lineFeedAt >= 0 ? lineFeedAt : bytes.length;
    const start = skipBlank(bytes, position, lineEnd);
    const stop = trimEnd(bytes, start, lineEnd);
    const next = lineFeedAt >= 0 ? lineFeedAt + 1 : lineEnd;
    if (start === stop) {
      if (!isWhole && end !== 'limit') {
        return undefined;
      }
      this.takeBlankLine(window, position, lineEnd);
      return this.endLine(next, lineFeedAt >= 0);
    }
    const first = bytes[start];
    const isJson = first === openObject || first === openArray;
    const mayWait = !isWhole && (end === 'more' || end === 'yet');
    if (first === openArray && this.isAtStart && !mayWait) {
      const taken = this.takeDocumentArray(window, start, stop, lineEnd, end);
      if (taken !== 'noArray') {
        return taken;
      }
    }
    if (!isWhole) {
      if (end === 'limit') {
        const mayFit = bytes.length - start <= this.options.maxRecordBytes;
        return mayFit && start > position ? start : this.startOversize(window, start);
      }
      return end === 'quiet' ? this.takeQuietValue(window, start, stop) : undefined;
    }
    if (stop - start > this.options.maxRecordBytes) {
      this.skip(window, start, stop, this.tooLong('a line', stop - start));
      return this.endLine(next, lineFeedAt >= 0);
    }
    if (isJson && isClosedBy(first, bytes[stop - 1])) {
      const parsed = parseJson(bytes, start, stop);
      if (parsed.ok && this.takeJson(window, start, stop, parsed.value, false)) {
        return stop;
      }
    }
    const claimed = this.takeText(window, position, lineEnd);
    if (claimed) {
      return this.endLine(next, lineFeedAt >= 0);
    }
    if (isJson) {
      return this.takeOddJson(window, start, stop, lineEnd, end);
    }
    this.skip(window, start, stop, unknownLine);
    return this.endLine(next, lineFeedAt >= 0);
  }

  private endLine(next: number, hasLineFeed: boolean): number {
    if (hasLineFeed) {
      this.line++;
    }
    return next;
  }

  /** A text record may hold empty lines. */
  private takeBlankLine(window: Window, position: number, lineEnd: number): void {
    if (this.texts.open !== undefined) {
      this.takeText(window, position, lineEnd);
    }
  }

  /** Gives the line to the framers; false when none of them wants it. */
  private takeText(window: Window, position: number, lineEnd: number): boolean {
    const { bytes } = window;
    const start = skipHoles(bytes, position, lineEnd);
    const stop = trimLineEnd(bytes, start, lineEnd);
    const open = this.texts.open;
    const offset = window.offsetOf(start);
    const stopOffset = window.offsetOf(stop);
    if (open !== undefined && stopOffset - open.offset > this.options.maxRecordBytes) {
      this.giveText(this.texts.close());
    }
    const text = stripAnsi(bytes.toString('utf8', start, stop));
    const verdict = this.texts.take(text, offset, stopOffset, this.line);
    this.giveText(verdict.closed);
    if (verdict.isClaimed) {
      this.isAtStart = false;
    }
    return verdict.isClaimed;
  }

  private giveText(record: OpenTextRecord | undefined): void {
    if (record === undefined || !record.hasNews) {
      return;
    }
    this.options.sink.item({
      offset: record.offset,
      length: record.end - record.offset,
      line: record.line,
      container: 'text',
      value: record.lines.join('\n'),
      textFormat: record.format,
      replaces: record.wasGiven,
    });
    record.wasGiven = true;
    record.hasNews = false;
  }

  /**
   * Gives a JSON value; false when it stands inside a text record and no format claims it, so that it may be a line of
   * that record.
   */
  private takeJson(
    window: Window,
    start: number,
    stop: number,
    value: unknown,
    force: boolean,
  ): boolean {
    if (this.texts.open !== undefined && !force && !this.isClaimed(value, true)) {
      return false;
    }
    this.giveText(this.texts.close());
    this.isAtStart = false;
    const offset = window.offsetOf(start);
    const length = window.offsetOf(stop) - offset;
    const range = { offset, length, line: this.line };
    this.options.sink.item({ ...range, container: 'json', value, replaces: false });
    this.line += countLines(window.bytes, start, stop);
    return true;
  }

  private isClaimed(value: unknown, withFallback: boolean): boolean {
    return this.options.formats.some(
      format =>
        format.container === 'json' &&
        (withFallback || format.fallback !== true) &&
        format.matches(value, this.options.context),
    );
  }

  /** A whole object in a last line that nobody goes on writing. */
  private takeQuietValue(window: Window, start: number, stop: number): number | undefined {
    if (window.bytes[start] !== openObject) {
      return undefined;
    }
    const scanned = new JsonScanner(maxJsonDepth).scan(window.bytes, start, stop);
    if (scanned.kind !== 'value') {
      return undefined;
    }
    const parsed = parseJson(window.bytes, start, scanned.end);
    const isTaken = parsed.ok && this.takeJson(window, start, scanned.end, parsed.value, false);
    return isTaken ? scanned.end : undefined;
  }

  /** A line that begins like JSON and is not one value: several values, a value of many lines, or a torn line. */
  private takeOddJson(
    window: Window,
    start: number,
    stop: number,
    lineEnd: number,
    end: WindowEnd,
  ): number | undefined {
    const { bytes } = window;
    const scanner = new JsonScanner(maxJsonDepth);
    const inLine = scanner.scan(bytes, start, stop);
    if (inLine.kind === 'value') {
      return this.takeFirstOfLine(window, start, stop, inLine.end, lineEnd);
    }
    if (inLine.kind === 'error') {
      return this.skipTornLine(window, start, stop, lineEnd, inLine.at, inLine.problem);
    }
    const hasLineFeed = lineEnd < bytes.length;
    if (!hasLineFeed) {
      this.skip(window, start, stop, cutOff);
      return this.endLine(lineEnd, false);
    }
    // No printer breaks a line inside a text or after a colon, so what follows belongs to another record.
    if (inLine.inString || inLine.afterColon) {
      const problem = inLine.inString ? 'a text is not closed' : 'a value is missing';
      return this.skipTornLine(window, start, stop, lineEnd, stop, problem);
    }
    const overLines = scanner.scan(bytes, stop, bytes.length);
    if (overLines.kind === 'error') {
      const problem = 'the value is not closed in this line, and the next ones do not continue it';
      return this.skipTornLine(window, start, stop, lineEnd, stop, problem);
    }
    if (overLines.kind === 'value') {
      return this.takeLongValue(window, start, overLines.end);
    }
    if (end === 'limit') {
      return this.startOversize(window, start, scanner);
    }
    if (end === 'final') {
      const cut = trimEnd(bytes, start, bytes.length);
      this.skip(
        window,
        start,
        cut,
        'cut off: the JSON value is not complete at the end of the file',
      );
      return bytes.length;
    }
    return undefined;
  }

  private takeLongValue(window: Window, start: number, stop: number): number {
    const isTooLong = stop - start > this.options.maxRecordBytes;
    const parsed = isTooLong ? undefined : parseJson(window.bytes, start, stop);
    this.isDocument ||= this.isAtStart;
    if (parsed?.ok === true) {
      this.takeJson(window, start, stop, parsed.value, true);
      return stop;
    }
    const reason =
      parsed === undefined
        ? this.tooLong('a JSON value', stop - start)
        : notJson(parsed.problem, parsed.at);
    this.skip(window, start, stop, reason);
    this.line += countLines(window.bytes, start, stop);
    return stop;
  }

  /** `{…}{…}` or `{…} garbage`: the first value is a record, what follows is looked at again. */
  private takeFirstOfLine(
    window: Window,
    start: number,
    stop: number,
    valueEnd: number,
    lineEnd: number,
  ): number {
    const { bytes } = window;
    const hasLineFeed = lineEnd < bytes.length;
    const isObject = bytes[start] === openObject;
    const parsed = parseJson(bytes, start, valueEnd);
    if (parsed.ok && (isObject || valueEnd === stop)) {
      this.takeJson(window, start, valueEnd, parsed.value, true);
      const rest = skipBlank(bytes, valueEnd, stop);
      // The comma between the elements of an array whose head is gone.
      return bytes[rest] === 0x2c && rest + 1 === stop ? stop : valueEnd;
    }
    const reason = parsed.ok ? unknownLine : notJson(parsed.problem, parsed.at);
    this.skip(window, start, stop, reason);
    return this.endLine(hasLineFeed ? lineEnd + 1 : lineEnd, hasLineFeed);
  }

  private skipTornLine(
    window: Window,
    start: number,
    stop: number,
    lineEnd: number,
    at: number,
    problem: string,
  ): number {
    const { bytes } = window;
    const hasLineFeed = lineEnd < bytes.length;
    const second = bytes[skipBlank(bytes, start + 1, stop)];
    const looksLikeJson = bytes[start] === openObject || second === 0x22 || second === openObject;
    this.skip(window, start, stop, looksLikeJson ? notJson(problem, at - start) : unknownLine);
    return this.endLine(hasLineFeed ? lineEnd + 1 : lineEnd, hasLineFeed);
  }

  /** A file that is one array: a record when a format claims it, else a record per element. */
  private takeDocumentArray(
    window: Window,
    start: number,
    stop: number,
    lineEnd: number,
    end: WindowEnd,
  ): number | undefined | 'noArray' {
    const { bytes } = window;
    const scanned = new JsonScanner(maxJsonDepth).scan(bytes, start, bytes.length);
    if (scanned.kind === 'open' && end !== 'final' && end !== 'limit') {
      return undefined;
    }
    const isOneLine = scanned.kind === 'value' ? scanned.end <= lineEnd : false;
    if (scanned.kind === 'error' && scanned.at <= lineEnd) {
      return 'noArray';
    }
    if (scanned.kind === 'value') {
      if (isOneLine && scanned.end < stop) {
        return 'noArray';
      }
      const parsed = parseJson(bytes, start, scanned.end);
      if (parsed.ok && (this.isClaimed(parsed.value, false) || !hasObject(parsed.value))) {
        return this.takeLongValue(window, start, scanned.end);
      }
    }
    this.isDocument = true;
    this.isAtStart = false;
    this.isInArray = true;
    return start + 1;
  }

  private takeElement(window: Window, position: number, end: WindowEnd): number | undefined {
    const { bytes } = window;
    const start = skipSeparators(bytes, position);
    this.line += countLines(bytes, position, start);
    if (start === bytes.length) {
      return start > position ? start : undefined;
    }
    if (bytes[start] === closeArray) {
      this.isInArray = false;
      return start + 1;
    }
    const scanner = new JsonScanner(maxJsonDepth);
    const scanned = scanner.scan(bytes, start, bytes.length);
    if (scanned.kind === 'value') {
      return this.takeLongValue(window, start, scanned.end);
    }
    if (scanned.kind === 'error') {
      this.isInArray = false;
      const lineFeedAt = bytes.indexOf(lineFeed, start);
      const lineEnd = lineFeedAt < 0 ? bytes.length : lineFeedAt;
      const stop = trimEnd(bytes, start, lineEnd);
      return this.skipTornLine(window, start, stop, lineEnd, scanned.at, scanned.problem);
    }
    if (end === 'limit') {
      return this.startOversize(window, start, scanner);
    }
    if (end === 'final') {
      this.skip(window, start, trimEnd(bytes, start, bytes.length), cutOff);
      return bytes.length;
    }
    return start > position ? start : undefined;
  }

  /** The scanner, when there is one, has seen the whole window. */
  private startOversize(window: Window, start: number, scanner?: JsonScanner): number {
    this.giveText(this.texts.close());
    this.isAtStart = false;
    this.oversize = { offset: window.offsetOf(start), line: this.line, scanner };
    this.line += countLines(window.bytes, start, window.bytes.length);
    return window.bytes.length;
  }

  private passOver(
    window: Window,
    position: number,
    end: WindowEnd,
    oversize: Oversize,
  ): number | undefined {
    const { bytes } = window;
    const stop = endOfOversize(bytes, position, oversize.scanner);
    if (stop === undefined && end !== 'final') {
      this.line += countLines(bytes, position, bytes.length);
      return position < bytes.length ? bytes.length : undefined;
    }
    const stopAt = stop ?? bytes.length;
    const length = window.offsetOf(stopAt) - oversize.offset;
    const what = oversize.scanner === undefined ? 'a line' : 'a JSON value';
    const reason = this.tooLong(what, length);
    this.options.sink.skipped({ offset: oversize.offset, length, line: oversize.line }, reason);
    this.line += countLines(bytes, position, stopAt);
    this.oversize = undefined;
    return stopAt;
  }

  private tooLong(what: string, length: number): string {
    const limit = this.options.maxRecordBytes.toLocaleString('en');
    return `${what} of ${length.toLocaleString('en')} bytes, longer than the limit of ${limit}`;
  }

  private skip(window: Window, start: number, stop: number, reason: string): void {
    this.giveText(this.texts.close());
    this.isAtStart = false;
    const offset = window.offsetOf(start);
    const range = { offset, length: window.offsetOf(stop) - offset, line: this.line };
    this.options.sink.skipped(range, reason);
  }
}

function notJson(problem: string, at: number): string {
  return `not JSON: ${problem} at byte ${at}`;
}

function isClosedBy(first: number | undefined, last: number | undefined): boolean {
  return first === openObject ? last === closeObject : last === closeArray;
}

function hasObject(value: unknown): boolean {
  return (
    Array.isArray(value) &&
    value.some(
      element => typeof element === 'object' && element !== null && !Array.isArray(element),
    )
  );
}

function endOfOversize(
  bytes: Buffer,
  position: number,
  scanner: JsonScanner | undefined,
): number | undefined {
  if (scanner !== undefined) {
    const scanned = scanner.scan(bytes, position, bytes.length);
    if (scanned.kind === 'value') {
      return scanned.end;
    }
    if (scanned.kind === 'open') {
      return undefined;
    }
  }
  const lineFeedAt = bytes.indexOf(lineFeed, position);
  return lineFeedAt < 0 ? undefined : trimLineEnd(bytes, position, lineFeedAt);
}
