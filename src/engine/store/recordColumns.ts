import { Column, type ColumnsState, restoreColumns, saveColumns } from './columns';
import { maxBatch, type RowBatch } from './rowBatch';
import { RunningColumn, type RunningState } from './runningColumn';

/** What is kept of one record by numbers, without an object for it: texts by their number in the table of strings, 0 for none. */
export interface RecordValues {
  /** Bytes. */
  readonly offset: number;
  /** Bytes. */
  readonly length: number;
  readonly line: number;
  readonly format: number;
  /** 0 too when it is the id that its first row says: see `SpanStore.recordId`. */
  readonly id: number;
  readonly checksum: number;
  readonly hasTurn: boolean;
  readonly sessionId: number;
}

interface Numbers {
  get(row: number): number;
  set(row: number, value: number): void;
}

/** Records, a row each. */
export abstract class RecordColumns {
  readonly length = new Column('id');
  readonly format = new Column('id');
  readonly id = new Column('id');
  readonly checksum = new Column('hash');
  readonly hasTurn = new Column('id');
  readonly session = new Column('id');
  abstract readonly offset: Numbers;
  abstract readonly line: Numbers;

  set(row: number, values: RecordValues): void {
    this.offset.set(row, values.offset);
    this.length.set(row, values.length);
    this.line.set(row, values.line);
    this.format.set(row, values.format);
    this.id.set(row, values.id);
    this.checksum.set(row, values.checksum);
    this.hasTurn.set(row, values.hasTurn ? 1 : 0);
    this.session.set(row, values.sessionId);
  }

  /** The records of a batch, in the rows from this one on. */
  append(first: number, { records, offset, length, line, format, checksum }: RowBatch): void {
    for (let at = 0; at < records; at++) {
      this.set(first + at, {
        offset: offset[at] ?? 0,
        length: length[at] ?? 0,
        line: line[at] ?? 0,
        format: format[at] ?? 0,
        id: 0,
        checksum: checksum[at] ?? 0,
        hasTurn: false,
        sessionId: 0,
      });
    }
  }

  get(row: number): RecordValues {
    return {
      offset: this.offset.get(row),
      length: this.length.get(row),
      line: this.line.get(row),
      format: this.format.get(row),
      id: this.id.get(row),
      checksum: this.checksum.get(row),
      hasTurn: this.hasTurn.get(row) !== 0,
      sessionId: this.session.get(row),
    };
  }
}

export interface OwnRecordsState {
  /** Records of each format. */
  readonly formats: ReadonlyMap<number, number>;
  readonly offsets: RunningState;
  readonly lines: RunningState;
  readonly columns: ColumnsState;
}

const noSteps = new Float64Array(maxBatch);

/** The records of one file in its order. */
export class OwnRecords extends RecordColumns {
  readonly offset = new RunningColumn(row => this.length.get(row));
  readonly line = new RunningColumn(() => 0);
  /** Formats of its records, and how many each has. */
  readonly #formats: number[] = [];
  readonly #counts: number[] = [];

  save(): OwnRecordsState {
    return {
      formats: new Map(this.#formats.map((format, at) => [format, this.#counts[at] ?? 0])),
      offsets: this.offset.save(),
      lines: this.line.save(),
      columns: saveColumns(this.#columns()),
    };
  }

  override append(first: number, batch: RowBatch): void {
    const { records, format } = batch;
    if (this.length.get(first) === 0) {
      this.#appendNew(first, batch);
    } else {
      // a record was here that was dropped
      super.append(first, batch);
    }
    for (let start = 0, end = 0; start < records; start = end) {
      const value = format[start] ?? 0;
      while (end < records && format[end] === value) {
        end++;
      }
      this.count(value, end - start);
    }
  }

  #appendNew(first: number, { records, offset, length, line, format, checksum }: RowBatch): void {
    this.length.append(first, length, records);
    this.offset.append(first, offset, length, records);
    this.line.append(first, line, noSteps, records);
    this.format.append(first, format, records);
    this.checksum.append(first, checksum, records);
  }

  restore({ formats, offsets, lines, columns }: OwnRecordsState): void {
    formats.forEach((count, format) => this.count(format, count));
    this.offset.restore(offsets);
    this.line.restore(lines);
    restoreColumns(this.#columns(), columns);
  }

  /** So many records more are of this format. */
  count(format: number, records: number): void {
    const at = this.#formats.indexOf(format);
    if (at < 0) {
      this.#formats.push(format);
      this.#counts.push(records);
    } else {
      this.#counts[at] = (this.#counts[at] ?? 0) + records;
    }
  }

  formats(): readonly number[] {
    return this.#formats.filter((_format, at) => (this.#counts[at] ?? 0) > 0);
  }

  #columns(): Readonly<Record<string, Column>> {
    const { length, format, id, checksum, hasTurn, session } = this;
    return { length, format, id, checksum, hasTurn, session };
  }
}
