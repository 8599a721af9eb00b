const maxChanges = 100; // that are told apart; of older ones it is said that as many spans are others as of the oldest of these

/** How many of the first spans of a list are the same since one of its versions. */
export class SameSpans {
  /** By version; each left more of the list the same than the one before, for what leaves less makes those before it meaningless. */
  #changes: { readonly version: number; readonly same: number }[] = [];

  /** The list has this version now, and the first `same` spans are those of the version before. */
  note(version: number, same: number): void {
    const before = this.#changes.filter(change => change.same < same);
    const [first, second] = before;
    if (first && second && before.length >= maxChanges) {
      before.splice(0, 2, { version: second.version, same: first.same });
    }
    this.#changes = [...before, { version, same }];
  }

  since(version: number): number {
    return this.#changes.find(change => change.version > version)?.same ?? Number.POSITIVE_INFINITY;
  }
}
