import type { TraceGroup } from '../grouping/traceGroup';

const noGroups: readonly TraceGroup[] = [];

/** The traces of which something is still to be found out, the newest first. */
export class OpenTraces {
  readonly #all: () => readonly TraceGroup[];
  readonly #isKnown: (group: TraceGroup) => boolean;
  readonly #revision: () => number;
  #groups = noGroups;
  #at = 0;
  /** Of the data, when the first of them was looked at. */
  #since = -1;

  /** `all`: the same list again as long as no trace is new or another one. `revision` goes up when anything may have to be found out again. */
  constructor(
    all: () => readonly TraceGroup[],
    isKnown: (group: TraceGroup) => boolean,
    revision: () => number,
  ) {
    this.#all = all;
    this.#isKnown = isKnown;
    this.#revision = revision;
  }

  /** Of all traces so many have been passed: 1 is all of them, 0 none, or nobody has asked yet. */
  get share(): number {
    if (this.#since < 0) {
      return 0;
    }
    return this.#groups.length === 0 ? 1 : this.#at / this.#groups.length;
  }

  /** The next one, the same again until it is known or passed. undefined: there is none until the revision is another one. */
  next(): TraceGroup | undefined {
    const groups = this.#all();
    const isAtEnd = this.#at >= groups.length;
    // those before the last one are known as long as the list is the same: to ask for them in every slice would take all of its time
    if (groups !== this.#groups || (isAtEnd && this.#since !== this.#revision())) {
      this.#at = 0;
      this.#groups = groups;
      this.#since = this.#revision();
    }
    for (; this.#at < groups.length; this.#at++) {
      const group = groups[this.#at];
      if (group !== undefined && !this.#isKnown(group)) {
        return group;
      }
    }
    return undefined;
  }

  /** The one that `next` gave is somebody else's. */
  pass(): void {
    this.#at++;
  }

  /** Nothing of what was known holds any more. */
  forget(): void {
    this.#groups = noGroups;
    this.#since = -1;
  }
}
