/** Packs texts as textPacker.ts does, and sums them up as bytes.ts does. */
import { lastShapes, packedEnd, packedSlots, shapeEntry, shapes, uuidDigits } from './memory.as';

/** Numbers of textPacker.ts: a text of any length; characters before the digits; hex digits. */
const plainShape: u32 = 0;
const maxPrefix: u32 = 24;
const minDigits: u32 = 8;
const maxDigits: u32 = 64;
const uuidLength: u32 = 36;
/** The last one that there is room for, and what a text has for which there was none. */
const maxShape: u32 = 254;
const noShape: u32 = 255;
/** What the hashes of the process are made with; see bytes.ts. */
let seed: u32 = 0;
let firstFactor: u32 = 1;
let secondFactor: u32 = 1;

let shapeCount: u32 = 1;
let packedTop: usize = 0;
/** Where the text that was packed last is, and how many bytes it has. */
export let packedAt: usize = 0;
export let packedLength: u32 = 0;

export function setSecrets(one: u32, two: u32, three: u32): void {
  seed = one;
  firstFactor = two;
  secondFactor = three;
}

/** What was packed for the last scan is not needed any more. */
export function startPacking(): void {
  packedTop = packedSlots;
}

/** The text that was packed last is known already: where it is, others may be. */
export function dropPacked(): void {
  packedTop = packedAt + packedLength == packedTop ? packedAt : packedTop;
}

export function isAscii(at: usize, length: u32): bool {
  let others: u32 = 0;
  for (; length > 16; length -= 16) {
    others |= <u32>i8x16.bitmask(v128.load(at));
    at += 16;
  }
  // what is behind the text does not count
  return (others | (<u32>i8x16.bitmask(v128.load(at)) & ((1 << length) - 1))) == 0;
}

/** Whether so many bytes are the same, up to 128. What is behind them may be read, too. */
export function areSame(one: usize, other: usize, length: u32): bool {
  for (let left = <i32>length; left > 0; left -= 16) {
    const wanted = left < 16 ? (1 << left) - 1 : 0xffff;
    if ((i8x16.bitmask(i8x16.eq(v128.load(one), v128.load(other))) & wanted) != wanted) {
      return false;
    }
    one += 16;
    other += 16;
  }
  return true;
}

function mixed(hash: u32, word: u32): u32 {
  const part = rotl(word * firstFactor, 15) * secondFactor;
  return rotl(hash ^ part, 13) * 5 + 0xe6546b64;
}

/** As `sumOfBytes` of bytes.ts. */
export function sumOf(at: usize, length: u32): u32 {
  let hash = seed;
  let rest = length;
  let left = length;
  for (; left >= 4; left -= 4) {
    hash = mixed(hash, load<u32>(at));
    at += 4;
  }
  for (; left > 0; left--) {
    rest = (rest << 8) | load<u8>(at++);
  }
  return mixed(hash, rest);
}

/** Sets where the packed bytes are; returns the shape. */
export function pack(start: usize, length: u32): u32 {
  const guess = load<u8>(lastShapes + length);
  if (guess != plainShape && packAs(guess, start, length)) {
    return guess;
  }
  packedAt = start;
  packedLength = length;
  const digits = length < minDigits ? 0 : digitsOf(start, length);
  if (digits == 0) {
    return plainShape;
  }
  const shape = shapeOf(start, length, digits);
  if (shape == noShape || !packAs(shape, start, length)) {
    return noShape;
  }
  store<u8>(lastShapes + length, <u8>shape);
  return shape;
}

/** An entry of the shapes: characters before the digits u8, digits u8 (36: a UUID), and these characters from 8 on. */
function shapeOf(start: usize, length: u32, digits: u32): u32 {
  const prefix = length - digits;
  for (let shape: u32 = 1; shape < shapeCount; shape++) {
    const entry = shapes + <usize>(shape * shapeEntry);
    if (
      load<u8>(entry) == prefix &&
      load<u8>(entry, 1) == digits &&
      areSame(entry + 8, start, prefix)
    ) {
      return shape;
    }
  }
  if (shapeCount == maxShape) {
    return noShape;
  }
  const entry = shapes + <usize>(shapeCount * shapeEntry);
  store<u8>(entry, <u8>prefix);
  store<u8>(entry, <u8>digits, 1);
  memory.copy(entry + 8, start, prefix);
  return shapeCount++;
}

