const segmentBits = 6;
const firstSlots = 16; // of a segment
const maxLoad = 0.93;
const growth = 2;
const minGrowth = 1.25;
/** What is expected is not always what comes: a segment never becomes so many times as large at once. */
const maxGrowth = 64;
/** Where it is known how many there will be, they are given some more slots than that: what comes is within two hundredths of it. */
const slotsForEach = 1.11;
const idBits = 26; // 67 million texts or rows: gigabytes of them
const idMask = 2 ** idBits - 1;
// of a hash: what is beside an id, and what tells places in a segment apart. Powers are worked out once: they cost more than a look at the table
const tagMask = 2 ** (32 - idBits) - 1;
const homes = 2 ** (32 - segmentBits);
const homeMask = homes - 1;

export interface SlotsState {
  readonly segments: readonly Uint32Array[];
  readonly counts: readonly number[];
}

/**
 * Finds numbers by a hash of what they stand for: open addressing in 64 segments that grow one by one, so that never all of it is copied.
 * `first` and `next` give the candidates for a hash; what they stand for is known to the caller alone.
 */
export class HashSlots {
  // with a sign: V8 makes an object of a whole number from 2^31 on wherever it does not know better
  #segments: Int32Array[];
  #counts: number[];
  readonly #hashOf: (id: number) => number;
  /** Means nothing: the compiler leaves out what goes nowhere. */
  fetched = 0;
  #factor = 1;
  #size = 0;
  #segment = 0;
  #slot = 0;
  #tag = 0;

  /** `hashOf`: the hash again with which a number was added. */
  constructor(hashOf: (id: number) => number) {
    this.#hashOf = hashOf;
    this.#segments = Array.from({ length: 2 ** segmentBits }, () => none);
    this.#counts = this.#segments.map(() => 0);
  }

  save(): SlotsState {
    const segments = this.#segments.map(
      ({ buffer, byteOffset, length }) => new Uint32Array(buffer, byteOffset, length),
    );
    return { segments, counts: this.#counts };
  }

