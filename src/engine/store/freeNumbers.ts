/** Numbers that follow each other: of rows, say. */
export interface NumberRun {
  readonly first: number;
  readonly count: number;
}

/** Numbers of rows that are in no use, or of other things. The lowest are given out first, so what is taken together lies together. */
export class FreeNumbers {
  /** From the highest to the lowest; between two there is a number that is in use. */
  #runs: NumberRun[] = [];

  /** First number and length of each run, one after the other. */
  save(): readonly number[] {
    return this.#runs.flatMap(({ first, count }) => [first, count]);
  }

  restore(state: readonly number[]): void {
    for (let at = 0; at < state.length; at += 2) {
      this.#runs.push({ first: state[at] ?? 0, count: state[at + 1] ?? 0 });
    }
  }

  /**
   * Takes numbers that are not there, one by one and in runs. Returns the runs that they are in now, together with those that were free before.
   */
  add(numbers: readonly number[], many: readonly NumberRun[] = []): readonly NumberRun[] {
    const fresh = [...runsOf(numbers), ...many].toSorted((one, other) => other.first - one.first);
    const runs: NumberRun[] = [];
    const grown = new Set<NumberRun>();
    // both are sorted: whichever begins higher comes first
    for (let one = 0, other = 0; one < fresh.length || other < this.#runs.length;) {
      const isFresh = (fresh[one]?.first ?? -1) > (this.#runs[other]?.first ?? -1);
      const next = isFresh ? fresh[one++] : this.#runs[other++];
      const last = runs.at(-1);
      if (next === undefined) {
        break;
      }
      if (last === undefined || next.first + next.count < last.first) {
        runs.push(next);
        if (isFresh) {
          grown.add(next);
        }
        continue;
      }
      const joined = { first: next.first, count: next.count + last.count };
      runs[runs.length - 1] = joined;
      const hasGrown = grown.delete(last);
      if (isFresh || hasGrown) {
        grown.add(joined);
      }
    }
    this.#runs = runs;
    return [...grown];
  }

  /** The lowest of all. */
  take(): number | undefined {
    return this.#takeFrom(this.#runs.length - 1, 1)?.first;
  }

  /** The first numbers of the lowest run that has `least` of them, `most` at most. */
  takeRun(least: number, most: number): NumberRun | undefined {
    return this.#takeFrom(
      this.#runs.findLastIndex(({ count }) => count >= least),
      most,
    );
  }

  /** Numbers up to `end`, where all numbers end, are not kept. Returns where they end then. */
  trim(end: number): number {
    const [last] = this.#runs;
    if (last === undefined || last.first + last.count !== end) {
      return end;
    }
    this.#runs.shift();
    return last.first;
  }

  #takeFrom(index: number, most: number): NumberRun | undefined {
    const run = this.#runs[index];
    if (run === undefined) {
      return undefined;
    }
    const count = Math.min(most, run.count);
    if (count === run.count) {
      this.#runs.splice(index, 1);
    } else {
      this.#runs[index] = { first: run.first + count, count: run.count - count };
    }
    return { first: run.first, count };
  }
}

/** The lowest first. */
export function runsOf(numbers: readonly number[]): readonly NumberRun[] {
  const runs: NumberRun[] = [];
  const sorted = Float64Array.from(numbers).sort();
  for (let start = 0, end = 0; start < sorted.length; start = end) {
    const first = sorted[start] ?? 0;
    while (end < sorted.length && sorted[end] === first + end - start) {
      end++;
    }
    runs.push({ first, count: end - start });
  }
  return runs;
}
