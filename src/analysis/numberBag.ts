import { percentileIndex } from './percentile';

const chunkLength = 8192; // numbers

/** Numbers in no order, 8 bytes each and never copied while they come. */
export class NumberBag {
  readonly #chunks: Float64Array[] = [];
  #length = 0;

  add(value: number): void {
    const at = this.#length++ % chunkLength;
    if (at === 0) {
      this.#chunks.push(new Float64Array(chunkLength));
    }
    const chunk = this.#chunks[this.#chunks.length - 1];
    if (chunk) {
      chunk[at] = value;
    }
  }

  get length(): number {
    return this.#length;
  }

  /** All numbers of some bags, one bag after the other. */
  static join(bags: readonly NumberBag[]): Float64Array {
    const all = new Float64Array(bags.reduce((sum, bag) => sum + bag.#length, 0));
    let at = 0;
    for (const bag of bags) {
      bag.#chunks.forEach((chunk, index) => {
        const used = Math.min(chunkLength, bag.#length - index * chunkLength);
        all.set(chunk.subarray(0, used), at);
        at += used;
      });
    }
    return all;
  }
}

/** See `percentile`; the fractions ascend. Changes the order of the numbers, and only as far as it must: a million are not sorted. */
export function percentilesOf(
  numbers: Float64Array,
  fractions: readonly number[],
): readonly (number | undefined)[] {
  let first = 0;
  return fractions.map(fraction => {
    const index = percentileIndex(numbers.length, fraction);
    if (index >= 0) {
      select(numbers, index, first);
      first = index;
    }
    return numbers[index];
  });
}

/** Puts the number at `index` that would be there if all from `first` on were sorted (Hoare's FIND). */
function select(numbers: Float64Array, index: number, first: number): void {
  let low = first;
  let high = numbers.length - 1;
  // numbers that split badly again and again are sorted
  for (let round = 0; low < high; round++) {
    if (round > maxRounds) {
      numbers.subarray(low, high + 1).sort();
      return;
    }
    const pivot = middleOf(numbers[low] ?? 0, numbers[(low + high) >>> 1] ?? 0, numbers[high] ?? 0);
    let up = low;
    let down = high;
    while (up <= down) {
      while ((numbers[up] ?? 0) < pivot) {
        up++;
      }
      while ((numbers[down] ?? 0) > pivot) {
        down--;
      }
      if (up <= down) {
        const swapped = numbers[up] ?? 0;
        numbers[up++] = numbers[down] ?? 0;
        numbers[down--] = swapped;
      }
    }
    if (index <= down) {
      high = down;
    } else if (index >= up) {
      low = up;
    } else {
      return;
    }
  }
}

const maxRounds = 64;

function middleOf(one: number, two: number, three: number): number {
  return Math.max(Math.min(one, two), Math.min(Math.max(one, two), three));
}
