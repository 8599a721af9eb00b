import { once } from '../model/once';

/** How numbers and times are written for people. Unknown is a dash, never 0. */
export const unknownMark = '–';

const whole = once(() => new Intl.NumberFormat('en-US', { maximumFractionDigits: 0 }));
const twoDigits = once(() => new Intl.NumberFormat('en-US', { maximumFractionDigits: 2 }));
const money = once(
  () =>
    new Intl.NumberFormat('en-US', {
      style: 'currency',
      currency: 'USD',
      minimumFractionDigits: 2,
      maximumFractionDigits: 6,
    }),
);
// Swedish writes 2026-10-05 08:32:43, in the time zone of the reader
const localTime = once(
  () => new Intl.DateTimeFormat('sv-SE', { dateStyle: 'short', timeStyle: 'medium' }),
);

export function showNumber(value: number | null | undefined): string {
  return value === null || value === undefined ? unknownMark : whole().format(value);
}

/** `412 ms`, `2.69 s`. */
export function showDuration(ms: number | null | undefined): string {
  if (ms === null || ms === undefined) {
    return unknownMark;
  }
  return ms < 1000 ? `${whole().format(ms)} ms` : `${twoDigits().format(ms / 1000)} s`;
}

export function showUsd(usd: number | null | undefined): string {
  return usd === null || usd === undefined ? unknownMark : money().format(usd);
}

/** Local time to the second. */
export function showTime(time: number | null | undefined): string {
  const date = time === null || time === undefined ? undefined : new Date(time);
  return date && !Number.isNaN(date.getTime()) ? localTime().format(date) : unknownMark;
}

export function showText(text: string | null | undefined): string {
  return text === null || text === undefined || text === '' ? unknownMark : text;
}

/** `3 calls`, `1 call`. */
export function showCount(count: number, noun: string): string {
  return `${whole().format(count)} ${noun}${count === 1 ? '' : 's'}`;
}

/** ISO with milliseconds, UTC; null when unknown or no date. */
export function toIso(time: number | undefined): string | null {
  const date = time === undefined ? undefined : new Date(time);
  return date && !Number.isNaN(date.getTime()) ? date.toISOString() : null;
}
