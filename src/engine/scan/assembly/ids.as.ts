/**
 * Writes down of texts what the engine needs to find them without looking at their characters, and which of them came before in the same scan:
 * those need not be looked for.
 */
import { firsts, firstsMask, maxPending, pending, textSlots } from './memory.as';
import { pack, packedAt, packedLength, startPacking, sumOf } from './packing.as';

/** Places of a text among those that came before. */
const maxProbes: u32 = 4;

/** Scans that were begun, modulo 65,536: texts of others are not among those that came before. */
let generation: u32 = 0;
let pendingCount: u32 = 0;

/** A scan begins: nothing came before. */
export function startIds(): void {
  startPacking();
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

/**
 * Writes down what there is to know of a text in ASCII: in the entry of its slot, from 8 on, the sum of its packed bytes, the first slot with the
 * same text, where its packed bytes are, shape and number of these, and room for what the engine makes of it.
 */
export function takeId(index: u32, start: usize, length: u32): void {
  const shape = pack(start, length);
  const sum = sumOf(packedAt, packedLength);
  const about = (shape << 16) | packedLength;
  const first = firstWith(index, sum, about);
  const entry = textSlots + ((<usize>index) << 5);
  store<u32>(entry, sum, 8);
  store<u32>(entry, first, 12);
  store<u32>(entry, <u32>packedAt, 16);
  store<u32>(entry, about, 20);
  store<u64>(entry, 0, 24);
  if (first == index && pendingCount < maxPending) {
    store<u32>(pending + ((<usize>pendingCount) << 2), index);
    pendingCount++;
  }
}

/** The line is taken: what comes next may be the same as one of its texts. */
export function keepIds(): void {
  for (let at: u32 = 0; at < pendingCount; at++) {
    const index = load<u32>(pending + ((<usize>at) << 2));
    const sum = load<u32>(textSlots + ((<usize>index) << 5), 8);
    let place = placeOf(sum);
    let probes: u32 = 1;
    while (load<u32>(firsts + ((<usize>place) << 2)) >> 16 == generation && probes < maxProbes) {
      place = (place + 1) & firstsMask;
      probes++;
    }
    store<u32>(firsts + ((<usize>place) << 2), (generation << 16) | index);
  }
}

function placeOf(sum: u32): u32 {
  return (sum ^ (sum >> 15)) & firstsMask;
}

/** Slot of a taken line with the text that was packed last; `index` when there is none. */
function firstWith(index: u32, sum: u32, about: u32): u32 {
  let place = placeOf(sum);
  for (let probes: u32 = 0; probes < maxProbes; probes++) {
    const known = load<u32>(firsts + ((<usize>place) << 2));
    if (known >> 16 != generation) {
      break;
    }
    const other = textSlots + ((<usize>(known & 0xffff)) << 5);
    if (
      load<u32>(other, 8) == sum &&
      load<u32>(other, 20) == about &&
      memory.compare(load<u32>(other, 16), packedAt, packedLength) == 0
    ) {
      return known & 0xffff;
    }
    place = (place + 1) & firstsMask;
  }
  return index;
}
