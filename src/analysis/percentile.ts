/**
 * The value at `sorted[floor(count · fraction)]`, clamped to the last one: the rule of the source document's analyzer,
 * no interpolation. `sorted` ascends; undefined when it is empty.
 */
export function percentile(sorted: ArrayLike<number>, fraction: number): number | undefined {
  return sorted[percentileIndex(sorted.length, fraction)];
}

/** Where that value stands among so many; -1 among none. */
export function percentileIndex(count: number, fraction: number): number {
  return Math.min(count - 1, Math.max(0, Math.floor(count * fraction)));
}
