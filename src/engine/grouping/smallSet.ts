const maxInList = 8; // numbers; beyond that a search costs more than the memory of a Set

/** A set of numbers that is small nearly always: a list then, for there may be a million of them. */
export class SmallSet implements Iterable<number> {
  #list: number[] = [];
  #set: Set<number> | undefined;

  get size(): number {
    return this.#set?.size ?? this.#list.length;
  }

  add(value: number): void {
    if (this.#set) {
      this.#set.add(value);
      return;
    }
    if (this.#list.includes(value)) {
      return;
    }
    this.#list.push(value);
    if (this.#list.length > maxInList) {
      this.#set = new Set(this.#list);
      this.#list = [];
    }
  }

  delete(value: number): void {
    if (this.#set) {
      this.#set.delete(value);
      return;
    }
    this.#list = this.#list.filter(other => other !== value);
  }

  [Symbol.iterator](): Iterator<number> {
    return (this.#set ?? this.#list)[Symbol.iterator]();
  }
}
