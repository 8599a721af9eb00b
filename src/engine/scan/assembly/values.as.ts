/** Takes the values of a line: what is looked at goes into its hash and its slots. */
import {
  hasMagnitude,
  hasNames,
  hasRange,
  hasTexts,
  isAsked,
  isLabel,
  isMixed,
  isOpaque,
  isOrdered,
  isValue,
  isWatched,
  isWord,
} from './flags.as';
import { clearOdd, markOdd, textKind } from './kinds.as';
import { leaveId, startLineIds, takeId } from './ids.as';
import {
  elementHash,
  findPath,
  hashBytes,
  isSecond,
  maxDepth,
  maxIdLength,
  maxSorts,
  mix,
  noSlot,
  numberSlots,
  seed,
  sortStack,
  spread,
  stride,
  textSlots,
} from './memory.as';
import {
  magnitude,
  mixedNumber,
  numberEnd,
  numberKind,
  numberValue,
  range,
  wordEnd,
} from './numbers.as';
import { isAscii } from './packing.as';
import { afterSpace, skipArray, skipObject, skipValue } from './skip.as';
import { fillSlot, startSums } from './sums.as';
import { clearEscape, hasEscape, presenceOf, textEnd } from './texts.as';
import { timeValue } from './time.as';
import { addWord, startWords, withText, wordHash } from './words.as';

/** Of the values that are looked at so far. */
export let hash: u64 = 0;
let row: u32 = 0;
/** Objects that were taken so far, each of which has its number. */
let objects: u64 = 0;

/** A line begins, which will be the row `at` if it is taken. */
export function startLine(scope: u32, at: u32): void {
  hash = mix(seed, scope);
  row = at;
  startWords();
  startSums();
  clearOdd();
  startLineIds();
}

/** Takes a value that somebody may look at. */
function takeValue(at: usize, path: u64, entry: usize, depth: u32): usize {
  const flags = load<u16>(entry, 8);
  const byte = load<u8>(at);
  if (byte == 0x7b) {
    hash = mix(hash, path ^ 0x7b);
    return flags & (isWatched | hasNames)
      ? takeObject(at + 1, path, flags, depth + 1)
      : skipObject(at + 1, depth + 1);
  }
  if (byte == 0x5b) {
    hash = mix(hash, path ^ 0x5b);
    return flags & isWatched
      ? takeArray(at + 1, path, load<u32>(entry, 12), (flags & isOrdered) != 0, depth + 1)
      : skipArray(at + 1, depth + 1);
  }
  if (byte == 0x22) {
    return takeText(at + 1, path, flags, load<u8>(entry, 10));
  }
  return takeScalar(at, path, flags, load<u8>(entry, 10));
}

function takeText(start: usize, path: u64, flags: u16, slot: u8): usize {
  clearEscape();
  const end = textEnd(start);
  if (end == 0) {
    return 0;
  }
  if (flags & isValue) {
    const length = <u32>(end - start);
    hash = mix(hash, path ^ 0x22);
    if (flags & isLabel) {
      hash = hashBytes(hash, start, length);
    } else if (flags & isWord) {
      addWord(wordHash(path, start, length), hasEscape);
    } else if (flags & isOpaque) {
      const presence = presenceOf(start, end);
      if (presence == 0) {
        markOdd();
      }
      hash = mix(hash, presence);
      if (flags & hasTexts && !hasEscape) {
        hash = withText(hash, path, start, length, (flags & isAsked) != 0);
      }
    } else {
      hash = mix(hash, textKind(start, length, hasEscape, (flags & isMixed) != 0));
    }
    if (slot != noSlot) {
      const index = row * stride + slot;
      const entry = textSlots + ((<usize>index) << 3);
      const isPlain = !hasEscape && length <= maxIdLength && isAscii(start, length);
      store<f64>(numberSlots + ((<usize>index) << 3), timeValue);
      store<u32>(entry, <u32>start);
      store<u32>(entry, length, 4);
      if (isPlain) {
        takeId(index, start, length);
      } else {
        leaveId(index);
      }
    }
    // what is kept of it would be another text
    if (hasEscape && slot != noSlot && !(flags & (isOpaque | isWord))) {
      markOdd();
    }
  }
  return end + 1;
}

