import type { ReadableColumn } from './columns';

const pageBits = 8;
const pageRows = 2 ** pageBits;
const pageMask = pageRows - 1;
const pages = 8; // a power of two
const none = -1;

/**
 * Reads rows of a column that lie near to those read before: a page of rows is read together, and the last ones are kept. Only for as long as
 * nobody writes to the column.
 */
export class NearReader implements Pick<ReadableColumn, 'get'> {
  readonly #column: ReadableColumn;
  readonly #rows = new Float64Array(pages * pageRows);
  readonly #kept = new Int32Array(pages).fill(none);
  readonly #page = new Float64Array(pageRows);

  constructor(column: ReadableColumn) {
    this.#column = column;
  }

  get(row: number): number {
    const page = row >>> pageBits;
    const place = page & (pages - 1);
    if (this.#kept[place] !== page) {
      this.#read(page, place);
    }
    return this.#rows[(place << pageBits) | (row & pageMask)] ?? Number.NaN;
  }

  #read(page: number, place: number): void {
    this.#column.read(page << pageBits, pageRows, this.#page);
    this.#rows.set(this.#page, place << pageBits);
    this.#kept[place] = page;
  }
}
