/** The words of a line: texts that belong to its shape unless lines of the shape are read alike with them and others. */
import { markOdd } from './kinds.as';
import { findShape, hashBytes, maxWords, mix, scratch, setShape, spread, words } from './memory.as';

let count: u32 = 0;
/** Those of them, as bits, that are not written as they are read: they always matter. */
let escaped: u32 = 0;

/** There is a text of which nothing was said. */
export let hasNews: bool = false;

/** Of a text that may mean something. Bytes. */
const maxTextLength: u32 = 64;

export function startWords(): void {
  hasNews = false;
  count = 0;
  escaped = 0;
}

export function wordHash(path: u64, at: usize, length: u32): u64 {
  return hashBytes(path ^ 0x776f7264, at, length);
}

export function addWord(word: u64, hasEscape: bool): void {
  if (count == maxWords) {
    markOdd();
    return;
  }
  escaped |= (<u32>hasEscape) << count;
  store<u64>(words + ((<usize>count) << 3), word);
  count++;
}

/** What was found out of a word, beside certain others. */
const neutral: u32 = 1;
const telling: u32 = 2;

/** Under which the shape table has what was found out of a word; no shape has the same. */
function wordKey(context: u64, word: u64): u64 {
  return mix(~context, word);
}

/** A line's hash with those of its words that matter, in whatever order they come: what another one means may depend on them. */
export let context: u64 = 0;

/**
 * The shape of a line whose words are not yet looked at: its context, if it is known of all other words that they do not matter in that. Else all
 * of them belong to it.
 */
export function withWords(base: u64): u64 {
  let told = escaped;
  let sum = sumOf(told);
  let isOpen = false;
  let before: u32;
  do {
    before = told;
    isOpen = false;
    context = mix(base, sum);
    for (let index: u32 = 0; index < count; index++) {
      const bit = (<u32>1) << index;
      if ((before & bit) == 0) {
        const word = load<u64>(words + ((<usize>index) << 3));
        const found = findShape(wordKey(context, word));
        isOpen = isOpen || found == 0;
        if (found == telling) {
          told |= bit;
          sum += spread(word);
        }
      }
    }
  } while (told != before);
  return isOpen ? mix(base, sumOf(u32.MAX_VALUE)) : context;
}

/** Of those words of the line that these bits are for. */
function sumOf(bits: u32): u64 {
  let sum: u64 = 0;
  for (let index: u32 = 0; index < count; index++) {
    if (bits & ((<u32>1) << index)) {
      sum += spread(load<u64>(words + ((<usize>index) << 3)));
    }
  }
  return sum;
}

/** Says whether it matters in lines with that context which word is at the field with the hash `path`: the one in the scratch area, or another. */
export function setWord(context: u64, path: u64, length: u32, matters: bool): void {
  setShape(wordKey(context, wordHash(path, scratch, length)), matters ? telling : neutral);
}

function textKey(path: u64, at: usize, length: u32): u64 {
  return mix(~path, wordHash(path, at, length));
}

function hasSpace(at: usize, length: u32): bool {
  let index: u32 = 0;
  while (index < length && load<u8>(at + index) != 0x20) {
    index++;
  }
  return index < length;
}

/** What a text adds to a hash, of a field of which there are too many to tell them apart: nothing, unless it was said that it matters. */
export function withText(hash: u64, path: u64, at: usize, length: u32, asks: bool): u64 {
  if (length > maxTextLength) {
    return hash;
  }
  const said = findShape(textKey(path, at, length));
  hasNews = hasNews || (said == 0 && asks && !hasSpace(at, length));
  return said == 2 ? hashBytes(hash, at, length) : hash;
}

/** Says whether the text in the scratch area matters at the field with the hash `path`. */
export function setText(path: u64, length: u32, matters: bool): void {
  setShape(textKey(path, scratch, length), matters ? 2 : 1);
}
