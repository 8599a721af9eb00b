import type { LineWindow, ParsedRecord } from '../recordSink';
import { FieldPaths } from './fieldPaths';
import { firstPlan, LineScanner, plainShape, type ScanStop } from './lineScanner';
import type { LogFile } from '../store/logFile';
import type { SpanStore } from '../store/spanStore';
import { patchOf, type SlotValues } from './plan';
import { PlanWriter, type Templates } from './planWriter';
import { Planner, type Understand, type Understood } from './planner';
import { ShapeWords } from './shapeWords';
import type { SpanPatch } from '../../model/span';

/** Shapes that are learnt; a log has a handful, a hostile one as many as records. */
const maxShapes = 8000;
/** Looks at lines that are free, and lines that are not parsed for one more: a look takes a millisecond, a line saves some 20 µs. */
const freeLooks = 150;
const linesForLook = 25;
/** Times that a line is looked at again because its fields are told apart in another way. */
const maxLooks = 40;

/** A line in the window, and the scope that it was scanned in. */
interface ScannedLine {
  readonly from: number;
  readonly scope: number;
}

export interface QuickScan {
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
  readonly #paths = new FieldPaths(this.#scanner);
  readonly #planner = new Planner(this.#paths, new ShapeWords(this.#scanner));
  readonly #writers: PlanWriter[] = [];
  readonly #templates = new Map<string, Templates>();
  readonly #store: SpanStore;
  #shapes = 0;
  /** A log whose lines are all different must not cost more for being learnt. */
  #looks = freeLooks;
  #window: LineWindow | undefined;
  #row = 0;
  readonly #values: SlotValues = {
    text: slot => this.#scanner.text(this.#row, slot),
    number: slot => this.#scanner.number(this.#row, slot),
  };

  constructor(store: SpanStore) {
    this.#store = store;
  }

  /** Lines are taken from the window that was opened last. */
  open(window: LineWindow): void {
    if (this.#window !== window) {
      this.#scanner.load(window.bytes.subarray(0, window.end));
      this.#window = window;
    }
  }

  /** `scope`: shapes of one scope are not those of another. */
  scan(from: number, scope: number): QuickScan {
    const rows = this.#scanner.scan(from, this.#window?.end ?? 0, scope);
    const { lines, position, stop } = this.#scanner;
    this.#looks += rows / linesForLook;
    return { rows, lines, end: position, stop };
  }

  /** Of a row of the last scan: where its record starts in the window. */
  start(row: number): number {
    return this.#scanner.start(row);
  }

  length(row: number): number {
    return this.#scanner.length(row);
  }

  /** Counted from the first line of the scan. */
  line(row: number): number {
    return this.#scanner.line(row);
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

  /** Adds what a row says to the last record of the file. */
  write(row: number, file: LogFile): void {
    this.#row = row;
    this.#writerOf(row).write(file, row);
  }

  #writerOf(row: number): PlanWriter {
    const writer = this.#writers[this.#scanner.plan(row)];
    if (writer === undefined) {
      throw new Error('a shape without a plan');
    }
    return writer;
  }

  /** Learns how lines like the one at `from` are read. `scope` as it was given to `scan`. */
  learn(line: ScannedLine, record: ParsedRecord, known: Understood, understand: Understand): void {
    for (let looks = 0; looks < maxLooks && this.#looks >= 1 && this.#shapes < maxShapes; looks++) {
      const rows = this.#scanner.scan(line.from, this.#window?.end ?? 0, line.scope);
      if (rows > 0 || this.#scanner.stop !== 'unknown' || this.#scanner.position !== line.from) {
        return;
      }
      const { shape, base } = this.#scanner;
      this.#looks--;
      const learnt = this.#planner.learn(
        { base, text: slot => this.#scanner.text(0, slot) },
        record.value,
        known,
        understand,
      );
      if (learnt === 'again') {
        continue;
      }
      this.#shapes++;
      if (learnt === 'plain') {
        this.#scanner.setShape(shape, plainShape);
        return;
      }
      this.#scanner.setShape(shape, firstPlan + this.#writers.length);
      this.#writers.push(
        new PlanWriter(learnt, this.#store, this.#scanner, this.#values, this.#templates),
      );
      return;
    }
  }
}
