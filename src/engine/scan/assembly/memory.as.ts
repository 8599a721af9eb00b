/** Where everything lies in the memory of the module, its hashes and its tables. */
import { hasNames } from './flags.as';

/** Bytes of a record after which a line is left to the plain parser. */
export let maxRecordBytes: u32 = 0;

/** Entries of the path table: hash u64, flags u16, slot u8, limit u32, number of the object in which it was met last u64. */
const pathBits: u32 = 13;
const pathMask: u32 = (1 << pathBits) - 1;
const pathEntry: u32 = 32;
/** Entries of the shape table: hash u64, number u32. */
const shapeBits: u32 = 16;
const shapeMask: u32 = (1 << shapeBits) - 1;
const planEntry: u32 = 16;

/** Values of a line that may be kept for its plan. */
const maxSlots: u32 = 64;
const firstStride: u32 = 8;
/** Rows and values that an area has room for. */
const maxRows: u32 = 8192;
export const maxValues: u32 = 65536;
/** Entries of the list of texts. */
export const listEntry: u32 = 24;
/** Packed texts of an area. Bytes. */
const maxPacked: u32 = 512 * 1024;
/** Shapes of ids, see ids.as.ts. */
const maxShapes: u32 = 256;
export const shapeEntry: u32 = 32;
/** Texts that came before. */
const firstsBits: u32 = 14;
export const firstsMask: u32 = (1 << firstsBits) - 1;
/** Different texts of a line that are listed. */
export const maxPending: u32 = 64;

/** See sums.as.ts. */
const maxSums: u32 = 16;

/** Words of a line; one with more is left to the plain parser. */
export const maxWords: u32 = 32;
/** Different sorts of elements of an array; one with more is left to the plain parser. */
export const maxSorts: u32 = 16;

export const noSlot: u8 = 0xff;
export const maxDepth: u32 = 64;
/** Of an id; what is longer is no plain text. Bytes. */
export const maxIdLength: u32 = 128;

let pathTable: usize = 0;
let shapeTable: usize = 0;
/**
 * Of the area that is written to: its rows; of their slots the numbers, the texts (start and length), and where each is in the list of texts, see
 * ids.as.ts. Other threads read them, so what is not needed of each text is not beside what is.
 */
export let rowTable: usize = 0;
export let numberSlots: usize = 0;
export let textSlots: usize = 0;
export let listedSlots: usize = 0;
export let textList: usize = 0;
export let packedSlots: usize = 0;
export let packedEnd: usize = 0;
/** Slots of a row: as many as are in use, rounded up. */
export let stride: u32 = firstStride;
export let scratch: usize = 0;
export let sortStack: usize = 0;
export let words: usize = 0;
export let sums: usize = 0;
export let shapes: usize = 0;
export let lastShapes: usize = 0;
export let firsts: usize = 0;
export let uuidDigits: usize = 0;
let window: usize = 0;
let windowCapacity: u32 = 0;
let top: usize = 0;
export let seed: u64 = 0;

function alloc(size: usize): usize {
  const start = (top + 15) & ~15;
  top = start + size;
  const missing = <i32>((top + 65535) >> 16) - memory.size();
  if (missing > 0 && memory.grow(missing) < 0) {
    unreachable();
  }
  return start;
}

/** Must be called once, with memory behind `base` that nobody has written to: the tables are zeros then. `hashSeed`: any number, another one in each process. */
export function init(base: usize, hashSeed: f64, recordBytes: u32): void {
  top = base;
  seed = reinterpret<u64>(hashSeed) | 1;
  maxRecordBytes = recordBytes;
  pathTable = alloc((pathMask + 1) * pathEntry);
  shapeTable = alloc((shapeMask + 1) * planEntry);
  scratch = alloc(4096);
  words = alloc(maxWords * 8);
  sums = alloc(maxSums * 4);
  sortStack = alloc((maxDepth + 2) * maxSorts * 8);
  shapes = alloc(maxShapes * shapeEntry);
  lastShapes = alloc(maxIdLength + 1);
  firsts = alloc((firstsMask + 1) * 4);
  uuidDigits = alloc(32);
  useArea(addArea());
}

/** Position of a new area for the rows of a scan. */
export function addArea(): usize {
  return alloc(maxRows * 16 + maxValues * (20 + listEntry) + listEntry + maxPacked);
}

/** Rows go into this area from now on. */
export function useArea(at: usize): void {
  rowTable = at;
  numberSlots = at + maxRows * 16;
  textSlots = numberSlots + maxValues * 8;
  listedSlots = textSlots + maxValues * 8;
  textList = listedSlots + maxValues * 4;
  // the end of the list has an entry, too
  packedSlots = textList + (maxValues + 1) * listEntry;
  packedEnd = packedSlots + maxPacked;
}

