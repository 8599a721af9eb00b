/** Finds the ends of texts and whether there is anything in them. */
/** Whether the texts since `clearEscape` had an escape in them. */
export let hasEscape: bool = false;

export function clearEscape(): void {
  hasEscape = false;
}

const quotes: v128 = i8x16.splat(0x22);
const backslashes: v128 = i8x16.splat(0x5c);
const spaces: v128 = i8x16.splat(0x20);

function isHex(byte: u32): bool {
  return byte - 0x30 < 10 || (byte | 0x20) - 0x61 < 6;
}

function special(v: v128): v128 {
  return v128.or(v128.or(i8x16.eq(v, quotes), i8x16.eq(v, backslashes)), i8x16.lt_u(v, spaces));
}

/** Position after the escape whose backslash is at `at`; 0 when it is none of JSON's. */
function afterEscape(at: usize): usize {
  const byte = <u32>load<u8>(at, 1);
  if (byte == 0x75) {
    const fine =
      isHex(load<u8>(at, 2)) &&
      isHex(load<u8>(at, 3)) &&
      isHex(load<u8>(at, 4)) &&
      isHex(load<u8>(at, 5));
    return fine ? at + 6 : 0;
  }
  // " \ / b f n r t
  const fine =
    byte == 0x22 ||
    byte == 0x5c ||
    byte == 0x2f ||
    byte == 0x62 ||
    byte == 0x66 ||
    byte == 0x6e ||
    byte == 0x72 ||
    byte == 0x74;
  return fine ? at + 2 : 0;
}

/** `at`: after the opening quote. Position of the closing quote, 0 when there is none or the text is not JSON's. */
export function textEnd(at: usize): usize {
  let end: usize = 0;
  let going = true;
  while (going) {
    let mask = <u32>i8x16.bitmask(special(v128.load(at)));
    if (mask == 0) {
      const two = v128.load(at, 16);
      const three = v128.load(at, 32);
      const four = v128.load(at, 48);
      const any = v128.or(special(two), v128.or(special(three), special(four)));
      at += v128.any_true(any) ? 16 : 64;
      continue;
    }
    let next = at + 16;
    while (mask != 0) {
      const found = at + ctz(mask);
      const byte = load<u8>(found);
      if (byte == 0x22) {
        end = found;
        going = false;
        break;
      }
      const after = byte == 0x5c ? afterEscape(found) : 0;
      if (after == 0) {
        going = false;
        break;
      }
      hasEscape = true;
      const passed = <u32>(after - at);
      if (passed >= 16) {
        next = after;
        break;
      }
      mask &= ~(((<u32>1) << passed) - 1);
    }
    at = next;
  }
  return end;
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
