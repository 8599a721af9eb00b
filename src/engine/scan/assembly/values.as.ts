/** Takes the values of a line: what is looked at goes into its hash and its slots. */
import {
  hasMagnitude,
  hasNames,
  hasRange,
  isLabel,
  isOpaque,
  isOrdered,
  isValue,
  isWatched,
  isWord,
} from './flags.as';
import { clearOdd, isNotPlain, markOdd, textKind } from './kinds.as';
import { startLineIds, takeId } from './ids.as';
import {
  elementHash,
  findPath,
  findShape,
  hashBytes,
  maxDepth,
  maxIdLength,
  maxSorts,
  maxWords,
  mix,
  noSlot,
  numberSlots,
  scratch,
  seed,
  setShape,
  sortStack,
  stride,
  textSlots,
  words,
} from './memory.as';
import { magnitude, numberEnd, numberKind, numberValue, range, wordEnd } from './numbers.as';
import { isAscii } from './packing.as';
import { afterSpace, skipArray, skipObject, skipValue } from './skip.as';
import { clearEscape, hasEscape, presenceOf, textEnd } from './texts.as';
import { timeValue } from './time.as';

/** Of the values that are looked at so far. */
export let hash: u64 = 0;
let row: u32 = 0;
let wordCount: u32 = 0;
/** Those of them, as bits, that are not written as they are read: they always matter. */
let escapedWords: u32 = 0;

/** A line begins, which will be the row `at` if it is taken. */
export function startLine(scope: u32, at: u32): void {
  hash = mix(seed, scope);
  row = at;
  wordCount = 0;
  escapedWords = 0;
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
      ? takeObject(at + 1, path, (flags & hasNames) != 0, depth + 1)
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
      if (wordCount == maxWords) {
        markOdd();
      }
      escapedWords |= (<u32>hasEscape) << (wordCount & (maxWords - 1));
      store<u64>(
        words + ((<usize>(wordCount & (maxWords - 1))) << 3),
        wordHashOf(path, start, length),
      );
      wordCount++;
    } else if (flags & isOpaque) {
      const presence = presenceOf(start, end);
      if (presence == 0) {
        markOdd();
      }
      hash = mix(hash, presence);
    } else {
      hash = mix(hash, textKind(start, length, hasEscape));
    }
    if (slot != noSlot) {
      const index = row * stride + slot;
      const entry = textSlots + ((<usize>index) << 5);
      const isPlain = !hasEscape && length <= maxIdLength && isAscii(start, length);
      store<f64>(numberSlots + ((<usize>index) << 3), timeValue);
      store<u32>(entry, <u32>start);
      store<u32>(entry, length | (isPlain ? 0 : isNotPlain), 4);
      if (isPlain) {
        takeId(index, start, length);
      }
    }
    // what is kept of it would be another text
    if (hasEscape && slot != noSlot && !(flags & (isOpaque | isWord))) {
      markOdd();
    }
  }
  return end + 1;
}

function wordHashOf(path: u64, at: usize, length: u32): u64 {
  return hashBytes(path ^ 0x776f7264, at, length);
}

/** Under which the shape table has that a word does not matter; no shape with that word has the same. */
function neutralKey(base: u64, word: u64): u64 {
  return mix(~base, word);
}

/** The shape of a line whose words are not yet looked at, with those that matter. */
export function withWords(base: u64): u64 {
  let whole = base;
  for (let index: u32 = 0; index < wordCount; index++) {
    const word = load<u64>(words + ((<usize>index) << 3));
    if (escapedWords & ((<u32>1) << index) || findShape(neutralKey(base, word)) == 0) {
      whole = mix(whole, word);
    }
  }
  return whole;
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
    return end;
  }
  const size: u64 =
    flags & hasMagnitude ? magnitude(numberValue) : flags & hasRange ? range(numberValue) : 0;
  hash = mix(mix(hash, path ^ 0x31), numberKind | (size << 4));
  if (numberKind == 4) {
    markOdd();
  }
  if (slot != noSlot) {
    store<f64>(numberSlots + ((<usize>(row * stride + slot)) << 3), numberValue);
  }
  return end;
}

export function takeObject(at: usize, path: u64, withNames: bool, depth: u32): usize {
  if (depth > maxDepth) {
    return 0;
  }
  at = afterSpace(at);
  if (load<u8>(at) == 0x7d) {
    hash = mix(hash, 0x7d);
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
    if (withNames) {
      hash = mix(hash, field);
    }
    const entry = findPath(field);
    at = entry != 0 ? takeValue(at, field, entry, depth) : skipValue(at, depth);
    if (at == 0) break;
    at = afterSpace(at);
    const byte = load<u8>(at);
    if (byte == 0x7d) {
      hash = mix(hash, 0x7d);
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
    hash = mix(hash, 0x5d);
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

/** Lines of the shape `base` are read alike with the word in the scratch area, of the field with the hash `path`. */
export function setWord(base: u64, path: u64, length: u32): void {
  setShape(neutralKey(base, wordHashOf(path, scratch, length)), 1);
}