/** Rows that there is room for. */
export function roomForRows(): u32 {
  return min(maxRows, maxValues / stride);
}

/** Position of a new window of so many bytes; 80 more may be read behind it. */
export function addWindow(bytes: u32): usize {
  return alloc(bytes + 96);
}

/** Position of a window of at least that many bytes; 80 more may be read behind it. */
export function reserve(bytes: u32): usize {
  if (bytes > windowCapacity) {
    windowCapacity = bytes;
    window = addWindow(bytes);
  }
  return window;
}

export function rowsAt(): usize {
  return rowTable;
}
export function numbersAt(): usize {
  return numberSlots;
}
export function textsAt(): usize {
  return textSlots;
}
export function listedAt(): usize {
  return listedSlots;
}
export function listAt(): usize {
  return textList;
}
export function shapesAt(): usize {
  return shapes;
}
export function scratchAt(): usize {
  return scratch;
}

const factor: u64 = 0x9e3779b97f4a7c15;

export function mix(hash: u64, value: u64): u64 {
  return rotl((hash ^ value) * factor, 27);
}

/** Makes all of a hash depend on each of its bits, so that sums of such are as good as a hash of all. Splitmix64's way. */
export function spread(hash: u64): u64 {
  hash = (hash ^ (hash >> 30)) * 0xbf58476d1ce4e5b9;
  hash = (hash ^ (hash >> 27)) * 0x94d049bb133111eb;
  return hash ^ (hash >> 31);
}

function lastBytes(at: usize, count: u32): u64 {
  return count >= 8 ? load<u64>(at) : load<u64>(at) & (((<u64>1) << (count * 8)) - 1);
}

export function hashBytes(start: u64, at: usize, length: u32): u64 {
  let hash = mix(start, length);
  while (length > 8) {
    hash = mix(hash, load<u64>(at));
    at += 8;
    length -= 8;
  }
  return mix(hash, lastBytes(at, length));
}

/** Hash of the field `name` (in the scratch area) of the object with the hash `parent`. */
export function fieldHash(parent: u64, length: u32): u64 {
  return hashBytes(parent, scratch, length);
}

export function rootHash(): u64 {
  return seed;
}

/** Hash of the elements of the array with the hash `parent`. */
export function elementHash(parent: u64): u64 {
  return mix(parent, 0x5b5d);
}

export function findPath(hash: u64): usize {
  let index = <u32>hash & pathMask;
  let found: usize = 0;
  while (true) {
    const entry = pathTable + <usize>(index * pathEntry);
    const known = load<u64>(entry);
    if (known == hash) {
      found = entry;
      break;
    }
    if (known == 0) {
      break;
    }
    index = (index + 1) & pathMask;
  }
  return found;
}

/** Whether a field was met in this very object before. `object`: its number. */
export function isSecond(entry: usize, object: u64): bool {
  const isKnown = load<u64>(entry, 16) == object;
  store<u64>(entry, object, 16);
  return isKnown;
}

/** What is looked at of the record itself: its names, until it is said that their order matters. */
export function rootFlags(): u16 {
  const entry = findPath(seed);
  return entry == 0 ? hasNames : load<u16>(entry, 8);
}

/** Says what is looked at of a value. `limit`: elements of an array that are. */
export function setPath(hash: u64, flags: u16, slot: u8, limit: u32): void {
  let index = <u32>hash & pathMask;
  let entry = pathTable + <usize>(index * pathEntry);
  while (load<u64>(entry) != 0 && load<u64>(entry) != hash) {
    index = (index + 1) & pathMask;
    entry = pathTable + <usize>(index * pathEntry);
  }
  store<u64>(entry, hash);
  store<u16>(entry, flags, 8);
  store<u8>(entry, slot, 10);
  store<u32>(entry, limit, 12);
  while (slot != noSlot && slot >= stride && stride < maxSlots) {
    stride *= 2;
  }
}

/** Number of the shape, 0 when it was never set. */
export function findShape(hash: u64): u32 {
  let index = <u32>hash & shapeMask;
  let number: u32 = 0;
  while (true) {
    const entry = shapeTable + <usize>(index * planEntry);
    const known = load<u64>(entry);
    if (known == hash) {
      number = load<u32>(entry, 8);
      break;
    }
    if (known == 0) {
      break;
    }
    index = (index + 1) & shapeMask;
  }
  return number;
}

/** Gives a shape its number, from 1. No more than half the table may be used. */
export function setShape(hash: u64, number: u32): void {
  let index = <u32>hash & shapeMask;
  let entry = shapeTable + <usize>(index * planEntry);
  while (load<u64>(entry) != 0 && load<u64>(entry) != hash) {
    index = (index + 1) & shapeMask;
    entry = shapeTable + <usize>(index * planEntry);
  }
  store<u64>(entry, hash);
  store<u32>(entry, number, 8);
}
