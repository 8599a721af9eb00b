const firstBytes = 1024;

/** A set of whole numbers, a bit each: for numbers of a table, which have no gaps. 0 stands for none and is never in it. */
export class NumberSet {
  #bits = new Uint8Array(firstBytes);
  #size = 0;

  get size(): number {
    return this.#size;
  }

  has(number: number): boolean {
    return ((this.#bits[number >>> 3] ?? 0) & (1 << (number & 7))) !== 0;
  }

  add(number: number): void {
    const at = number >>> 3;
    if (at >= this.#bits.length) {
      const grown = new Uint8Array(2 ** Math.ceil(Math.log2(at + 1)));
      grown.set(this.#bits);
      this.#bits = grown;
    }
    const bit = 1 << (number & 7);
    const bits = this.#bits[at] ?? 0;
    if (number !== 0 && (bits & bit) === 0) {
      this.#bits[at] = bits | bit;
      this.#size++;
    }
  }
}
