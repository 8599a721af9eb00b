/** Keeps each text once and gives it a number. 0 is "no text". Texts are never forgotten: a re-read file brings them back. */
export class StringTable {
  readonly #texts: string[] = [''];
  readonly #ids = new Map<string, number>();

  id(text: string | undefined): number {
    if (text === undefined) {
      return 0;
    }
    const known = this.#ids.get(text);
    if (known !== undefined) {
      return known;
    }
    const id = this.#texts.length;
    this.#texts.push(text);
    this.#ids.set(text, id);
    return id;
  }

  /** The number of a text that may never have been seen: 0 then. */
  find(text: string): number {
    return this.#ids.get(text) ?? 0;
  }

  text(id: number): string | undefined {
    return id === 0 ? undefined : this.#texts[id];
  }
}