/** False when the text has another shape, or there is no more room. */
function packAs(shape: u32, start: usize, length: u32): bool {
  const entry = shapes + <usize>(shape * shapeEntry);
  const prefix = <u32>load<u8>(entry);
  const digits = <u32>load<u8>(entry, 1);
  if (
    prefix + digits != length ||
    packedTop + 64 > packedEnd ||
    !areSame(entry + 8, start, prefix)
  ) {
    return false;
  }
  const isUuid = digits == uuidLength;
  const from = isUuid ? withoutDashes(start + prefix) : start + prefix;
  const count: u32 = isUuid ? 32 : digits;
  if (from == 0 || !packDigits(from, count)) {
    return false;
  }
  packedAt = packedTop;
  packedLength = count >> 1;
  packedTop += packedLength;
  return true;
}

/** Where the digits of a UUID are one after the other; 0: it is none. */
function withoutDashes(at: usize): usize {
  if (
    load<u8>(at, 8) != 0x2d ||
    load<u8>(at, 13) != 0x2d ||
    load<u8>(at, 18) != 0x2d ||
    load<u8>(at, 23) != 0x2d
  ) {
    return 0;
  }
  store<u64>(uuidDigits, load<u64>(at));
  store<u32>(uuidDigits, load<u32>(at, 9), 8);
  store<u32>(uuidDigits, load<u32>(at, 14), 12);
  store<u32>(uuidDigits, load<u32>(at, 19), 16);
  store<u64>(uuidDigits, load<u64>(at, 24), 20);
  store<u32>(uuidDigits, load<u32>(at, 32), 28);
  return uuidDigits;
}

/** Packs an even number of hex digits to `packedTop`, 16 at a time; false when there is anything else among them. */
function packDigits(at: usize, count: u32): bool {
  let to = packedTop;
  for (let left = count; left > 0;) {
    const part = min(left, 16);
    const text = v128.load(at);
    const decimal = i8x16.sub(text, i8x16.splat(0x30));
    const letter = i8x16.sub(text, i8x16.splat(0x61));
    const isDecimal = i8x16.lt_u(decimal, i8x16.splat(10));
    const isLetter = i8x16.lt_u(letter, i8x16.splat(6));
    const wanted = <u32>((1 << part) - 1);
    if ((<u32>i8x16.bitmask(v128.or(isDecimal, isLetter)) & wanted) != wanted) {
      return false;
    }
    const digits = v128.bitselect(decimal, i8x16.add(letter, i8x16.splat(10)), isDecimal);
    const pairs = v128.or(i16x8.shl(digits, 4), i16x8.shr_u(digits, 8));
    const bytes = v128.and(pairs, i16x8.splat(0xff));
    v128.store64_lane(to, i8x16.narrow_i16x8_u(bytes, bytes), 0);
    at += 16;
    to += 8;
    left -= part;
  }
  return true;
}

function isDigit(byte: u32): bool {
  return byte - 0x30 < 10 || byte - 0x61 < 6;
}

/** Number of hex digits that a text ends with: 0 when it cannot be packed, 36 for a UUID. As in textPacker.ts. */
function digitsOf(start: usize, length: u32): u32 {
  const end = start + length;
  let digits: u32 = 0;
  while (digits < length && isDigit(<u32>load<u8>(end - 1 - digits))) {
    digits++;
  }
  if (digits == 12 && length >= uuidLength && isUuid(end - uuidLength)) {
    return isPrefix(start, length - uuidLength) ? uuidLength : 0;
  }
  digits = min(digits, maxDigits) & ~1;
  return digits >= minDigits && digits != uuidLength && isPrefix(start, length - digits)
    ? digits
    : 0;
}

function isUuid(at: usize): bool {
  let fine = true;
  for (let index: u32 = 0; index < uuidLength && fine; index++) {
    const byte = <u32>load<u8>(at + index);
    const isDash = index == 8 || index == 13 || index == 18 || index == 23;
    fine = isDash ? byte == 0x2d : isDigit(byte);
  }
  return fine;
}

/** Without digits before the digits: there would be a shape for each number. */
function isPrefix(at: usize, length: u32): bool {
  let fine = length <= maxPrefix;
  for (let index: u32 = 0; index < length && fine; index++) {
    fine = <u32>load<u8>(at + index) - 0x30 >= 10;
  }
  return fine;
}
