import { rareFields } from './rowTemplates';
import { idFields, numberFields, ownIdFields, type RowField } from './rowValues';

/** Records that a batch has room for: so few that all of its columns are in the processor's cache. */
export const maxBatch = 512;

const sharedFields = ['file', 'record', 'words', ...rareFields] as const;

/** A column of some rows, before they are put into the store. What nobody has set is nothing. */
export class BatchColumn {
  /** Of each row. Whoever writes them says so by `isWritten`, once for many rows. */
  readonly values = new Float64Array(maxBatch);
  isWritten = false;
  readonly #empty: number;

  constructor(empty: number) {
    this.#empty = empty;
    this.values.fill(empty);
  }

  set(at: number, value: number): void {
    this.values[at] = value;
    this.isWritten = true;
  }

  get(at: number): number {
    return this.values[at] ?? this.#empty;
  }

  /** `rows`: only before this one was anything written. */
  clear(rows: number): void {
    if (this.isWritten) {
      this.values.fill(this.#empty, 0, rows);
      this.isWritten = false;
    }
  }
}

/**
 * Records of one file that follow each other, and their rows: none or one of each. They are put into the store together, column by
 * column (`SpanStore.addBatch`).
 */
export class RowBatch {
  readonly offset = new Float64Array(maxBatch);
  readonly length = new Float64Array(maxBatch);
  readonly line = new Float64Array(maxBatch);
  readonly format = new Float64Array(maxBatch);
  readonly checksum = new Float64Array(maxBatch);
  /** Of each row the record, counted from the first one of the batch; see `PatchTable.templateOf` for its template. */
  readonly record = new Uint32Array(maxBatch);
  readonly template = new Uint32Array(maxBatch);
  /** Of each row the number of the id that its identity is made of; -1 when it has none. */
  readonly identity = new Float64Array(maxBatch);
  readonly fields: Readonly<Record<RowField, BatchColumn>> = {
    ...batchColumns([...idFields, ...ownIdFields], 0),
    ...batchColumns(numberFields, Number.NaN),
  };
  /** What the templates of the rows say, and where they were read. */
  readonly shared = batchColumns(sharedFields, 0);
  readonly #columns = [...Object.values(this.fields), ...Object.values(this.shared)];
  /** How often it was filled: whoever marks columns as written does so once each time. */
  fills = 1;
  #records = 0;
  #rows = 0;

  get records(): number {
    return this.#records;
  }

  get rows(): number {
    return this.#rows;
  }

  get isFull(): boolean {
    return this.#records === maxBatch;
  }

  /** Records that may be added before it is full. */
  get room(): number {
    return maxBatch - this.#records;
  }

  /** Bytes, of the file; `line` as that of a `SourceRef`. */
  addRecord(offset: number, length: number, line: number, format: number, checksum: number): void {
    const at = this.#records++;
    this.offset[at] = offset;
    this.length[at] = length;
    this.line[at] = line;
    this.format[at] = format;
    this.checksum[at] = checksum;
  }

  /** Adds the row of the last record. What was written of `fields` at `rows` before is of this row. */
  addRow(template: number): void {
    const at = this.#rows++;
    this.record[at] = this.#records - 1;
    this.template[at] = template;
  }

  clear(): void {
    // of the row that comes next something may be written
    const written = Math.min(maxBatch, this.#rows + 1);
    this.#columns.forEach(column => column.clear(written));
    this.#records = 0;
    this.#rows = 0;
    this.fills++;
  }
}

function batchColumns<Name extends string>(
  names: readonly Name[],
  empty: number,
): Readonly<Record<Name, BatchColumn>> {
  // each of the names is set, which the type of fromEntries does not say
  return Object.fromEntries(names.map(name => [name, new BatchColumn(empty)])) as Record<
    Name,
    BatchColumn
  >;
}
