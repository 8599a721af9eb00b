import { blockRows } from './blockFit';
import { type BlockState, PackedBlock } from './packedBlock';

const blockBits = Math.log2(blockRows);
const blockMask = blockRows - 1;

/**
 * What a column holds. `measure`: any number, NaN is "unknown". `id`: whole numbers from 1, 0 is "none". `hash`: the same, spread over 32
 * bits. `ascending`: whole numbers that go up with the rows, -1 where nothing was set.
 */
export type ColumnKind = 'measure' | 'id' | 'hash' | 'ascending';

/** Its blocks in order. */
export type ColumnState = readonly (BlockState | undefined)[];

const emptyOf: Readonly<Record<ColumnKind, number>> = {
  measure: Number.NaN,
  id: 0,
  hash: 0,
  ascending: -1,
};

/** A column of numbers that takes as few bytes as they need, and none where there is nothing. */
export class Column {
  readonly #blocks: (PackedBlock | undefined)[] = [];
  readonly #kind: ColumnKind;
  readonly #empty: number;

  constructor(kind: ColumnKind) {
    this.#kind = kind;
    this.#empty = emptyOf[kind];
  }

  save(): ColumnState {
    return this.#blocks.map(block => block?.save());
  }

  /** What another column of this kind held. */
  restore(state: ColumnState): void {
    this.#blocks.length = 0;
    for (const [index, saved] of state.entries()) {
      if (saved === undefined) {
        this.#blocks.push(undefined);
      } else {
        this.#addBlock(index).restore(saved);
      }
    }
  }

  get(row: number): number {
    const block = this.#blocks[row >>> blockBits];
    return block === undefined ? this.#empty : block.get(row & blockMask);
  }

  /** undefined where the column holds "unknown". */
  known(row: number): number | undefined {
    const value = this.get(row);
    return Number.isNaN(value) ? undefined : value;
  }

  set(row: number, value: number): void {
    const block = this.#blocks[row >>> blockBits];
    // a zero has no sign, and what is no number at all (an object with fields left out, copied over the figures) is unknown
    const number = value + 0;
    if (number === this.#empty || Number.isNaN(number)) {
      block?.clear(row & blockMask);
      return;
    }
    (block ?? this.#addBlock(row >>> blockBits)).set(row & blockMask, number);
  }

  /** Sets rows from `first` on that were never set, to the first `count` values: those of many rows cost less together. */
  append(first: number, values: Float64Array, count: number): void {
    for (let done = 0; done < count;) {
      const row = first + done;
      const part = Math.min(count - done, blockRows - (row & blockMask));
      const block = this.#blocks[row >>> blockBits] ?? this.#addBlock(row >>> blockBits);
      block.append(row & blockMask, values, done, part);
      done += part;
    }
  }

  #addBlock(index: number): PackedBlock {
    const isAscending = this.#kind === 'ascending';
    const bytes = this.#kind === 'hash' ? 4 : 1;
    const block = new PackedBlock(this.#empty, isAscending, this.#blocks[index - 1], bytes);
    // never beyond the end: a list with holes turns into a slow map
    while (this.#blocks.length <= index) {
      this.#blocks.push(undefined);
    }
    this.#blocks[index] = block;
    return block;
  }
}

export type ColumnsState = Readonly<Record<string, ColumnState>>;

/** Of columns by name. */
export function saveColumns(columns: Readonly<Record<string, Column>>): ColumnsState {
  return Object.fromEntries(Object.entries(columns).map(([name, column]) => [name, column.save()]));
}

export function restoreColumns(
  columns: Readonly<Record<string, Column>>,
  state: ColumnsState,
): void {
  for (const [name, column] of Object.entries(columns)) {
    column.restore(state[name] ?? []);
  }
}

/** A column for each name. */
export function columnsFor<Name extends string>(
  names: readonly Name[],
  kind: ColumnKind,
): Readonly<Record<Name, Column>> {
  // each of the names is set, which the type of fromEntries does not say
  return Object.fromEntries(names.map(name => [name, new Column(kind)])) as Record<Name, Column>;
}
