import { TraceView, type TraceFigures } from './traceGroup';

/** Traces as objects: of those that somebody looked at, as long as they are there. */
export class TraceViews {
  readonly #figures: TraceFigures;
  readonly #views = new Map<number, TraceView>();

  constructor(figures: TraceFigures) {
    this.#figures = figures;
  }

  of(number: number): TraceView {
    const known = this.#views.get(number);
    if (known) {
      return known;
    }
    const view = new TraceView(this.#figures, number);
    this.#views.set(number, view);
    return view;
  }

  end(number: number): void {
    this.#views.get(number)?.end();
    this.#views.delete(number);
  }

  endSome(numbers: { has(number: number): boolean }): void {
    for (const number of this.#views.keys()) {
      if (numbers.has(number)) {
        this.end(number);
      }
    }
  }
}
