import type { LineWindow, ParsedRecord } from '../recordSink';
import type { ScanAhead, ScannedLines } from './ahead/scanAhead';
import { FieldPaths } from './fieldPaths';
import { firstPlan, LineScanner, plainShape, type ScanStop } from './lineScanner';
import type { LogFile } from '../store/logFile';
import type { SpanStore } from '../store/spanStore';
import { isSamePatch, onlyPatch } from './patches';
import { patchOf, type SlotValues } from './plan';
import { type PlanParts, PlanWriter } from './planWriter';
import { Planner, type Understand, type Understood } from './planner';
import { ScannedIds } from './scannedIds';
import { type RowArea, ScannedRows } from './scannedRows';
import type { ScanMemory } from './scanMemory';
import { ShapeWords } from './shapeWords';
import { Sums } from './sums';
import { TemplateCache } from './templateCache';
import type { SpanPatch } from '../../model/span';

/** Shapes that are learnt; a log has a handful, a hostile one as many as records. */
const maxShapes = 8000;
/** Looks at lines that are free, and lines that are not parsed for one more: a look takes a millisecond, a line saves some 20 µs. */
const freeLooks = 150;
const linesForLook = 25;
/** Times that a line is looked at again because its fields are told apart in another way. */
const maxLooks = 40;

const none = { from: 0, end: 0 };
const noWindow: LineWindow = { bytes: Buffer.alloc(0), offset: 0, end: 0 };

/** A line in the window, and the scope that it was scanned in. */
interface ScannedLine {
  readonly from: number;
  readonly scope: number;
}

export interface QuickScan {
  /** Number of the first row. */
  readonly first: number;
  readonly rows: number;
  /** Lines, blank ones among them. */
  readonly lines: number;
  /** Position after them. */
  readonly end: number;
  readonly stop: ScanStop;
}

/**
 * Reads lines of JSON by plans. A line whose shape it does not know it leaves to the parser, and is then told what that made of
 * it: so it learns. One a thread serves all files.
 */
export class QuickReader {
  readonly #scanner = new LineScanner();
  readonly #rows = new ScannedRows();
  readonly #ids: ScannedIds;
  readonly #paths = new FieldPaths(this.#scanner);
  readonly #planner = new Planner(
    this.#paths,
    new ShapeWords(this.#scanner),
    new Sums(this.#scanner),
  );
  readonly #writers: PlanWriter[] = [];
  readonly #parts: PlanParts;
  readonly #store: SpanStore;
  /** See `StringTable.sweeps`. */
  #sweeps = 0;
  #shapes = 0;
  /** A log whose lines are all different must not cost more for being learnt. */
  #looks = freeLooks;
  #window: LineWindow | undefined;
  /** What of the window the scanner has. */
  #loaded = none;
  /** Of the window: number of its first line; the row that comes next, of those that were scanned ahead. */
  #firstLine: number | undefined;
  #nextRow = 0;
  /** From the lines of the rows to those of the scan. */
  #lineOffset = 0;
  #row = 0;
  readonly #isShared = (row: number, slot: number) => this.#writerOf(row).isShared(slot);
  readonly #values: SlotValues = {
    text: slot => this.#rows.text(this.#row, slot),
    number: slot => this.#rows.number(this.#row, slot),
  };

  constructor(store: SpanStore, ahead: ScanAhead | undefined) {
    this.#store = store;
    this.#ids = new ScannedIds(store.strings);
    this.#parts = {
      store,
      rows: this.#rows,
      ids: this.#ids,
      values: this.#values,
      templates: new TemplateCache(),
    };
    ahead?.attach(this.#scanner);
  }

  /** Lines are taken from the window that was opened last. `line`: the number of its first one, when that is taken first. */
  open(window: LineWindow, line: number | undefined): void {
    if (this.#window !== window) {
      this.#window = window;
      this.#loaded = none;
      this.#nextRow = 0;
      this.#firstLine = line;
    }
  }

  /** `line`: number of the line at `from`. `scope`: shapes of one scope are not those of another. */
  scan(from: number, line: number, scope: number): QuickScan {
    const window = this.#window ?? noWindow;
    const scanned = window.scanned?.scope === scope ? window.scanned : undefined;
    if (this.#sweeps !== this.#store.strings.sweeps) {
      this.#sweeps = this.#store.strings.sweeps;
      this.#forgetNumbers(scanned);
    }
    if (scanned === undefined || this.#firstLine === undefined) {
      return this.#scanNow(from, window.end, scope);
    }
    this.#show(scanned.memory, scanned.area);
    // a line that is left may hold several values: then `from` is inside of it
    while (this.#nextRow < scanned.rows && this.#rows.end(this.#nextRow) <= from) {
      this.#nextRow++;
    }
    if (from >= scanned.end) {
      return this.#scanNow(from, window.end, scope);
    }
    const first = this.#nextRow;
    const end = this.#endOfRow(first, scanned.rows, this.#isLeft(first, scanned));
    if (this.#isLeft(first, scanned)) {
      return this.#scanNow(from, this.#rows.end(end - 1), scope);
    }
    const lineOfEnd = end < scanned.rows ? this.#rows.line(end) : scanned.lines;
    const position = end < scanned.rows ? this.#rows.start(end) : scanned.end;
    this.#lineOffset = this.#firstLine - line;
    this.#looks += (end - first) / linesForLook;
    return {
      first,
      rows: end - first,
      lines: lineOfEnd + this.#lineOffset,
      end: position,
      stop: 'end',
    };
  }

