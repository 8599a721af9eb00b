/** Remembers the latest entries: a session may run for weeks, what its next record refers to was said lately. */
export class Recent<T> {
  readonly #entries = new Map<string, T>();
  readonly #maxEntries: number;

  constructor(maxEntries: number) {
    this.#maxEntries = maxEntries;
  }

  get(key: string | undefined): T | undefined {
    return key === undefined ? undefined : this.#entries.get(key);
  }

  set(key: string | undefined, value: T): void {
    if (key === undefined) {
      return;
    }
    this.#entries.delete(key);
    this.#entries.set(key, value);
    if (this.#entries.size > this.#maxEntries) {
      // a map keeps the order in which keys came
      for (const oldest of this.#entries.keys()) {
        this.#entries.delete(oldest);
        break;
      }
    }
  }
}
