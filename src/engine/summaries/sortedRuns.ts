import { endsStep, type Steps, stepSize } from '../../analysis/steps';

const fewItems = 4 * stepSize; // that are sorted into a long run in next to no time

/** Things that come in portions, each sorted, and joined bit by bit to one long run. */
export class SortedRuns<Item> {
  readonly #compare: (one: Item, other: Item) => number;
  #runs: Item[][] = [];

  constructor(compare: (one: Item, other: Item) => number) {
    this.#compare = compare;
  }

  add(items: readonly Item[]): void {
    const run = items.toSorted(this.#compare);
    const before = this.#runs.at(-1);
    const [last, first] = [before?.at(-1), run[0]];
    if (before && last !== undefined && first !== undefined && this.#compare(last, first) <= 0) {
      run.forEach(item => before.push(item));
    } else if (first !== undefined) {
      this.#runs.push(run);
    }
  }

  /** Whether all of them, or all but a few, are one run. */
  get isNearlyOne(): boolean {
    return this.#runs.slice(1).reduce((sum, run) => sum + run.length, 0) <= fewItems;
  }

  /** Makes half as many runs of them. */
  *join(): Steps {
    const joined: Item[][] = [];
    for (let at = 0; at < this.#runs.length; at += 2) {
      joined.push(yield* this.#merge(this.#runs[at] ?? [], this.#runs[at + 1] ?? []));
    }
    this.#runs = joined;
  }

  /** All, sorted as far as nothing has changed that they are compared by. */
  all(): readonly Item[] {
    const [first = [], ...others] = this.#runs;
    return others.length === 0 ? first : this.#runs.flat().toSorted(this.#compare);
  }

  *#merge(one: readonly Item[], other: readonly Item[]): Steps<Item[]> {
    const all: Item[] = [];
    let next = 0;
    for (const [at, item] of one.entries()) {
      for (let come = other[next]; come !== undefined && this.#compare(come, item) < 0;) {
        all.push(come);
        come = other[++next];
      }
      all.push(item);
      if (endsStep(at)) {
        yield;
      }
    }
    for (let come = other[next]; come !== undefined; come = other[++next]) {
      all.push(come);
    }
    return all;
  }
}
