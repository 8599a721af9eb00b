const maxRecent = 1024;

/** Numbers of the texts that came last, by their hash: a trace's id comes again and again. */
export class RecentIds {
  readonly #ids = new Uint32Array(maxRecent);
  readonly #hashes = new Uint32Array(maxRecent);

  /** 0: none with this hash came lately. */
  get(hash: number): number {
    const at = hash % maxRecent;
    return this.#hashes[at] === hash ? (this.#ids[at] ?? 0) : 0;
  }

  set(hash: number, id: number): void {
    const at = hash % maxRecent;
    this.#ids[at] = id;
    this.#hashes[at] = hash;
  }

  clear(): void {
    this.#ids.fill(0);
  }
}
