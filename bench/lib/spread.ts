/** Where the middle of some measurements lies, and how far they reach. */
export interface Spread {
  readonly median: number;
  readonly min: number;
  readonly max: number;
}

/** Throws when nothing was measured. */
export function spreadOf(values: readonly number[]): Spread {
  const sorted = values.toSorted((one, other) => one - other);
  const middle = Math.floor(sorted.length / 2);
  const [upper, lower] = [sorted[middle], sorted[sorted.length - 1 - middle]];
  const [min, max] = [sorted[0], sorted.at(-1)];
  if (upper === undefined || lower === undefined || min === undefined || max === undefined) {
    throw new RangeError('nothing was measured');
  }
  return { median: (upper + lower) / 2, min, max };
}

/** The smallest value that is not below so large a share (0..1) of all. Throws when nothing was measured. */
export function percentileOf(values: readonly number[], share: number): number {
  const sorted = values.toSorted((one, other) => one - other);
  const value = sorted[Math.max(0, Math.ceil(sorted.length * share) - 1)];
  if (value === undefined) {
    throw new RangeError('nothing was measured');
  }
  return value;
}

/** Each value divided by the one at the same place: what is compared was measured in the same round. */
export function ratiosOf(values: readonly number[], references: readonly number[]): Spread {
  if (values.length !== references.length) {
    throw new RangeError('ratios want pairs');
  }
  return spreadOf(values.map((value, index) => value / (references[index] ?? Number.NaN)));
}
