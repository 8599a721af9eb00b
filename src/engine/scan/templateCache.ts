const bits = 10;
const size = 2 ** bits;
const maxWords = 5;

/**
 * Templates of rows by their kind and the words in which those of a kind differ, by number. A log has a few hundred of them; those that came last
 * are found quickly.
 */
export class TemplateCache {
  readonly #kinds = new Map<string, number>();
  readonly #words = new Float64Array(size * maxWords);
  readonly #templates = new Uint32Array(size);
  readonly #all = new Map<string, number>();

  /** A number for what all rows of a kind say. */
  kindOf(shared: string): number {
    const known = this.#kinds.get(shared);
    if (known !== undefined) {
      return known;
    }
    this.#kinds.set(shared, this.#kinds.size);
    return this.#kinds.size - 1;
  }

  /** undefined: it is not known yet. `words`: the kind, and four of them. */
  get(words: Float64Array): number | undefined {
    const at = placeOf(words);
    const known = this.#templates[at] ?? 0;
    if (known !== 0 && this.#isAt(at, words)) {
      return known;
    }
    const template = this.#all.get(words.join());
    if (template !== undefined) {
      this.#put(at, words, template);
    }
    return template;
  }

  set(words: Float64Array, template: number): void {
    this.#all.set(words.join(), template);
    this.#put(placeOf(words), words, template);
  }

  /** Neither words nor templates are what they were. Kinds are. */
  clear(): void {
    this.#templates.fill(0);
    this.#all.clear();
  }

  #isAt(at: number, words: Float64Array): boolean {
    const known = this.#words;
    const first = at * maxWords;
    return (
      known[first] === words[0] &&
      known[first + 1] === words[1] &&
      known[first + 2] === words[2] &&
      known[first + 3] === words[3] &&
      known[first + 4] === words[4]
    );
  }

  #put(at: number, words: Float64Array, template: number): void {
    this.#words.set(words, at * maxWords);
    this.#templates[at] = template;
  }
}

function placeOf(words: Float64Array): number {
  let sum = 0;
  for (let at = 0; at < maxWords; at++) {
    sum = Math.imul(sum ^ (words[at] ?? 0), 0x9e3779b1);
  }
  return sum >>> (32 - bits);
}
