import type { TraceGroup } from '../grouping/traceGroup';

const noGroups: readonly TraceGroup[] = [];

/** The traces of which something is still to be found out, the newest first. */
export class OpenTraces {
  readonly #all: () => readonly TraceGroup[];
  readonly #isKnown: (group: TraceGroup) => boolean;
  #groups = noGroups;
  #at = 0;

  /** `all`: the same list again as long as no trace is new or another one. */
  constructor(all: () => readonly TraceGroup[], isKnown: (group: TraceGroup) => boolean) {
    this.#all = all;
    this.#isKnown = isKnown;
  }

  /** The next one, the same again until it is known. undefined: there is none, and the next time all are asked for again. */
  next(): TraceGroup | undefined {
    const groups = this.#all();
    // those before the last one are known as long as the list is the same: to ask for them in every slice would take all of its time
    this.#at = groups === this.#groups ? this.#at : 0;
    this.#groups = groups;
    for (; this.#at < groups.length; this.#at++) {
      const group = groups[this.#at];
      if (group !== undefined && !this.#isKnown(group)) {
        return group;
      }
    }
    this.forget();
    return undefined;
  }

  /** Nothing of what was known holds any more. */
  forget(): void {
    this.#groups = noGroups;
  }
}
