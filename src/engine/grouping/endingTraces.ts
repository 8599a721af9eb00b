import { rowsTogether } from '../store/columns';
import type { NumberRun } from '../store/freeNumbers';
import { RowSet } from '../store/rowSet';
import type { GivenNumbers } from './givenNumbers';
import type { TraceColumns } from './traceColumns';
import type { TraceNumbers } from './traceNumbers';

/** Traces that are no more and of which nobody is told, until what is kept of them is cleared. */
export class EndingTraces {
  readonly #columns: TraceColumns;
  readonly #known: TraceNumbers;
  readonly #given: GivenNumbers;
  #runs: readonly NumberRun[] = [];
  #numbers = new RowSet();

  constructor(columns: TraceColumns, known: TraceNumbers, given: GivenNumbers) {
    this.#columns = columns;
    this.#known = known;
    this.#given = given;
  }

  has(number: number): boolean {
    return this.#numbers.has(number);
  }

  get size(): number {
    return this.#numbers.size;
  }

  /** Only while there are none. */
  begin(runs: readonly NumberRun[]): void {
    this.#runs = runs;
    runs.forEach(({ first, count }) => this.#numbers.addRun(first, count));
  }

  /** Some at each step; from the end, see `IdentityRows.clear`. */
  *clear(): Generator<void> {
    const { kind, id } = this.#columns;
    for (const { first, count } of this.#runs.toReversed()) {
      for (let number = first + count - 1; number >= first; number--) {
        this.#known.remove(kind.get(number), id.get(number), number);
        if (number % rowsTogether === 0) {
          yield;
        }
      }
    }
    this.#given.takeBackRuns(this.#runs);
    this.#runs = [];
    this.#numbers = new RowSet();
  }
}
