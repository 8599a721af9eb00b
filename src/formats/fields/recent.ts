/**
 * Remembers the latest entries: a session may run for weeks, what its next record refers to was said lately. As many as are asked for, and up to
 * twice as many. They are forgotten together: a map from which the oldest entry is taken each time looks for it behind the gaps of all those taken before.
 */
export class Recent<T> {
  readonly #minEntries: number;
  #latest = new Map<string, T>();
  #before = new Map<string, T>();

  constructor(minEntries: number) {
    this.#minEntries = minEntries;
  }

  get(key: string | undefined): T | undefined {
    return key === undefined ? undefined : (this.#latest.get(key) ?? this.#before.get(key));
  }

  set(key: string | undefined, value: T): void {
    if (key === undefined) {
      return;
    }
    this.#latest.set(key, value);
    if (this.#latest.size >= this.#minEntries) {
      this.#before = this.#latest;
      this.#latest = new Map();
    }
  }
}
