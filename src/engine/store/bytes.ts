const maxLooped = 64; // bytes; below, a loop is quicker than a call

// texts come from logs: who writes one must not know which of them meet in one place
// (Node seeds V8's random numbers from the system, and nobody sees another of them; `node:crypto` takes 4 ms to load)
let seed = randomBelow(2 ** 32);
let firstFactor = randomBelow(2 ** 31) * 2 + 1;
let secondFactor = randomBelow(2 ** 31) * 2 + 1;

/** What hashes of this process are made with; whoever keeps tables of them keeps it, too. */
export function hashSecrets(): readonly number[] {
  return [seed, firstFactor, secondFactor];
}

/** Hashes are made like those of another process from now on. Only before there are any tables of them. */
export function useHashSecrets(secrets: readonly number[]): void {
  [seed = seed, firstFactor = firstFactor, secondFactor = secondFactor] = secrets;
}

/** A whole number below 2^32, another one in each process. `kind`: told apart though the bytes are the same. */
export function hashBytes(bytes: Uint8Array, start: number, length: number, kind: number): number {
  return hashOfSum(sumOfBytes(bytes, start, length), kind);
}

/** The same of bytes that were summed up elsewhere. */
export function hashOfSum(sum: number, kind: number): number {
  return finished(mixed(sum, kind));
}

/** What there is to know of the bytes themselves; scan/assembly/packing.as.ts makes the same of them. */
function sumOfBytes(bytes: Uint8Array, start: number, length: number): number {
  let hash = seed;
  let at = start;
  const end = start + length;
  for (; at + 4 <= end; at += 4) {
    const word =
      (bytes[at] ?? 0) |
      ((bytes[at + 1] ?? 0) << 8) |
      ((bytes[at + 2] ?? 0) << 16) |
      ((bytes[at + 3] ?? 0) << 24);
    hash = mixed(hash, word);
  }
  let rest = length;
  for (; at < end; at++) {
    rest = (rest << 8) | (bytes[at] ?? 0);
  }
  return mixed(hash, rest);
}

/** A hash for whole numbers. */
export function hashNumbers(numbers: ArrayLike<number>, length: number): number {
  let hash = seed;
  for (let at = 0; at < length; at++) {
    hash = mixed(hash, numbers[at] ?? 0);
  }
  return finished(mixed(hash, length));
}

function mixed(hash: number, word: number): number {
  let part = Math.imul(word, firstFactor);
  part = Math.imul((part << 15) | (part >>> 17), secondFactor);
  const sum = hash ^ part;
  return (Math.imul((sum << 13) | (sum >>> 19), 5) + 0xe6546b64) | 0;
}

function finished(hash: number): number {
  let result = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  result = Math.imul(result ^ (result >>> 13), 0xc2b2ae35);
  return (result ^ (result >>> 16)) >>> 0;
}

export function copyBytes(
  from: Buffer,
  fromStart: number,
  to: Buffer,
  start: number,
  length: number,
): void {
  if (length > maxLooped) {
    from.copy(to, start, fromStart, fromStart + length);
    return;
  }
  for (let at = 0; at < length; at++) {
    to[start + at] = from[fromStart + at] ?? 0;
  }
}

/** Whether so many bytes of `one` from `start` on are those of `other` from `otherStart` on. */
export function areSame(
  one: Buffer,
  start: number,
  other: Buffer,
  otherStart: number,
  length: number,
): boolean {
  if (length > maxLooped) {
    return one.compare(other, otherStart, otherStart + length, start, start + length) === 0;
  }
  for (let at = 0; at < length; at++) {
    if (one[start + at] !== other[otherStart + at]) {
      return false;
    }
  }
  return true;
}

/** Bytes that a whole number takes: 7 bits each. */
export function varintBytes(value: number): number {
  let bytes = 1;
  for (let rest = value; rest > 0x7f; rest = Math.floor(rest / 0x80)) {
    bytes++;
  }
  return bytes;
}

export function writeVarint(bytes: Uint8Array, start: number, value: number): void {
  let at = start;
  let rest = value;
  for (; rest > 0x7f; rest = Math.floor(rest / 0x80)) {
    bytes[at++] = (rest % 0x80) + 0x80;
  }
  bytes[at] = rest;
}

export function readVarint(bytes: Uint8Array, start: number): number {
  let value = 0;
  let factor = 1;
  for (let at = start; ; at++) {
    const byte = bytes[at] ?? 0;
    value += (byte % 0x80) * factor;
    if (byte < 0x80) {
      return value;
    }
    factor *= 0x80;
  }
}

function randomBelow(limit: number): number {
  return Math.floor(Math.random() * limit);
}
