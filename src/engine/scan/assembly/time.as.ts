/** Reads dates with times. */
import { digit } from './numbers.as';

export let timeValue: f64 = 0;

/** Two digits as a number; more than 99 when they are none. */
function twoDigits(at: usize): u32 {
  const tens = digit(at);
  const ones = digit(at + 1);
  return tens < 10 && ones < 10 ? tens * 10 + ones : 1000;
}

function daysIn(year: u32, month: u32): u32 {
  if (month == 2) {
    return year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) ? 29 : 28;
  }
  return month == 4 || month == 6 || month == 9 || month == 11 ? 30 : 31;
}

/**
 * Whether the text is a full date and time, `2026-10-05T08:32:43.148620Z` with or without fraction and zone, whose value in
 * epoch milliseconds is then in `timeValue`.
 */
export function isTime(at: usize, length: u32): bool {
  if (length < 19 || length > 35 || load<u8>(at, 4) != 0x2d || load<u8>(at, 7) != 0x2d) {
    return false;
  }
  const joint = load<u8>(at, 10);
  if ((joint != 0x54 && joint != 0x20) || load<u8>(at, 13) != 0x3a || load<u8>(at, 16) != 0x3a) {
    return false;
  }
  const yearOfCentury = twoDigits(at + 2);
  const year = twoDigits(at) * 100 + yearOfCentury;
  const month = twoDigits(at + 5);
  const day = twoDigits(at + 8);
  const hour = twoDigits(at + 11);
  const minute = twoDigits(at + 14);
  const second = twoDigits(at + 17);
  if (
    year < 1970 ||
    year > 9999 ||
    yearOfCentury > 99 ||
    month < 1 ||
    month > 12 ||
    day < 1 ||
    day > daysIn(year, month)
  ) {
    return false;
  }
  if (hour > 23 || minute > 59 || second > 59) {
    return false;
  }
  let position = at + 19;
  const end = at + length;
  let fraction: f64 = 0;
  const separator = position < end ? load<u8>(position) : 0;
  if (separator == 0x2e || separator == 0x2c) {
    position++;
    let digits: u32 = 0;
    let count: u32 = 0;
    let power: f64 = 1;
    while (position < end && digit(position) < 10 && count < 9) {
      digits = digits * 10 + digit(position);
      power *= 10;
      count++;
      position++;
    }
    if (count == 0) {
      return false;
    }
    // the nearest double of the decimal fraction, then as milliseconds: so the plain reader computes it, too
    fraction = (<f64>digits / power) * 1e3;
  }
  let zone: i32 = 0;
  if (position < end) {
    const sign = load<u8>(position);
    if (sign == 0x5a && position + 1 == end) {
      zone = 0;
    } else if ((sign == 0x2b || sign == 0x2d) && (position + 6 == end || position + 5 == end)) {
      const colon = position + 6 == end;
      if (colon && load<u8>(position, 3) != 0x3a) {
        return false;
      }
      const zoneHours = twoDigits(position + 1);
      const zoneMinutes = twoDigits(position + (colon ? 4 : 3));
      if (zoneHours > 99 || zoneMinutes > 99) {
        return false;
      }
      zone = <i32>(zoneHours * 60 + zoneMinutes) * (sign == 0x2d ? -1 : 1);
    } else {
      return false;
    }
  }
  // days since 1970, by the civil calendar
  const shifted = month <= 2 ? year - 1 : year;
  const era = shifted / 400;
  const yearOfEra = shifted - era * 400;
  const monthFromMarch = month > 2 ? month - 3 : month + 9;
  const dayOfYear = (153 * monthFromMarch + 2) / 5 + day - 1;
  const dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear;
  const days = <i32>(era * 146097 + dayOfEra) - 719468;
  const whole = <f64>days * 86400000.0 + <f64>(hour * 3600000 + minute * 60000 + second * 1000);
  timeValue = whole + fraction - <f64>zone * 60000.0;
  return true;
}
