import { toNumber } from './values';

/** Milliseconds of a figure in seconds; undefined when it is negative or no number. */
export function secondsToMs(value: unknown): number | undefined {
  const milliseconds = (toNumber(value) ?? Number.NaN) * 1e3;
  return Number.isFinite(milliseconds) && milliseconds >= 0 ? milliseconds : undefined;
}
