import type { NumberRun } from './freeNumbers';
import type { RowList } from './rowList';

/** How a row leaves; `no`: it stays. `whole`: with all of its span, its identity and its trace. `apart`: others of them stay. */
export const leaving = { no: 0, unasked: 1, whole: 2, apart: 3 } as const;

/** The rows of files that are forgotten: nearly all of them leave with everything that they are part of. */
export class LeavingRows {
  readonly runs: readonly NumberRun[];
  /** By row; see `leaving`. */
  readonly how: Uint8Array;

  /** `rows`: how many there are in the table. */
  constructor(files: readonly RowList[], rows: number) {
    this.runs = joined(files.flatMap(file => file.runs()));
    this.how = new Uint8Array(rows);
    for (const { first, count } of this.runs) {
      this.how.fill(leaving.unasked, first, first + count);
    }
  }

  isWhole(row: number): boolean {
    return this.how[row] === leaving.whole;
  }

  /** Calls for parts of the runs, of so many rows at most. */
  eachPart(most: number, take: (first: number, count: number) => void): void {
    for (const { first, count } of this.runs) {
      for (let done = 0; done < count; done += most) {
        take(first + done, Math.min(most, count - done));
      }
    }
  }

  /** Where the rows lie that leave whole, once all are marked. */
  wholeRuns(): readonly NumberRun[] {
    const whole: NumberRun[] = [];
    for (const run of this.runs) {
      const end = run.first + run.count;
      for (let first = run.first; first < end;) {
        const behind = this.#firstApart(first, end);
        if (behind > first) {
          whole.push({ first, count: behind - first });
        }
        first = behind + 1;
      }
    }
    return whole;
  }

  /** The same rows. */
  *whole(): Generator<number> {
    for (const { first, count } of this.wholeRuns()) {
      for (let row = first; row < first + count; row++) {
        yield row;
      }
    }
  }

  /** The others. */
  *apart(): Generator<number> {
    for (const { first, count } of this.runs) {
      const end = first + count;
      for (let row = this.#firstApart(first, end); row < end;) {
        yield row;
        row = this.#firstApart(row + 1, end);
      }
    }
  }

  #firstApart(first: number, end: number): number {
    const at = this.how.subarray(first, end).indexOf(leaving.apart);
    return at < 0 ? end : first + at;
  }
}

/** Sorted, and those that follow each other in one: of a thousand small files, say. */
function joined(runs: readonly NumberRun[]): readonly NumberRun[] {
  const all: NumberRun[] = [];
  for (const run of runs.toSorted((one, other) => one.first - other.first)) {
    const last = all.at(-1);
    if (last !== undefined && last.first + last.count === run.first) {
      all[all.length - 1] = { first: last.first, count: last.count + run.count };
    } else {
      all.push(run);
    }
  }
  return all;
}
