/** Numbers that look random and are the same for the same words: a run is told again by its seed. */
export class Random {
  #state: number;

  constructor(...words: readonly (string | number)[]) {
    this.#state = 0x811c9dc5;
    for (const character of words.join(' ')) {
      this.#state = Math.imul(this.#state ^ (character.codePointAt(0) ?? 0), 0x01000193);
    }
  }

  /** 0 ≤ n < limit, whole. */
  below(limit: number): number {
    this.#state = (this.#state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(this.#state ^ (this.#state >>> 15), 1 | this.#state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return Math.floor((((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32) * limit);
  }

  /** Throws when there is nothing to choose from. */
  pick<Item>(items: readonly Item[]): Item {
    const at = this.below(items.length);
    if (at >= items.length) {
      throw new RangeError('nothing to pick from');
    }
    // within the list, so it is one of its items, undefined too
    return items[at] as Item;
  }

  shuffled<Item>(items: readonly Item[]): Item[] {
    const rest = [...items];
    return items.flatMap(() => rest.splice(this.below(rest.length), 1));
  }
}
