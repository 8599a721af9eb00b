const unitMs: ReadonlyMap<string, number> = new Map([
  ['h', 3_600_000],
  ['m', 60_000],
  ['s', 1000],
  ['ms', 1],
  ['µs', 1e-3],
  ['μs', 1e-3],
  ['us', 1e-3],
  ['ns', 1e-6],
]);
const whole = /^(?:\d{1,9}(?:\.\d{1,12})?(?:h|ms|m|s|[µμu]s|ns)){1,4}$/;
const piece = /(\d{1,9}(?:\.\d{1,12})?)(h|ms|m|s|[µμu]s|ns)/g;

/** A duration as Go prints it (`1m11s`, `48.33s`, `974.86µs`), in milliseconds. */
export function parseGoDuration(text: string): number | undefined {
  const trimmed = text.trim();
  if (trimmed.length > 60 || !whole.test(trimmed)) {
    return undefined;
  }
  let sum = 0;
  for (const [, number, unit] of trimmed.matchAll(piece)) {
    sum += Number(number) * (unitMs.get(unit ?? '') ?? 0);
  }
  return sum;
}
