/**
 * Lists the texts of a scan, each once: what the engine needs to find them without looking at their characters. A slot has the number of its text
 * in that list.
 */
import {
  firsts,
  firstsMask,
  listedSlots,
  listEntry,
  maxPending,
  maxValues,
  textList,
} from './memory.as';
import {
  areSame,
  dropPacked,
  pack,
  packedAt,
  packedLength,
  startPacking,
  sumOf,
} from './packing.as';

/** What a slot has whose text is not in the list. */
const notListed: u32 = 0xffffffff;
/** In the entry behind the last one, beyond the indexes of all slots. */
const noIndex: u32 = 0xffffffff;
/** Places of a text among those that came before. */
const maxProbes: u32 = 4;

/** Scans that were begun, modulo 65,536: texts of others are not among those that came before. */
let generation: u32 = 0;
/** Texts in the list, and those of the line behind them. */
let listed: u32 = 0;
let pendingCount: u32 = 0;

/** A scan begins: nothing came before. */
export function startIds(): void {
  startPacking();
  listed = 0;
  endList();
  generation++;
  if (generation == 0x10000) {
    generation = 1;
    memory.fill(firsts, 0, (<usize>(firstsMask + 1)) << 2);
  }
}

/** A line begins. */
export function startLineIds(): void {
  pendingCount = 0;
}

/** The text of a slot is long, or not ASCII without escapes. */
export function leaveId(index: u32): void {
  store<u32>(listedSlots + ((<usize>index) << 2), notListed);
}

/**
 * Lists a text in ASCII, unless it is there. An entry: index of the first slot with the text u32, sum of its packed bytes u32, where these are u32,
 * their number and its shape u16 each, and room for what the engine makes of it.
 */
export function takeId(index: u32, start: usize, length: u32): void {
  const shape = pack(start, length);
  const sum = sumOf(packedAt, packedLength);
  const about = (shape << 16) | packedLength;
  let number = numberOf(sum, about);
  if (number != notListed) {
    dropPacked();
  } else if (pendingCount < maxPending && listed + pendingCount < maxValues) {
    number = listed + pendingCount;
    pendingCount++;
    const entry = entryOf(number);
    store<u32>(entry, index);
    store<u32>(entry, sum, 4);
    store<u32>(entry, <u32>packedAt, 8);
    store<u32>(entry, about, 12);
    store<u64>(entry, 0, 16);
  }
  store<u32>(listedSlots + ((<usize>index) << 2), number);
}

/** The line is taken: what comes next may be the same as one of its texts. */
export function keepIds(): void {
  for (; pendingCount > 0; pendingCount--) {
    let place = placeOf(load<u32>(entryOf(listed), 4));
    let probes: u32 = 1;
    while (load<u32>(firsts + ((<usize>place) << 2)) >> 16 == generation && probes < maxProbes) {
      place = (place + 1) & firstsMask;
      probes++;
    }
    store<u32>(firsts + ((<usize>place) << 2), (generation << 16) | listed);
    listed++;
  }
  endList();
}

function endList(): void {
  store<u32>(entryOf(listed), noIndex);
}

function entryOf(number: u32): usize {
  return textList + <usize>(number * listEntry);
}

function placeOf(sum: u32): u32 {
  return (sum ^ (sum >> 15)) & firstsMask;
}

/** Number of a text of a taken line that is the same as the one that was packed last. */
function numberOf(sum: u32, about: u32): u32 {
  let place = placeOf(sum);
  for (let probes: u32 = 0; probes < maxProbes; probes++) {
    const known = load<u32>(firsts + ((<usize>place) << 2));
    if (known >> 16 != generation) {
      break;
    }
    const entry = entryOf(known & 0xffff);
    if (
      load<u32>(entry, 4) == sum &&
      load<u32>(entry, 12) == about &&
      areSame(load<u32>(entry, 8), packedAt, packedLength)
    ) {
      return known & 0xffff;
    }
    place = (place + 1) & firstsMask;
  }
  return notListed;
}
