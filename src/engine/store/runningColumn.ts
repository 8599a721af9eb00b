import { Column, type ColumnState } from './columns';

const runBits = 4; // a run is 16 rows: a number is found in at most so many steps
const runMask = 2 ** runBits - 1;
const unset = -1;

export interface RunningState {
  readonly firsts: ColumnState;
  readonly gaps: ColumnState;
  readonly exceptions: ColumnState;
}

/**
 * Whole numbers of which each is the one before plus a step that is known otherwise, and a gap that is the same nearly always: the offset
 * of a record is that of the one before, its length and a line break. Only the first number of a run is kept, and what breaks the rule.
 */
export class RunningColumn {
  readonly #stepOf: (row: number) => number;
  readonly #firsts = new Column('ascending');
  /** Between the numbers of a run; as it is between the first two of them. */
  readonly #gaps = new Column('measure');
  readonly #exceptions = new Column('ascending');
  /** The row that was set last, and its number. */
  #lastRow = unset;
  #last = unset;

  /** `stepOf`: what the number of a row must be added to make the next one, but for the gap. */
  constructor(stepOf: (row: number) => number) {
    this.#stepOf = stepOf;
  }

  save(): RunningState {
    return {
      firsts: this.#firsts.save(),
      gaps: this.#gaps.save(),
      exceptions: this.#exceptions.save(),
    };
  }

  restore({ firsts, gaps, exceptions }: RunningState): void {
    this.#firsts.restore(firsts);
    this.#gaps.restore(gaps);
    this.#exceptions.restore(exceptions);
  }

  /** Rows are set in order; the last ones may be set again. */
  set(row: number, value: number): void {
    const run = row >>> runBits;
    const last = this.#lastRow === row - 1 ? this.#last : undefined;
    this.#lastRow = row;
    this.#last = value;
    if ((row & runMask) === 0) {
      this.#firsts.set(run, value);
      return;
    }
    const before = (last ?? this.get(row - 1)) + this.#stepOf(row - 1);
    if ((row & runMask) === 1) {
      this.#gaps.set(run, value - before);
    }
    const isRegular = before + this.#gaps.get(run) === value;
    this.#exceptions.set(row, isRegular ? unset : value);
  }

  /** Sets rows from `first` on that were never set, to `count` values; `steps`: of these rows. */
  append(first: number, values: Float64Array, steps: Float64Array, count: number): void {
    let gap = unset;
    for (let at = 0; at < count; at++) {
      const row = first + at;
      const value = values[at] ?? unset;
      if (at === 0 || (row & runMask) === 0) {
        this.set(row, value);
        gap = this.#gaps.get(row >>> runBits);
        continue;
      }
      const before = (values[at - 1] ?? unset) + (steps[at - 1] ?? 0);
      if ((row & runMask) === 1) {
        gap = value - before;
        this.#gaps.set(row >>> runBits, gap);
      } else if (before + gap !== value) {
        this.#exceptions.set(row, value);
      }
    }
    this.#lastRow = first + count - 1;
    this.#last = values[count - 1] ?? unset;
  }

  get(row: number): number {
    const run = row >>> runBits;
    let at = row;
    let value = unset;
    while ((at & runMask) !== 0 && value === unset) {
      value = this.#exceptions.get(at);
      at -= value === unset ? 1 : 0;
    }
    value = value === unset ? this.#firsts.get(run) : value;
    const gap = at < row ? this.#gaps.get(run) : 0;
    for (; at < row; at++) {
      value += this.#stepOf(at) + gap;
    }
    return value;
  }
}
