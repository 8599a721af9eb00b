/** Finds the ends of texts and whether there is anything in them. */
/** Whether the texts since `clearEscape` had an escape in them. */
export let hasEscape: bool = false;

export function clearEscape(): void {
  hasEscape = false;
}

const quotes: v128 = i8x16.splat(0x22);
const backslashes: v128 = i8x16.splat(0x5c);
const spaces: v128 = i8x16.splat(0x20);
/** What may follow a backslash, but for `u`: a byte is one of them when the bits for its two halves have one in common. */
const escapesByLow: v128 = i8x16(0, 0, 13, 0, 8, 0, 4, 0, 0, 0, 0, 0, 2, 0, 4, 1);
const escapesByHigh: v128 = i8x16(0, 0, 1, 0, 0, 2, 4, 8, 0, 0, 0, 0, 0, 0, 0, 0);
const lowHalf: v128 = i8x16.splat(0x0f);
const evenBits: u64 = 0x5555555555555555;

/** Whether the first byte of the next block stands behind a backslash. */
let carry: u64 = 0;

function isHex(byte: u32): bool {
  return byte - 0x30 < 10 || (byte | 0x20) - 0x61 < 6;
}

function bits(one: v128, two: v128, three: v128, four: v128): u64 {
  return (
    <u64>(<u32>i8x16.bitmask(one)) |
    ((<u64>(<u32>i8x16.bitmask(two))) << 16) |
    ((<u64>(<u32>i8x16.bitmask(three))) << 32) |
    ((<u64>(<u32>i8x16.bitmask(four))) << 48)
  );
}

/** Bytes behind an odd number of backslashes, by an addition that carries through each row of them, as simdjson does it. */
function escapedBy(slashes: u64): u64 {
  const own = slashes & ~carry;
  const behind = (own << 1) | carry;
  const oddStarts = own & ~evenBits & ~behind;
  const sum = oddStarts + own;
  carry = <u64>(sum < oddStarts);
  return (evenBits ^ (sum << 1)) & behind;
}

/** Bytes that are no escape, whatever stands before them. */
function noEscapes(v: v128): v128 {
  const low = i8x16.swizzle(escapesByLow, v128.and(v, lowHalf));
  const high = i8x16.swizzle(escapesByHigh, i8x16.shr_u(v, 4));
  return i8x16.eq(v128.and(low, high), i8x16.splat(0));
}

/** Whether each of these bytes of a block is the `u` of four hex digits. */
function areUnicode(at: usize, places: u64): bool {
  let fine = true;
  while (places != 0 && fine) {
    const byte = at + <usize>ctz(places);
    fine =
      load<u8>(byte) == 0x75 &&
      isHex(load<u8>(byte, 1)) &&
      isHex(load<u8>(byte, 2)) &&
      isHex(load<u8>(byte, 3)) &&
      isHex(load<u8>(byte, 4));
    places &= places - 1;
  }
  return fine;
}

/** `at`: after the opening quote. Position of the closing quote, 0 when there is none or the text is not JSON's. */
export function textEnd(at: usize): usize {
  const first = v128.load(at);
  const special = v128.or(
    v128.or(i8x16.eq(first, quotes), i8x16.eq(first, backslashes)),
    i8x16.lt_u(first, spaces),
  );
  const mask = <u32>i8x16.bitmask(special);
  if (mask != 0) {
    const found = at + ctz(mask);
    const byte = load<u8>(found);
    if (byte != 0x5c) {
      return byte == 0x22 ? found : 0;
    }
  }
  carry = 0;
  let end: u64 = 0;
  while (end == 0) {
    const one = v128.load(at);
    const two = v128.load(at, 16);
    const three = v128.load(at, 32);
    const four = v128.load(at, 48);
    end = bits(
      v128.or(i8x16.eq(one, quotes), i8x16.lt_u(one, spaces)),
      v128.or(i8x16.eq(two, quotes), i8x16.lt_u(two, spaces)),
      v128.or(i8x16.eq(three, quotes), i8x16.lt_u(three, spaces)),
      v128.or(i8x16.eq(four, quotes), i8x16.lt_u(four, spaces)),
    );
    const slashes = bits(
      i8x16.eq(one, backslashes),
      i8x16.eq(two, backslashes),
      i8x16.eq(three, backslashes),
      i8x16.eq(four, backslashes),
    );
    if ((slashes | carry) != 0) {
      const escaped = escapedBy(slashes);
      const wrong = bits(noEscapes(one), noEscapes(two), noEscapes(three), noEscapes(four));
      // a control character ends the text even behind a backslash: it is none of JSON's
      end &= ~(escaped & ~wrong);
      const inText = end == 0 ? ~(<u64>0) : (end & -end) - 1;
      hasEscape = hasEscape || (slashes & inText) != 0 || (escaped & inText) != 0;
      if (!areUnicode(at, escaped & wrong & inText)) {
        return 0;
      }
    }
    at += 64;
  }
  const found = at - 64 + <usize>ctz(end);
  return load<u8>(found) == 0x22 ? found : 0;
}

/** U+0085, U+00A0, U+1680, U+2000 to U+200A, U+2028, U+2029, U+202F, U+205F, U+3000 and U+FEFF. */
function isWideSpace(at: usize): bool {
  const two = <u32>load<u16>(at);
  const third = <u32>load<u8>(at, 2);
  if (two == 0x85c2 || two == 0xa0c2) {
    return true;
  }
  if (two == 0x80e2) {
    return third <= 0x8a || third == 0xa8 || third == 0xa9 || third == 0xaf;
  }
  return (
    (two == 0x9ae1 && third == 0x80) ||
    (two == 0x81e2 && third == 0x9f) ||
    (two == 0x80e3 && third == 0x80) ||
    (two == 0xbbef && third == 0xbf)
  );
}

/**
 * Whether there is anything but white space in a text that is not closed before `end`: 1 no bytes at all, 2 blank, 3 yes,
 * 0 it would take more looking.
 */
export function presenceOf(at: usize, end: usize): u64 {
  if (at == end) {
    return 1;
  }
  let presence: u64 = 2;
  while (at < end && presence == 2) {
    const byte = <u32>load<u8>(at);
    if (byte == 0x20) {
      at++;
    } else if (byte == 0x5c) {
      const escaped = load<u8>(at, 1);
      if (escaped == 0x6e || escaped == 0x74 || escaped == 0x72) {
        at += 2;
      } else {
        // \u0020 and the like
        presence = escaped == 0x75 ? 0 : 3;
      }
    } else {
      presence = byte < 0x20 ? 0 : byte >= 0x80 && isWideSpace(at) ? 0 : 3;
    }
  }
  return presence;
}
