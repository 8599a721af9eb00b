/** First index in [0, length) for which `isAfter` holds; `length` when none. `isAfter` must be monotonic. */
export function lowerBound(length: number, isAfter: (index: number) => boolean): number {
  let low = 0;
  let high = length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (isAfter(middle)) {
      high = middle;
    } else {
      low = middle + 1;
    }
  }
  return low;
}
