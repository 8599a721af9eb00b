import { type FewRecords, maxFew } from './fewRecords';
import { lowerBound } from './lowerBound';
import { rowsTogether } from './columns';
import type { RowBatch } from './rowBatch';
import type { StringTable } from './stringTable';
import {
  OwnRecords,
  type OwnRecordsState,
  type RecordColumns,
  type RecordValues,
} from './recordColumns';

export interface FileRecordsState {
  readonly count: number;
  /** All of them, when they are few; else they are in columns. */
  readonly few: readonly RecordValues[];
  readonly own: OwnRecordsState | undefined;
}

/** The records of one file in its order: in rows of a table that all files share as long as they are few, then in columns of their own. */
export class FileRecords {
  count = 0;
  readonly #few: FewRecords;
  /** Of its rows in the shared table. */
  #first = 0;
  #size = 0;
  #own: OwnRecords | undefined;

  constructor(few: FewRecords) {
    this.#few = few;
  }

  save(): FileRecordsState {
    const length = this.#own === undefined ? this.count : 0;
    return {
      count: this.count,
      few: Array.from({ length }, (_, at) => this.#few.get(this.#first + at)),
      own: this.#own?.save(),
    };
  }

  restore({ count, few, own }: FileRecordsState): void {
    few.forEach(values => this.add(values));
    this.count = count;
    if (own !== undefined) {
      this.#own = new OwnRecords();
      this.#own.restore(own);
    }
  }

  /** The file is forgotten: others may have its rows. */
  release(): void {
    if (this.#size > 0) {
      this.#few.release(this.#first, this.#size);
      this.#size = 0;
    }
  }

  /** Returns its index. The values are read at once. */
  add(values: RecordValues): number {
    const index = this.count++;
    this.makeRoom(index, index + 1);
    if (this.#own === undefined) {
      this.#few.set(this.#first + index, values);
    } else {
      this.#own.set(index, values);
      this.#own.count(values.format, 1);
    }
    return index;
  }

  /** Adds the records of a batch; returns the index of the first of them. */
  append(batch: RowBatch): number {
    const first = this.count;
    this.count += batch.records;
    this.makeRoom(first, this.count);
    this.table.append(this.#first + first, batch);
    return first;
  }

  dropLast(): void {
    this.count -= 1;
    this.#own?.count(this.table.format.get(this.row(this.count)), -1);
  }

  /** Whose rows hold the records. */
  get table(): RecordColumns {
    return this.#own ?? this.#few;
  }

  row(index: number): number {
    return this.#first + index;
  }

  /** Marks the texts of the records, bit by bit. */
  *markTexts(strings: StringTable): Generator<void> {
    for (let index = 0; index < this.count; index += rowsTogether) {
      const count = Math.min(rowsTogether, this.count - index);
      // they may have moved to another table meanwhile
      const { id, session } = this.table;
      for (const column of [id, session]) {
        if (!column.isUnset(this.row(index), count)) {
          for (let at = index; at < index + count; at++) {
            strings.mark(column.get(this.row(at)));
          }
        }
      }
      yield;
    }
  }

  /** Indices of the formats that read them. */
  formats(): readonly number[] {
    if (this.#own !== undefined) {
      return this.#own.formats();
    }
    const formats = new Set<number>();
    for (let index = 0; index < this.count; index++) {
      formats.add(this.#few.format.get(this.#first + index));
    }
    return [...formats];
  }

  /** Index of the record that starts at this byte, or -1. */
  at(offset: number): number {
    const offsets = this.table.offset;
    const index = lowerBound(this.count, at => offsets.get(this.#first + at) >= offset);
    return index < this.count && offsets.get(this.#first + index) === offset ? index : -1;
  }

  /** Index of the last record that starts at or before this line, or -1. */
  beforeLine(line: number): number {
    const lines = this.table.line;
    return lowerBound(this.count, at => lines.get(this.#first + at) > line) - 1;
  }

  /** So many records are there, and so many will be. No `#`: a method that is hidden so takes 8 bytes in each of ten thousand objects. */
  private makeRoom(records: number, wanted: number): void {
    if (this.#own !== undefined || wanted <= this.#size) {
      return;
    }
    const few = this.#few;
    const own = wanted <= maxFew ? undefined : new OwnRecords();
    // shifted: a power is no small integer to V8, and such fields keep a number of their own on the heap, in every file
    const size = own === undefined ? 1 << Math.ceil(Math.log2(wanted)) : 0;
    const to = own === undefined ? few.take(size) : 0;
    for (let at = 0; at < records; at++) {
      const values = few.get(this.#first + at);
      (own ?? few).set(to + at, values);
      own?.count(values.format, 1);
    }
    this.release();
    this.#first = to;
    this.#size = size;
    this.#own = own;
  }
}
