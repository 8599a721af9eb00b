import { percentileIndex } from './percentile';

const chunkLength = 8192; // numbers
const unit = 1000; // numbers are kept as thousandths where that is exact: durations nearly always
const maxCode = 2 ** 32 - 1;
const bucketBits = 16;
const fewNumbers = 16_384; // copying them costs less than counting
const maxRounds = 64;

type Numbers = Uint32Array | Float64Array;

/** A list that grows without ever being copied. */
class Chunks {
  length = 0;
  readonly #make: (length: number) => Numbers;
  readonly #chunks: Numbers[] = [];

  constructor(make: (length: number) => Numbers) {
    this.#make = make;
  }

  push(value: number): void {
    const at = this.length++ % chunkLength;
    if (at === 0) {
      this.#chunks.push(this.#make(chunkLength));
    }
    const chunk = this.#chunks[this.#chunks.length - 1];
    if (chunk) {
      chunk[at] = value;
    }
  }

  /** Gives it piece by piece. */
  each(take: (piece: Numbers) => void): void {
    this.#chunks.forEach((chunk, index) =>
      take(chunk.subarray(0, Math.min(chunkLength, this.length - index * chunkLength))),
    );
  }
}

/** Numbers in no order: 4 bytes each if they have at most three decimals, else 8. */
export class NumberBag {
  /** Thousandths. */
  readonly #codes = new Chunks(length => new Uint32Array(length));
  /** Numbers that are no whole thousandths, negative or very large. */
  readonly #others = new Chunks(length => new Float64Array(length));

  add(value: number): void {
    const code = Math.round(value * unit);
    if (code >= 0 && code <= maxCode && code / unit === value) {
      this.#codes.push(code);
    } else {
      this.#others.push(value);
    }
  }

  get length(): number {
    return this.#codes.length + this.#others.length;
  }

  /** See `percentile`, of all numbers of some bags; the fractions ascend. A million numbers are not sorted, and few of them copied. */
  static percentiles(
    bags: readonly NumberBag[],
    fractions: readonly number[],
  ): readonly (number | undefined)[] {
    const length = bags.reduce((sum, bag) => sum + bag.length, 0);
    if (length <= fewNumbers || bags.some(bag => bag.#others.length > 0)) {
      return percentilesOf(NumberBag.#join(bags, length), fractions);
    }
    const counts = NumberBag.#countBuckets(bags);
    let bucket = 0;
    let below = 0; // numbers in the buckets before
    return fractions.map(fraction => {
      const index = percentileIndex(length, fraction);
      while (index >= below + (counts[bucket] ?? Number.POSITIVE_INFINITY)) {
        below += counts[bucket++] ?? 0;
      }
      const codes = NumberBag.#inBucket(bags, bucket, counts[bucket] ?? 0);
      const [code] = percentilesAt(codes, [index - below]);
      return code === undefined ? undefined : code / unit;
    });
  }

  /** How many codes begin with which bits. */
  static #countBuckets(bags: readonly NumberBag[]): Uint32Array {
    const counts = new Uint32Array(2 ** (32 - bucketBits));
    for (const bag of bags) {
      bag.#codes.each(codes => {
        // by index: until V8 has compiled it, `for of` makes an object for each number
        for (let index = 0; index < codes.length; index++) {
          const bucket = (codes[index] ?? 0) >>> bucketBits;
          counts[bucket] = (counts[bucket] ?? 0) + 1;
        }
      });
    }
    return counts;
  }

  static #inBucket(bags: readonly NumberBag[], bucket: number, count: number): Uint32Array {
    const found = new Uint32Array(count);
    let at = 0;
    for (const bag of bags) {
      bag.#codes.each(codes => {
        for (let index = 0; index < codes.length; index++) {
          const code = codes[index] ?? 0;
          if (code >>> bucketBits === bucket) {
            found[at++] = code;
          }
        }
      });
    }
    return found;
  }

  static #join(bags: readonly NumberBag[], length: number): Float64Array {
    const all = new Float64Array(length);
    let at = 0;
    for (const bag of bags) {
      bag.#codes.each(codes => codes.forEach(code => (all[at++] = code / unit)));
      bag.#others.each(numbers => {
        all.set(numbers, at);
        at += numbers.length;
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
  return percentilesAt(
    numbers,
    fractions.map(fraction => percentileIndex(numbers.length, fraction)),
  );
}

/** The numbers that would stand at these indices, which ascend, if all were sorted. */
function percentilesAt(
  numbers: Numbers,
  indices: readonly number[],
): readonly (number | undefined)[] {
  let first = 0;
  return indices.map(index => {
    if (index >= 0) {
      select(numbers, index, first);
      first = index;
    }
    return numbers[index];
  });
}

/** Puts the number at `index` that would be there if all from `first` on were sorted (Hoare's FIND). */
function select(numbers: Numbers, index: number, first: number): void {
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

function middleOf(one: number, two: number, three: number): number {
  return Math.max(Math.min(one, two), Math.min(Math.max(one, two), three));
}
