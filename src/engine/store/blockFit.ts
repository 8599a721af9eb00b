import { SparseRows } from './sparseRows';

export type Codes = Uint8Array | Uint16Array | Uint32Array | Float64Array;

/** Rows of a block: so few that ids given one after the other differ by less than 65,536, so many that the blocks weigh nothing. */
export const blockRows = 16_384;
const scales: readonly number[] = [1, 10, 100, 1000];
const widths: readonly (1 | 2 | 4)[] = [1, 2, 4];
const maxExact = 2 ** 53;

const distances = new Float64Array(blockRows); // shared, as a fit is made in one go

/** What is to be packed, and how it was before. */
interface Wanted {
  /** Row that does not fit into what there is. */
  readonly at: number;
  /** Rows for which there shall be room. */
  readonly length: number;
  readonly empty: number;
  /** undefined: as the numbers ascend. */
  readonly slope: number | undefined;
  readonly scale: number;
  /** Of a code, at least. */
  readonly bytes: 1 | 2 | 4;
  readonly maxApart: number;
}

/** How the rows of a block are kept: see `PackedBlock`. */
export interface Fit {
  readonly codes: Codes;
  readonly base: number;
  readonly slope: number;
  readonly scale: number;
  readonly bytes: 1 | 2 | 4;
  readonly apartCode: number;
  readonly apart: SparseRows;
}

/** Packs numbers into as few bytes as they need; undefined when there are too many of all kinds. */
export function fit(numbers: Float64Array, wanted: Wanted): Fit | undefined {
  const { empty } = wanted;
  const isEmpty = (number: number) => number === empty || Number.isNaN(number);
  for (const scale of scales.filter(one => one >= wanted.scale)) {
    const slope =
      wanted.slope === undefined
        ? slopeOf(numbers, isEmpty) * scale
        : (wanted.slope * scale) / wanted.scale;
    let known = 0;
    let inexact = 0;
    let lowest = Number.POSITIVE_INFINITY;
    let highest = Number.NEGATIVE_INFINITY;
    for (let row = 0; row < numbers.length; row++) {
      const number = numbers[row] ?? 0;
      if (isEmpty(number)) {
        continue;
      }
      const whole = Math.round(number * scale);
      if (whole / scale === number && Math.abs(whole) <= maxExact) {
        const distance = whole - slope * row;
        distances[known++] = distance;
        lowest = Math.min(lowest, distance);
        highest = Math.max(highest, distance);
      } else {
        inexact++;
      }
    }
    if (inexact > wanted.maxApart) {
      continue;
    }
    const reach = known === 0 ? { lowest: 0, highest: 0 } : { lowest, highest };
    const value = numbers[wanted.at] ?? empty;
    const distance = Math.round(value * scale) - slope * wanted.at;
    const line = chooseLine(
      { ...reach, distances: distances.subarray(0, known) },
      distance,
      wanted,
      wanted.maxApart - inexact,
    );
    return line && encode(numbers, { ...line, slope, scale }, wanted.length, isEmpty);
  }
  return undefined;
}

/** How far the distances from a line reach. */
interface Reach {
  readonly lowest: number;
  readonly highest: number;
  readonly distances: Float64Array;
}

/** `distance`: of the number that did not fit before. */
function chooseLine(
  all: Reach,
  distance: number,
  { bytes: least, empty }: Wanted,
  maxApart: number,
): Pick<Fit, 'base' | 'bytes' | 'apartCode'> | undefined {
  let isSorted = false;
  for (const bytes of widths.filter(one => one >= least)) {
    const apartCode = 2 ** (8 * bytes) - 1;
    const most = apartCode - 1;
    let { lowest, highest } = all;
    if (highest - lowest >= most) {
      if (!isSorted) {
        all.distances.sort();
        isSorted = true;
      }
      const { first, count } = widestGroup(all.distances, most - 1);
      if (all.distances.length - count > maxApart) {
        continue;
      }
      lowest = all.distances[first] ?? 0;
      highest = all.distances[first + count - 1] ?? 0;
    }
    const natural = empty === 0 ? 0 : -1;
    const spare = most - (highest - lowest) - 1;
    const below = distance === lowest && highest > lowest ? Math.floor(spare / 2) : 0;
    const isNatural = lowest > natural && highest - natural <= most;
    return { base: isNatural ? natural : lowest - 1 - below, bytes, apartCode };
  }
  return undefined;
}

/** Of sorted numbers the largest group that differ by no more than `reach`. */
function widestGroup(
  sorted: Float64Array,
  reach: number,
): { readonly first: number; readonly count: number } {
  let best = { first: 0, count: 0 };
  let end = 0;
  for (let first = 0; first < sorted.length && end < sorted.length; first++) {
    while (end < sorted.length && (sorted[end] ?? 0) - (sorted[first] ?? 0) <= reach) {
      end++;
    }
    if (end - first > best.count) {
      best = { first, count: end - first };
    }
  }
  return best;
}

function encode(
  numbers: Float64Array,
  line: Omit<Fit, 'codes' | 'apart'>,
  length: number,
  isEmpty: (number: number) => boolean,
): Fit {
  const { base, slope, scale, bytes, apartCode } = line;
  const codes = createCodes(bytes, length);
  const apart = new SparseRows();
  for (let row = 0; row < numbers.length; row++) {
    const number = numbers[row] ?? 0;
    if (isEmpty(number)) {
      continue;
    }
    const start = base + slope * row;
    const code = Math.round(number * scale) - start;
    if (code >= 1 && code < apartCode && (start + code) / scale === number) {
      codes[row] = code;
    } else {
      codes[row] = apartCode;
      apart.set(row, number);
    }
  }
  return { ...line, codes, apart };
}

/** From the first known number to the last. */
function slopeOf(numbers: Float64Array, isEmpty: (number: number) => boolean): number {
  const first = numbers.findIndex(number => !isEmpty(number));
  const last = numbers.findLastIndex(number => !isEmpty(number));
  return last > first
    ? Math.round(((numbers[last] ?? 0) - (numbers[first] ?? 0)) / (last - first))
    : 0;
}

/** The same codes with room for more. */
export function withRoom(codes: Codes, length: number): Codes {
  const longer =
    codes instanceof Float64Array
      ? new Float64Array(length)
      : createCodes(codes instanceof Uint8Array ? 1 : codes instanceof Uint16Array ? 2 : 4, length);
  longer.set(codes);
  return longer;
}

function createCodes(bytes: 1 | 2 | 4, length: number): Codes {
  switch (bytes) {
    case 1:
      return new Uint8Array(length);
    case 2:
      return new Uint16Array(length);
    case 4:
      return new Uint32Array(length);
  }
}
