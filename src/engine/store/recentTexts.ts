const maxKept = 1024;
const maxKeptLength = 200; // characters of a text

/** Texts that were asked for last, by their numbers, ready to be given again. */
export class RecentTexts {
  readonly #texts: (string | undefined)[] = Array.from({ length: maxKept });
  readonly #ids = new Uint32Array(maxKept);

  /** undefined: it was not asked for lately. */
  get(id: number): string | undefined {
    const at = id % maxKept;
    return this.#ids[at] === id ? this.#texts[at] : undefined;
  }

  set(id: number, text: string): void {
    if (text.length <= maxKeptLength) {
      const at = id % maxKept;
      this.#ids[at] = id;
      this.#texts[at] = text;
    }
  }

  clear(): void {
    this.#ids.fill(0);
    this.#texts.fill(undefined);
  }
}
