import type { LogFormat, ReadContext } from '../../formats/format';
import type { LinesAhead, LineWindow, TakenLines } from '../recordSink';
import { stripAnsi } from './ansi';
import { countLines, skipHoles, trimLineEnd } from './byteRanges';
import type { Window } from './encoding';
import { parseJson } from './parseJson';
import { type OpenTextRecord, TextRecords } from './textRecords';

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
  /** See `RecordSink.takeLines`. */
  takeLines?(ahead: Omit<LinesAhead, 'file' | 'entry'>): TakenLines | undefined;
}

export interface ParserOptions {
  readonly formats: readonly LogFormat[];
  readonly context: ReadContext;
  readonly sink: ParserSink;
  readonly maxRecordBytes: number;
}

/** Gives what the parser has cut out to its sink, and knows where in the file that was. */
export class RecordWriter {
  /** Line of the next byte that is taken. */
  line = 1;
  /** Nothing but blanks was taken yet. */
  isAtStart = true;
  private readonly texts: TextRecords;

  constructor(private readonly options: ParserOptions) {
    this.texts = new TextRecords(options.formats);
  }

  /** Nothing that was taken can go on. */
  get isBetweenRecords(): boolean {
    return !this.isAtStart && this.texts.open === undefined;
  }

  /** An object or an array; undefined when it stands inside a text record and no format claims it, so that it may be a line of it. */
  offerJson(window: Window, start: number, stop: number, value: unknown): number | undefined {
    const isInText = this.texts.open !== undefined && !this.isClaimed(value, true);
    return isInText ? undefined : this.giveJson(window, start, stop, value);
  }

  /** Returns the position after the value. */
  giveJson(window: Window, start: number, stop: number, value: unknown): number {
    this.begin();
    const { offset, length, line } = this.rangeOf(window, start, stop);
    // each field by hand: the rest of an object costs as much to copy as the record to parse
    this.options.sink.item({ offset, length, line, container: 'json', value, replaces: false });
    this.passLines(window, start, stop);
    return stop;
  }

  /** Has lines taken that need no parsing; returns the position after them. Not inside of a text record, whose lines they may be. */
  takeLines(window: LineWindow, from: number): number {
    if (this.isAtStart || this.texts.open !== undefined) {
      return from;
    }
    const taken = this.options.sink.takeLines?.({ window, from, line: this.line });
    if (taken === undefined) {
      return from;
    }
    this.line += taken.lines;
    return taken.end;
  }

  /** Parses and gives a value that was cut out by its brackets; returns the position after it. */
  giveValue(window: Window, start: number, stop: number): number {
    const isTooLong = stop - start > this.options.maxRecordBytes;
    const parsed = isTooLong ? undefined : parseJson(window.bytes, start, stop);
    if (parsed?.ok === true) {
      return this.giveJson(window, start, stop, parsed.value);
    }
    const reason =
      parsed === undefined
        ? this.tooLong('a JSON value', stop - start)
        : notJson(parsed.problem, parsed.at);
    this.skip(window, start, stop, reason);
    return stop;
  }

  /** Offers a line to the framers of the text formats; false when none of them wants it. */
  offerText(window: Window, from: number, lineEnd: number): boolean {
    const { bytes } = window;
    const start = skipHoles(bytes, from, lineEnd);
    const stop = trimLineEnd(bytes, start, lineEnd);
    const offset = window.offsetOf(start);
    const end = window.offsetOf(stop);
    const { open } = this.texts;
    if (open !== undefined && end - open.offset > this.options.maxRecordBytes) {
      this.giveText(this.texts.close());
    }
    const text = stripAnsi(bytes.toString('utf8', start, stop));
    const verdict = this.texts.take(text, offset, end, this.line);
    this.giveText(verdict.closed);
    this.isAtStart &&= !verdict.isClaimed;
    return verdict.isClaimed;
  }

  /** An empty line is a line of the text record it stands in, else nothing. */
  offerBlank(window: Window, from: number, lineEnd: number): void {
    if (this.texts.open !== undefined) {
      this.offerText(window, from, lineEnd);
    }
  }

  /** Gives the text record that may go on, as it is now. */
  giveOpenText(): void {
    this.giveText(this.texts.open);
  }

  skip(window: Window, start: number, stop: number, reason: string): void {
    this.begin();
    this.options.sink.skipped(this.rangeOf(window, start, stop), reason);
    this.passLines(window, start, stop);
  }

  /** A range that began in an earlier window. */
  skipRange(range: ParsedRange, reason: string): void {
    this.options.sink.skipped(range, reason);
  }

  /** What follows is no continuation of anything before it. */
  begin(): void {
    this.giveText(this.texts.close());
    this.isAtStart = false;
  }

  passLines(window: Window, from: number, to: number): void {
    this.line += countLines(window.bytes, from, to);
  }

  isClaimed(value: unknown, withFallback: boolean): boolean {
    return this.options.formats.some(
      format =>
        format.container === 'json' &&
        (withFallback || format.fallback !== true) &&
        format.matches(value, this.options.context),
    );
  }

  tooLong(what: string, length: number): string {
    const limit = this.options.maxRecordBytes.toLocaleString('en');
    return `${what} of ${length.toLocaleString('en')} bytes, longer than the limit of ${limit}`;
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

  private rangeOf(window: Window, start: number, stop: number): ParsedRange {
    const offset = window.offsetOf(start);
    return { offset, length: window.offsetOf(stop) - offset, line: this.line };
  }
}

/** `at` counts from the first byte of the range. */
export function notJson(problem: string, at: number): string {
  return `not JSON: ${problem} at byte ${at}`;
}
