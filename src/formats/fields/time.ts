import { isFields, toNumber } from './values';

// 2026-10-05T08:32:43.148620Z, 2026-10-05 08:12:02,368, 2026/10/05 08:12, with an offset or without
const dateTime =
  /^(\d{4})[-/](\d{2})[-/](\d{2})[T ](\d{2}):(\d{2})(?::(\d{2})(?:[.,](\d{1,9}))?)?\s?(Z|UTC|[+-]\d{2}(?::?\d{2})?)?$/i;
/** Seconds since 1970 below which a number is a counter or a duration, not a date (March 1973). */
const earliestSeconds = 1e8;

/**
 * A point in time as epoch milliseconds. Numbers by magnitude: below 1e11 seconds, below 1e14 ms, below 1e17 µs, else ns.
 * Text without a zone is read as UTC, because the naive timestamps of Python loggers mostly are, and a guess at the zone of
 * the writer would only look better.
 */
export function toTime(value: unknown): number | undefined {
  // MongoDB's exports
  if (isFields(value) && value['$date'] !== undefined && !isFields(value['$date'])) {
    return toTime(value['$date']);
  }
  if (typeof value === 'string' && value.length <= 40) {
    const parts = dateTime.exec(value.trim());
    if (parts) {
      return fromParts(parts);
    }
  }
  const number = toNumber(value);
  return number === undefined ? undefined : fromNumber(number);
}

function fromNumber(number: number): number | undefined {
  if (number < earliestSeconds) {
    return undefined;
  }
  if (number < 1e11) {
    return number * 1e3;
  }
  if (number < 1e14) {
    return number;
  }
  if (number < 1e17) {
    return number / 1e3;
  }
  return number < 1e20 ? number / 1e6 : undefined;
}

function fromParts(parts: RegExpExecArray): number | undefined {
  const [, year, month, day, hour, minute, second = '0', fraction = '', zone = 'Z'] = parts;
  const [y, mo, d] = [Number(year), Number(month), Number(day)];
  const [h, mi, s] = [Number(hour), Number(minute), Number(second)];
  if (y < 1970 || h > 23 || mi > 59 || s > 60) {
    return undefined;
  }
  const whole = Date.UTC(y, mo - 1, d, h, mi, s);
  // Date.UTC rolls 31 February over into March: such a date is none
  if (mo < 1 || mo > 12 || d < 1 || (d > 28 && d > daysIn(y, mo))) {
    return undefined;
  }
  return whole + Number(`0.${fraction || '0'}`) * 1e3 - zoneMinutes(zone) * 60_000;
}

function daysIn(year: number, month: number): number {
  return new Date(Date.UTC(year, month, 0)).getUTCDate();
}

function zoneMinutes(zone: string): number {
  if (zone.length < 2 || (zone.length === 3 && /utc/i.test(zone))) {
    return 0;
  }
  const sign = zone.startsWith('-') ? -1 : 1;
  const digits = zone.replaceAll(/\D/g, '');
  return sign * (Number(digits.slice(0, 2)) * 60 + Number(digits.slice(2, 4)));
}
