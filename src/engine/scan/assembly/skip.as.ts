/** Passes over values that nobody looks at, as strictly as over the others. */
import { maxDepth } from './memory.as';
import { numberEnd, wordEnd } from './numbers.as';
import { textEnd } from './texts.as';

export function afterSpace(at: usize): usize {
  let byte = load<u8>(at);
  while (byte == 0x20 || byte == 0x09 || byte == 0x0d) {
    byte = load<u8>(++at);
  }
  return at;
}

/** Position after the next line feed; there is one. */
export function nextLine(at: usize): usize {
  let found: i32 = 0;
  while (true) {
    found = i8x16.bitmask(i8x16.eq(v128.load(at), i8x16.splat(0x0a)));
    if (found != 0) break;
    at += 16;
  }
  return at + ctz(found) + 1;
}

/** Passes over a value that nobody looks at. */
export function skipValue(at: usize, depth: u32): usize {
  const byte = load<u8>(at);
  if (byte == 0x22) {
    const end = textEnd(at + 1);
    return end == 0 ? 0 : end + 1;
  }
  if (byte == 0x7b) {
    return skipObject(at + 1, depth + 1);
  }
  if (byte == 0x5b) {
    return skipArray(at + 1, depth + 1);
  }
  return byte == 0x2d || byte - 0x30 < 10 ? numberEnd(at) : wordEnd(at);
}

export function skipObject(at: usize, depth: u32): usize {
  if (depth > maxDepth) {
    return 0;
  }
  at = afterSpace(at);
  if (load<u8>(at) == 0x7d) {
    return at + 1;
  }
  let end: usize = 0;
  while (load<u8>(at) == 0x22) {
    at = textEnd(at + 1);
    if (at == 0) break;
    at = afterSpace(at + 1);
    if (load<u8>(at) != 0x3a) break;
    at = skipValue(afterSpace(at + 1), depth);
    if (at == 0) break;
    at = afterSpace(at);
    const byte = load<u8>(at);
    if (byte == 0x7d) {
      end = at + 1;
      break;
    }
    if (byte != 0x2c) break;
    at = afterSpace(at + 1);
  }
  return end;
}

export function skipArray(at: usize, depth: u32): usize {
  if (depth > maxDepth) {
    return 0;
  }
  at = afterSpace(at);
  if (load<u8>(at) == 0x5d) {
    return at + 1;
  }
  let end: usize = 0;
  while (true) {
    at = skipValue(at, depth);
    if (at == 0) break;
    at = afterSpace(at);
    const byte = load<u8>(at);
    if (byte == 0x5d) {
      end = at + 1;
      break;
    }
    if (byte != 0x2c) break;
    at = afterSpace(at + 1);
  }
  return end;
}
