/** Reads numbers, and the words true, false and null. */
export function digit(at: usize): u32 {
  return <u32>load<u8>(at) - 0x30;
}

export let numberValue: f64 = 0;
/** 0: none, 1: zero, 2: whole, 3: with decimals, 4: anything else, 5: whole and too long for a double: the parser may make a text of it. */
export let numberKind: u32 = 0;
/** In place of 2 and 3 where these are not told apart. */
export const mixedNumber: u32 = 6;

/** Position after the number at `at`, 0 when it is not JSON's. */
export function numberEnd(at: usize): usize {
  let position = at;
  const isNegative = load<u8>(position) == 0x2d;
  if (isNegative) {
    position++;
  }
  const start = position;
  let digits: u64 = 0;
  let count: u32 = 0;
  while (digit(position) < 10) {
    digits = digits * 10 + digit(position);
    count++;
    position++;
  }
  if (count == 0 || (count > 1 && load<u8>(start) == 0x30)) {
    return 0;
  }
  let power: f64 = 1;
  let decimals: u32 = 0;
  if (load<u8>(position) == 0x2e) {
    position++;
    while (digit(position) < 10) {
      digits = digits * 10 + digit(position);
      power *= 10;
      decimals++;
      position++;
    }
    if (decimals == 0) {
      return 0;
    }
  }
  let hasExponent = false;
  if ((load<u8>(position) | 0x20) == 0x65) {
    hasExponent = true;
    position++;
    const sign = load<u8>(position);
    if (sign == 0x2b || sign == 0x2d) {
      position++;
    }
    const first = position;
    while (digit(position) < 10) {
      position++;
    }
    if (position == first) {
      return 0;
    }
  }
  // up to 15 digits both numbers are exact, and so is the double next to their quotient
  if (isNegative || hasExponent || count + decimals > 15) {
    numberKind = count > 15 && decimals == 0 && !hasExponent ? 5 : 4;
  } else {
    numberValue = <f64>digits / power;
    numberKind = digits == 0 ? (decimals == 0 ? 1 : 4) : decimals == 0 ? 2 : 3;
  }
  return position;
}

/** A number's order of magnitude, for fields that are read by it. The steps are those of the readers. */
export function magnitude(value: f64): u64 {
  if (value < 1) return 1;
  if (value < 100) return 2;
  if (value < 600) return 3;
  if (value < 1e8) return 4;
  if (value < 1e11) return 5;
  return value < 1e14 ? 6 : 7;
}

/** The same, roughly: what is neither very small nor very large is one thing. */
export function range(value: f64): u64 {
  const size = magnitude(value);
  return size == 2 || size == 3 ? 4 : size;
}

/** Position after `true`, `false` or `null`; 0 for anything else. */
export function wordEnd(at: usize): usize {
  const word = load<u32>(at);
  if (word == 0x65757274 || word == 0x6c6c756e) {
    return at + 4;
  }
  return word == 0x736c6166 && load<u8>(at, 4) == 0x65 ? at + 5 : 0;
}
