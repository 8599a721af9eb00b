/** A number as messages write it: `131,422`, `30000`, `128k`, `1M`, `3.000000`. */
export const numeral = String.raw`\d[\d,]{0,14}(?:\.\d{1,12})?(?: ?[kKM]\b)?`;

/** The value of a `numeral`; undefined for what is none, such as `14.xxx`. */
export function readNumeral(text: string): number | undefined {
  const match = /^(\d[\d,]{0,14}(?:\.\d{1,12})?) ?([kKM])?$/.exec(text.trim());
  if (match?.[1] === undefined) {
    return undefined;
  }
  const value = Number(match[1].replaceAll(',', ''));
  const factor = match[2] === undefined ? 1 : match[2] === 'M' ? 1_000_000 : 1000;
  return Number.isFinite(value) ? value * factor : undefined;
}

const secondsPerUnit: readonly (readonly [RegExp, number])[] = [
  [/^(?:ms|millis)/i, 0.001],
  [/^s/i, 1],
  [/^m/i, 60],
  [/^h/i, 3600],
  [/^d/i, 86_400],
];

/** Seconds of a duration as messages write it: `6ms`, `7m12s`, `20.04s`, `2 minutes`, `1h0m5s`. */
export function readDuration(text: string): number | undefined {
  let seconds: number | undefined;
  for (const match of text.matchAll(/(\d{1,9}(?:\.\d{1,12})?) ?([a-z]{1,12})/gi)) {
    const unit = secondsPerUnit.find(([pattern]) => pattern.test(match[2] ?? ''));
    if (unit === undefined) {
      break;
    }
    // Adding in thousandths of a second keeps 0.1 + 0.2 from showing its tail.
    seconds = (seconds ?? 0) + Number(match[1]) * unit[1];
  }
  return seconds === undefined ? undefined : Number(seconds.toFixed(9));
}