function takeScalar(at: usize, path: u64, flags: u16, slot: u8): usize {
  const byte = load<u8>(at);
  const isNumber = byte == 0x2d || byte - 0x30 < 10;
  const end = isNumber ? numberEnd(at) : wordEnd(at);
  if (end == 0 || !(flags & isValue)) {
    return end;
  }
  if (!isNumber) {
    hash = mix(hash, path ^ byte);
    return end;
  }
  if (flags & isLabel) {
    hash = hashBytes(mix(hash, path ^ 0x30), at, <u32>(end - at));
    return end;
  }
  if (flags & isOpaque) {
    hash = mix(hash, path ^ 0x32);
    if (numberKind == 5) {
      markOdd();
    }
    return end;
  }
  const size: u64 =
    flags & hasMagnitude ? magnitude(numberValue) : flags & hasRange ? range(numberValue) : 0;
  const kind = flags & isMixed && numberKind >= 2 ? mixedNumber : numberKind;
  hash = mix(mix(hash, path ^ 0x31), kind | (size << 4));
  if (numberKind >= 4) {
    markOdd();
  }
  if (slot != noSlot) {
    store<f64>(numberSlots + ((<usize>(row * stride + slot)) << 3), numberValue);
    fillSlot(slot);
  }
  return end;
}

/**
 * Objects with the same fields have the same hash in whatever order these come: it is that of the sum of what their fields are, each
 * hashed for itself from its path on. Where the order was seen to matter, it is that of their sequence.
 */
export function takeObject(at: usize, path: u64, flags: u16, depth: u32): usize {
  if (depth > maxDepth) {
    return 0;
  }
  const before = hash;
  const object = ++objects;
  let sum: u64 = 0;
  at = afterSpace(at);
  if (load<u8>(at) == 0x7d) {
    hash = mix(before, sum);
    return at + 1;
  }
  let end: usize = 0;
  while (load<u8>(at) == 0x22) {
    const name = at + 1;
    clearEscape();
    at = textEnd(name);
    if (at == 0) break;
    if (hasEscape) {
      markOdd();
    }
    const field = hashBytes(path, name, <u32>(at - name));
    at = afterSpace(at + 1);
    if (load<u8>(at) != 0x3a) break;
    at = afterSpace(at + 1);
    const entry = findPath(field);
    // not the path itself: it is mixed in with what the value is, and the two would be nothing
    hash = mix(field, 0x3a);
    if (entry == 0) {
      at = skipValue(at, depth);
    } else {
      // the last one counts, and a sum does not tell which that is
      if (isSecond(entry, object)) {
        markOdd();
      }
      at = takeValue(at, field, entry, depth);
    }
    if (at == 0) break;
    if (entry != 0 || flags & hasNames) {
      sum = flags & isOrdered ? mix(sum, spread(hash)) : sum + spread(hash);
    }
    at = afterSpace(at);
    const byte = load<u8>(at);
    if (byte == 0x7d) {
      hash = mix(before, sum);
      end = at + 1;
      break;
    }
    if (byte != 0x2c) break;
    at = afterSpace(at + 1);
  }
  return end;
}

function takeArray(at: usize, path: u64, limit: u32, isSequence: bool, depth: u32): usize {
  if (depth > maxDepth) {
    return 0;
  }
  at = afterSpace(at);
  if (load<u8>(at) == 0x5d) {
    // not as one that has elements, though nobody may have looked at any yet
    hash = mix(hash, 0x5b);
    return at + 1;
  }
  const element = elementHash(path);
  const entry = findPath(element);
  const before = hash;
  const sorts = sortStack + <usize>(depth * maxSorts * 8);
  let sortCount: u32 = 0;
  let count: u32 = 0;
  let end: usize = 0;
  while (true) {
    if (entry == 0 || (isSequence && count >= limit)) {
      at = skipValue(at, depth);
    } else if (isSequence) {
      hash = mix(hash, 0x2c);
      at = takeValue(at, element, entry, depth);
    } else {
      hash = path;
      at = takeValue(at, element, entry, depth);
      let index: u32 = 0;
      while (index < sortCount && load<u64>(sorts + ((<usize>index) << 3)) != hash) {
        index++;
      }
      if (index == sortCount) {
        if (sortCount == maxSorts) {
          markOdd();
          index = 0;
          sortCount = 0;
        }
        store<u64>(sorts + ((<usize>index) << 3), hash);
        sortCount++;
      }
    }
    if (at == 0) break;
    count++;
    at = afterSpace(at);
    const byte = load<u8>(at);
    if (byte == 0x5d) {
      end = at + 1;
      break;
    }
    if (byte != 0x2c) break;
    at = afterSpace(at + 1);
  }
  if (isSequence) {
    hash = mix(hash, 0x5d00 + min(count, limit + 1));
  } else {
    hash = before;
    for (let index: u32 = 0; index < sortCount; index++) {
      hash = mix(hash, load<u64>(sorts + ((<usize>index) << 3)));
    }
    hash = mix(hash, 0x5d);
  }
  return end;
}