  /** With the hashes of the process that saved them: see `useHashSecrets`. */
  restore({ segments, counts }: SlotsState): void {
    this.#segments = segments.map(
      ({ buffer, byteOffset, length }) => new Int32Array(buffer, byteOffset, length),
    );
    this.#counts = [...counts];
    this.#size = counts.reduce((sum, count) => sum + count, 0);
  }

  /** There will be so many times as many numbers as there are now: what grows meanwhile need not grow again. */
  expect(factor: number): void {
    this.#factor = factor;
  }

  /** The first candidate, or 0. Hashes are whole numbers of 32 bits, with a sign or without. */
  first(hash: number): number {
    this.#segment = hash >>> (32 - segmentBits);
    this.#tag = hash & tagMask;
    this.#slot = homeOf(hash, this.#segments[this.#segment]?.length ?? 0);
    return this.#candidate();
  }

  /** The candidate after the last one that was given, or 0. */
  next(): number {
    this.#advance();
    return this.#candidate();
  }

  /** Adds a number from 1 that `first` and `next` have not given. */
  add(hash: number, id: number): void {
    if (id > idMask) {
      throw new RangeError('there are too many texts or records');
    }
    const at = hash >>> (32 - segmentBits);
    const count = (this.#counts[at] ?? 0) + 1;
    this.#counts[at] = count;
    this.#size++;
    const segment = this.#segments[at] ?? none;
    if (count > segment.length * maxLoad) {
      this.#grow(at, segment);
    }
    insert(this.#segments[at] ?? none, hash, id);
  }

  /** The same for the hash that was looked for last, of which there is no other candidate. */
  addLast(hash: number, id: number): void {
    const segment = this.#segments[this.#segment] ?? none;
    const count = (this.#counts[this.#segment] ?? 0) + 1;
    if (id > idMask || count > segment.length * maxLoad) {
      this.add(hash, id);
      return;
    }
    this.#counts[this.#segment] = count;
    this.#size++;
    segment[this.#slot] = entryOf(hash, id);
  }

  /**
   * Where the first so many of these hashes would stand, is hardly ever in the processor's cache; looked at together, and with nothing else between
   * them, it comes in a fraction of the time.
   */
  fetch(hashes: Int32Array, count: number): void {
    let seen = 0;
    for (let at = 0; at < count; at++) {
      const hash = hashes[at] ?? 0;
      const segment = this.#segments[hash >>> (32 - segmentBits)] ?? none;
      seen ^= segment[homeOf(hash, segment.length)] ?? 0;
    }
    this.fetched = seen;
  }

  /** Takes out a number; false: it is not there. */
  remove(hash: number, id: number): boolean {
    const at = hash >>> (32 - segmentBits);
    const segment = this.#segments[at] ?? none;
    let hole = homeOf(hash, segment.length);
    for (let entry = segment[hole] ?? 0; (entry & idMask) !== id; entry = segment[hole] ?? 0) {
      if (entry === 0) {
        return false;
      }
      hole = hole + 1 === segment.length ? 0 : hole + 1;
    }
    segment[hole] = 0;
    this.#counts[at] = (this.#counts[at] ?? 0) - 1;
    this.#size--;
    // those behind the hole may have their home before it: they are put in again, up to the next hole
    for (let slot = (hole + 1) % segment.length; segment[slot] !== 0;) {
      const moved = (segment[slot] ?? 0) & idMask;
      segment[slot] = 0;
      insert(segment, this.#hashOf(moved), moved);
      slot = slot + 1 === segment.length ? 0 : slot + 1;
    }
    return true;
  }

  /** Takes out all numbers that are not to be kept, part by part: those of all parts together would hold the thread. */
  *retain(isKept: (id: number) => boolean): Generator<void> {
    for (const at of this.#segments.keys()) {
      this.#retainIn(at, isKept);
      yield;
    }
  }

  #retainIn(at: number, isKept: (id: number) => boolean): void {
    const segment = this.#segments[at] ?? none;
    const retained = new Int32Array(segment.length);
    let count = 0;
    for (const entry of segment) {
      const id = entry & idMask;
      if (id !== 0 && isKept(id)) {
        insert(retained, this.#hashOf(id), id);
        count++;
      }
    }
    this.#size += count - (this.#counts[at] ?? 0);
    this.#counts[at] = count;
    this.#segments[at] = retained;
  }

  #candidate(): number {
    const segment = this.#segments[this.#segment] ?? none;
    const { length } = segment;
    let slot = this.#slot;
    let entry = segment[slot] ?? 0;
    while (entry !== 0 && entry >>> idBits !== this.#tag) {
      slot = slot + 1 >= length ? 0 : slot + 1;
      entry = segment[slot] ?? 0;
    }
    this.#slot = slot;
    return entry & idMask;
  }

  #advance(): void {
    const length = this.#segments[this.#segment]?.length ?? 0;
    this.#slot = this.#slot + 1 >= length ? 0 : this.#slot + 1;
  }

  #grow(at: number, segment: Int32Array): void {
    // of all segments together: of one it would be a guess
    const wanted =
      this.#factor > growth
        ? (this.#size / 2 ** segmentBits) * Math.min(this.#factor, maxGrowth) * slotsForEach
        : segment.length * growth;
    const least = Math.max(firstSlots, segment.length * minGrowth);
    const grown = new Int32Array(Math.ceil(Math.max(least, wanted)));
    for (const entry of segment) {
      if (entry !== 0) {
        insert(grown, this.#hashOf(entry & idMask), entry & idMask);
      }
    }
    this.#segments[at] = grown;
  }
}

const none = new Int32Array(0);

/** The bits below those of the segment, spread evenly over any number of slots. */
function homeOf(hash: number, length: number): number {
  return (((hash & homeMask) * length) / homes) | 0;
}

function insert(segment: Int32Array, hash: number, id: number): void {
  let slot = homeOf(hash, segment.length);
  while (segment[slot] !== 0) {
    slot = slot + 1 === segment.length ? 0 : slot + 1;
  }
  segment[slot] = entryOf(hash, id);
}

function entryOf(hash: number, id: number): number {
  return (hash << idBits) | id;
}