  /** Numbers of texts that were found before may be those of others now. A scan that begins now has found none. */
  #forgetNumbers(scanned: ScannedLines | undefined): void {
    this.#writers.forEach(writer => writer.renew());
    this.#parts.templates.clear();
    if (scanned !== undefined) {
      this.#show(scanned.memory, scanned.area);
      this.#ids.forget(scanned.rows);
    }
  }

  #isLeft(row: number, { rows }: ScannedLines): boolean {
    return row < rows && this.#rows.isLeft(row);
  }

  /** After the rows that are all taken, or all left. */
  #endOfRow(first: number, rows: number, isLeft: boolean): number {
    let end = first;
    while (end < rows && this.#rows.isLeft(end) === isLeft) {
      end++;
    }
    return end;
  }

  #scanNow(from: number, end: number, scope: number): QuickScan {
    const { bytes } = this.#window ?? noWindow;
    const scanner = this.#scanner;
    if (from < this.#loaded.from || end > this.#loaded.end) {
      scanner.load(bytes.subarray(from, end), from, end);
      this.#loaded = { from, end };
    }
    const rows = scanner.scan(from, end, scope);
    this.#show(scanner.memory, scanner.area);
    this.#lineOffset = 0;
    this.#looks += rows / linesForLook;
    const { lines, position, stop } = scanner;
    return { first: 0, rows, lines, end: position, stop };
  }

  #show(memory: ScanMemory, area: RowArea): void {
    this.#rows.show(memory, area);
    this.#ids.show(memory, area);
  }

  /** Of a row of the last scan: where its record starts in the window. */
  start(row: number): number {
    return this.#rows.start(row);
  }

  length(row: number): number {
    return this.#rows.length(row);
  }

  /** Counted from the first line of the scan. */
  line(row: number): number {
    return this.#rows.line(row) + this.#lineOffset;
  }

  /** Index in the list of formats. */
  format(row: number): number {
    return this.#writerOf(row).plan.format;
  }

  /** The patch of a row, for those who want one. */
  patch(row: number): SpanPatch | undefined {
    this.#row = row;
    return patchOf(this.#writerOf(row).plan, this.#values);
  }

  /** These rows will be written: texts of theirs that were never seen are looked for together. */
  resolve(first: number, rows: number): void {
    this.#ids.resolve(first, rows, this.#isShared);
  }

  /** Adds what a row says to the last record of the batch of the store, which is of this file. */
  write(row: number, file: LogFile): void {
    this.#row = row;
    this.#writerOf(row).write(file, row);
  }

  #writerOf(row: number): PlanWriter {
    const writer = this.#writers[this.#rows.plan(row)];
    if (writer === undefined) {
      throw new Error('a shape without a plan');
    }
    return writer;
  }

  /** Learns how lines like the one at `from` are read. `scope` as it was given to `scan`. */
  learn(line: ScannedLine, record: ParsedRecord, known: Understood, understand: Understand): void {
    for (let looks = 0; looks < maxLooks; looks++) {
      const rows = this.#scanner.scan(line.from, this.#loaded.end, line.scope);
      this.#rows.show(this.#scanner.memory, this.#scanner.area);
      if (rows > 0 && looks > 0) {
        this.#planner.judgeOtherWords();
      }
      if (rows > 0 || this.#scanner.stop !== 'unknown' || this.#scanner.position !== line.from) {
        return;
      }
      const { shape, context, plan } = this.#scanner;
      if (plan !== 0 && this.#isAsPlanned(plan, known)) {
        this.#planner.noteTexts(record.value);
        return;
      }
      if (this.#looks < 1 || this.#shapes >= maxShapes) {
        return;
      }
      this.#looks--;
      const learnt = this.#planner.learn(
        { context, text: slot => this.#rows.text(0, slot) },
        record.value,
        known,
        understand,
      );
      if (learnt === 'again') {
        continue;
      }
      this.#shapes++;
      // lines of that shape should have been read like this one
      if (learnt === 'plain' || plan !== 0) {
        this.#scanner.learn({ about: 'shape', shape, number: plainShape });
        return;
      }
      this.#scanner.learn({ about: 'shape', shape, number: firstPlan + this.#writers.length });
      this.#writers.push(new PlanWriter(learnt, this.#parts));
      return;
    }
  }

  /** Whether the line of the last scan, which has no row, would have been read as it was. */
  #isAsPlanned(shape: number, { format, reading }: Understood): boolean {
    const plan = this.#writers[shape - firstPlan]?.plan;
    const patch = onlyPatch(reading);
    this.#row = 0;
    return (
      plan?.format === format &&
      patch !== 'other' &&
      isSamePatch(patch, patchOf(plan, this.#values))
    );
  }
}
