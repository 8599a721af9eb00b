/** Numbers of a line that are the sum of others: where it was seen to matter, it belongs to the shape whether they are. */
import { mix, noSlot, numberSlots, stride, sums } from './memory.as';

let count: u32 = 0;
/** Slots that the line has a number for, as bits. */
let filled: u64 = 0;

export function startSums(): void {
  filled = 0;
}

export function fillSlot(slot: u8): void {
  filled |= (<u64>1) << slot;
}

/** It matters whether the number in one slot is the sum of those in others; `noSlot` where there are fewer. No more than `maxSums`. */
export function addSum(total: u8, first: u8, second: u8, third: u8): void {
  const entry = sums + ((<usize>count) << 2);
  store<u8>(entry, total);
  store<u8>(entry, first, 1);
  store<u8>(entry, second, 2);
  store<u8>(entry, third, 3);
  count++;
}

/** The hash of a line with those sums that it has. */
export function withSums(hash: u64, row: u32): u64 {
  for (let index: u32 = 0; index < count; index++) {
    const entry = sums + ((<usize>index) << 2);
    const total = load<u8>(entry);
    const first = load<u8>(entry, 1);
    const second = load<u8>(entry, 2);
    const third = load<u8>(entry, 3);
    if (
      hasSlot(total) &&
      hasSlot(first) &&
      hasSlot(second) &&
      hasSlot(third) &&
      numberIn(row, total) == numberIn(row, first) + numberIn(row, second) + numberIn(row, third)
    ) {
      hash = mix(hash, 0x73756d00 + index);
    }
  }
  return hash;
}

function hasSlot(slot: u8): bool {
  return slot == noSlot || (filled & ((<u64>1) << slot)) != 0;
}

function numberIn(row: u32, slot: u8): f64 {
  return slot == noSlot ? 0 : load<f64>(numberSlots + ((<usize>(row * stride + slot)) << 3));
}
