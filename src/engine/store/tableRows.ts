import { endOfBlock } from './columns';
import { FreeNumbers, type NumberRun } from './freeNumbers';

/** Free rows that follow each other, fewer than which are left to rows that come alone. */
const leastRun = 64;

export interface TableRowsState {
  readonly free: readonly number[];
  readonly rows: number;
}

/** Which rows of a table are in use: those that are removed are given out again, once nobody refers to them any more. */
export class TableRows {
  readonly #free = new FreeNumbers();
  readonly #removed: number[] = [];
  #removedRuns: readonly NumberRun[] = [];
  #end = 0;

  save(): TableRowsState {
    return { free: this.#free.save(), rows: this.#end };
  }

  restore({ free, rows }: TableRowsState): void {
    this.#free.restore(free);
    this.#end = rows;
  }

  /** All rows that are in use are below this one. */
  get end(): number {
    return this.#end;
  }

  take(): number {
    return this.#free.take() ?? this.#end++;
  }

  /** So many at once, in runs. */
  takeRuns(rows: number): readonly NumberRun[] {
    const runs: NumberRun[] = [];
    for (let left = rows; left > 0;) {
      const run = this.#free.takeRun(Math.min(left, leastRun), left) ?? this.#takeNew(left);
      runs.push(run);
      left -= run.count;
    }
    return runs;
  }

  remove(row: number): void {
    this.#removed.push(row);
  }

  /** Many that nobody refers to any more. */
  removeRuns(runs: readonly NumberRun[]): void {
    this.#removedRuns = [...this.#removedRuns, ...runs];
  }

  /** Whether rows wait for their release. */
  get hasRemoved(): boolean {
    return this.#removed.length + this.#removedRuns.length > 0;
  }

  /** Lets removed rows be used again. Returns in which runs they are, together with those that were free before. */
  release(): readonly NumberRun[] {
    const end = this.#end;
    const runs = this.hasRemoved ? this.#free.add(this.#removed, this.#removedRuns) : [];
    this.#removed.length = 0;
    this.#removedRuns = [];
    this.#end = this.#free.trim(end);
    // what lies behind the end was never set: with it, the blocks that the last rows were in are given back
    return runs.map(({ first, count }) =>
      first === this.#end ? { first, count: endOfBlock(end - 1) - first } : { first, count },
    );
  }

  #takeNew(count: number): NumberRun {
    const first = this.#end;
    this.#end += count;
    return { first, count };
  }
}
