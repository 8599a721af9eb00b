import { blockRows } from './blockFit';
import type { BlockState, Habits } from './blockState';
import { PackedBlock } from './packedBlock';

const blockBits = Math.log2(blockRows);
const blockMask = blockRows - 1;

/** Rows that are read together: so few that some columns of them are in the processor's cache. */
export const rowsTogether = 512;

/** The first row behind a row that is in another block. */
export function endOfBlock(row: number): number {
  return (row | blockMask) + 1;
}

/**
 * What a column holds. `measure`: any number, NaN is "unknown". `id`: whole numbers from 1, 0 is "none". `hash`: the same, spread over 32
 * bits. `near`: the same, and they go up with the rows: numbers of rows nearby. `ascending`: whole numbers that go up with the rows, -1 where
 * nothing was set. `nearby`: the same of numbers of rows nearby.
 */
export type ColumnKind = 'measure' | 'id' | 'hash' | 'near' | 'ascending' | 'nearby';

/** Its blocks in order. */
export type ColumnState = readonly (BlockState | undefined)[];

const habitsOf: Readonly<Record<ColumnKind, Habits>> = {
  measure: { empty: Number.NaN, isAscending: false, isNear: false, bytes: 1 },
  id: { empty: 0, isAscending: false, isNear: false, bytes: 1 },
  hash: { empty: 0, isAscending: false, isNear: false, bytes: 4 },
  near: { empty: 0, isAscending: true, isNear: true, bytes: 1 },
  ascending: { empty: -1, isAscending: true, isNear: false, bytes: 1 },
  nearby: { empty: -1, isAscending: true, isNear: true, bytes: 1 },
};

type Blocks = (PackedBlock | undefined)[];
const noBlocks: Readonly<Blocks> = [];

/** A column of numbers that takes as few bytes as they need, and none where there is nothing. */
export class Column {
  #blocks: Readonly<Blocks> = noBlocks;
  readonly #habits: Habits;

  constructor(kind: ColumnKind) {
    this.#habits = habitsOf[kind];
  }

  save(): ColumnState {
    return this.#blocks.map(block => block?.save());
  }

  /** What another column of this kind held. */
  restore(state: ColumnState): void {
    this.#blocks = noBlocks;
    for (const [index, saved] of state.entries()) {
      if (saved !== undefined) {
        this.#addBlock(index).restore(saved);
      }
    }
  }

  get(row: number): number {
    const block = this.#blocks[row >>> blockBits];
    return block === undefined ? this.#habits.empty : block.get(row & blockMask);
  }

  /** undefined where the column holds "unknown". */
  known(row: number): number | undefined {
    const value = this.get(row);
    return Number.isNaN(value) ? undefined : value;
  }

  /** What `get` says of `count` rows from `first` on: those of many rows cost less together. */
  read(first: number, count: number, into: Float64Array): void {
    for (let done = 0; done < count;) {
      const row = first + done;
      const part = Math.min(count - done, blockRows - (row & blockMask));
      const block = this.#blocks[row >>> blockBits];
      if (block === undefined) {
        into.fill(this.#habits.empty, done, done + part);
      } else {
        block.read(row & blockMask, part, into, done);
      }
      done += part;
    }
  }

  /** Whether none of `count` rows from `first` on can say anything; true only where that is known without a look at them. */
  isUnset(first: number, count: number): boolean {
    const last = (first + count - 1) >>> blockBits;
    for (let index = first >>> blockBits; index <= last; index++) {
      if (this.#blocks[index] !== undefined) {
        return false;
      }
    }
    return true;
  }

  set(row: number, value: number): void {
    const block = this.#blocks[row >>> blockBits];
    // a zero has no sign, and what is no number at all (an object with fields left out, copied over the figures) is unknown
    const number = value + 0;
    if (number === this.#habits.empty || Number.isNaN(number)) {
      block?.clear(row & blockMask);
      return;
    }
    (block ?? this.#addBlock(row >>> blockBits)).set(row & blockMask, number);
  }

  /** `count` rows from `first` on say nothing any more, as if they had never been set. */
  unset(first: number, count: number): void {
    for (let done = 0; done < count;) {
      const row = first + done;
      const at = row & blockMask;
      const part = Math.min(count - done, blockRows - at);
      const index = row >>> blockBits;
      if (this.#blocks[index] !== undefined) {
        if (part === blockRows) {
          this.#blocks = this.#blocks.with(index, undefined);
        } else {
          this.#blocks[index].clearRun(at, part);
        }
      }
      done += part;
    }
  }

  /** Sets rows from `first` on that were never set, to `count` of the values: those from `from` on. Those of many rows cost less together. */
  append(first: number, values: Float64Array, count: number, from = 0): void {
    for (let done = 0; done < count;) {
      const row = first + done;
      const part = Math.min(count - done, blockRows - (row & blockMask));
      const block = this.#blocks[row >>> blockBits] ?? this.#addBlock(row >>> blockBits);
      block.append(row & blockMask, values, from + done, part);
      done += part;
    }
  }

  #addBlock(index: number): PackedBlock {
    const block = new PackedBlock(this.#habits, this.#blocks[index - 1]);
    if (this.#blocks === noBlocks && index === 0) {
      // no room for others: most columns of a small log never have any
      this.#blocks = [block];
      return block;
    }
    // never beyond the end: a list with holes turns into a slow map
    const blocks: Blocks = [...this.#blocks];
    while (blocks.length <= index) {
      blocks.push(undefined);
    }
    blocks[index] = block;
    this.#blocks = blocks;
    return block;
  }
}

export type ReadableColumn = Pick<Column, 'get' | 'read' | 'isUnset'>;

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
