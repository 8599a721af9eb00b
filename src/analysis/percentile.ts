/**
 * The value at `sorted[floor(count · fraction)]`, clamped to the last one: the rule of the source document's analyzer,
 * no interpolation. `sorted` ascends; undefined when it is empty.
 */
export function percentile(sorted: ArrayLike<number>, fraction: number): number | undefined {
  const index = Math.floor(sorted.length * fraction);
  return sorted[Math.min(sorted.length - 1, Math.max(0, index))];
}
