/** What is to be known of a text of which the characters are not. */
import { hashBytes, maxIdLength, mix } from './memory.as';
import { isTime } from './time.as';

/** The line holds something that no plan can be made for. */
export let isOdd: bool = false;

export function markOdd(): void {
  isOdd = true;
}

export function clearOdd(): void {
  isOdd = false;
}

/**
 * What characters an id is made of, as a set of bits: 1 digits, 2 letters a to f, 4 other letters, 8 one of `.:/`. 0x80: a
 * character that no id has. `-` and `_` are nothing. What is behind the text may be read, too.
 */
function characterClasses(at: usize, length: u32): u32 {
  let digits: i32 = 0;
  let hexLetters: i32 = 0;
  let letters: i32 = 0;
  let marks: i32 = 0;
  for (let left = <i32>length; left > 0; left -= 16) {
    const text = v128.load(at);
    const wanted = left < 16 ? (1 << left) - 1 : 0xffff;
    const isDigit = within(text, 0x30, 10);
    const isHexLetter = within(text, 0x61, 6);
    const isLetter = within(v128.or(text, i8x16.splat(0x20)), 0x61, 26);
    const isMark = v128.or(
      i8x16.eq(text, i8x16.splat(0x3a)),
      // the two are neighbours
      within(text, 0x2e, 2),
    );
    const isJoint = v128.or(i8x16.eq(text, i8x16.splat(0x2d)), i8x16.eq(text, i8x16.splat(0x5f)));
    const isKnown = v128.or(v128.or(isDigit, isLetter), v128.or(isMark, isJoint));
    if ((i8x16.bitmask(isKnown) & wanted) != wanted) {
      return 0x80;
    }
    digits |= i8x16.bitmask(isDigit) & wanted;
    hexLetters |= i8x16.bitmask(isHexLetter) & wanted;
    letters |= i8x16.bitmask(v128.andnot(isLetter, isHexLetter)) & wanted;
    marks |= i8x16.bitmask(isMark) & wanted;
    at += 16;
  }
  return (
    <u32>(digits != 0) |
    ((<u32>(hexLetters != 0)) << 1) |
    ((<u32>(letters != 0)) << 2) |
    ((<u32>(marks != 0)) << 3)
  );
}

/** Bytes that are one of so many from the first one on. */
function within(text: v128, first: u8, count: u8): v128 {
  return i8x16.lt_u(i8x16.sub(text, i8x16.splat(first)), i8x16.splat(count));
}

/** Characters up to which a text may be a number, a time or a length of time. */
const maxFigureLength: u32 = 60;

/** Whether a text may be read as a figure by some of its characters, and as none by others of the same kind. */
function mayBeFigure(at: usize, length: u32, classes: u32): bool {
  const first = <u32>load<u8>(at);
  const isDigit = first - 0x30 < 10;
  if (classes >= 0x80) {
    return isDigit || first == 0x20 || first == 0x2b || first == 0x2d || first == 0x2e;
  }
  const isDate = length > 4 && (load<u8>(at, 4) == 0x2d || load<u8>(at, 4) == 0x2f);
  const isOfDigits = (classes & 6) == 0 && classes != 1;
  const hasUnit = (classes & 4) != 0 && length < 16;
  return isDigit ? isDate || isOfDigits || hasUnit : first == 0x2d || first == 0x2e;
}

function isAllZeros(at: usize, length: u32): bool {
  for (let index: u32 = 0; index < length; index++) {
    const byte = load<u8>(at + index);
    if (byte != 0x30 && byte != 0x2d && byte != 0x5f) {
      return false;
    }
  }
  return true;
}

/** The kinds of ids of which it is told whether they are of letters above f, too, and nothing else of their characters. 0: of no such kind. */
function mixedKind(at: usize, length: u32, classes: u32): u32 {
  return (classes & 7) == 0 || classes & 8 || (classes == 1 && isAllZeros(at, length))
    ? 0
    : classes & 4
      ? 0x17
      : 0x13;
}

/**
 * Hash of what is to be known of a text whose characters are not. Two texts of one kind are read alike; see `sentinels.ts`. `isMixed`: ids
 * of digits are of one kind with those of digits and letters.
 */
export function textKind(at: usize, length: u32, escaped: bool, isMixed: bool): u64 {
  if (length == 0) {
    return 1;
  }
  if (!escaped && isTime(at, length)) {
    return 0x10000 | length;
  }
  const classes = escaped || length > maxIdLength ? 0x80 : characterClasses(at, length);
  if (length <= maxFigureLength && mayBeFigure(at, length, classes)) {
    markOdd();
    return 0;
  }
  if (classes < 0x80) {
    // `0000…` is how tracers write that there is no id
    const mixed = isMixed ? mixedKind(at, length, classes) : 0;
    const isZeros = mixed == 0 && load<u8>(at) == 0x30 && (classes & 6) == 0;
    let kind = mix(0x20000 | (isZeros ? 0x40000 : 0) | length, mixed == 0 ? classes : mixed);
    // `chatcmpl-`, `call_`: what kind of id it is
    let prefix: u32 = 0;
    while (prefix < 12 && prefix < length && (<u32>load<u8>(at + prefix) | 0x20) - 0x61 < 26) {
      prefix++;
    }
    const joint = prefix < length ? load<u8>(at + prefix) : 0;
    if (prefix > 0 && (joint == 0x2d || joint == 0x5f || joint == 0x3a)) {
      kind = hashBytes(kind, at, prefix + 1);
    }
    return kind;
  }
  const first = load<u8>(at);
  let kind: u64 = 0x80000;
  if (first >= 0x80) {
    // not ASCII: white space has its place there, too
    kind |= 1;
  } else if (first - 0x30 < 10) {
    kind |= 2;
  } else if ((first | 0x20) - 0x61 < 26) {
    kind |= 3;
  } else if (first == 0x20 || first == 0x5c) {
    kind |= 4;
  } else {
    kind |= (<u64>first) << 8;
  }
  const last = load<u8>(at + length - 1);
  if (last == 0x7d || last == 0x5d) {
    kind |= 0x100000;
  }
  const sizes: u64 =
    length <= 40
      ? 0
      : length <= 250
        ? 1
        : length <= 512
          ? 2
          : length <= 600
            ? 3
            : length <= 4000
              ? 4
              : length <= 60000
                ? 5
                : 6;
  return kind | (sizes << 24) | (escaped ? 0x8000000 : 0);
}
