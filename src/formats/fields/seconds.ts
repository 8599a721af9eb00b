import { toDurationMs } from './duration';
import { toNumber } from './values';

/** Milliseconds of a figure in seconds; undefined when it is negative, no number, or no length of time. */
export function secondsToMs(value: unknown): number | undefined {
  const seconds = toNumber(value);
  return seconds === undefined ? undefined : toDurationMs(seconds * 1e3);
}
