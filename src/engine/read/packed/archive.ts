import { maxEntryBytes, maxFreelyUnpackedBytes, maxPackRatio } from '../bounds';
import type { OpenFile } from '../fileAccess';

/** A file that is to be unpacked, open. */
export interface PackedSource {
  readonly file: OpenFile;
  /** Where its bytes are, for what reads files by itself. */
  readonly path: string;
  /** Last part of its name. */
  readonly name: string;
  /** Bytes. */
  readonly size: number;
  /** Whether a format knows this value. */
  isClaimed(value: unknown): boolean;
}

/** One thing in it that is read like a file of its own. */
export interface PackedEntry {
  /** A label, never a path. */
  readonly name: string;
  /** The same as before: so is the content. undefined: look and see. */
  readonly signature: string | undefined;
  unpack(source: PackedSource): Unpacked;
}

export interface Archive {
  /** Sorted by name; bounded by `maxEntries`. */
  readonly entries: readonly PackedEntry[];
  /** Its end is there, as far as can be told without unpacking. */
  readonly isWhole: boolean;
  /** One plain sentence when there is something to say of it. */
  readonly message?: string | undefined;
}

export type Unpacked =
  | {
      readonly bytes: Buffer;
      /** The end of what was packed is missing. */
      readonly isCut: boolean;
      /** One plain sentence when there is something to say of it. */
      readonly message?: string;
    }
  /** `unreadBytes`: how many are not read because of it, as far as the archive says. */
  | (PackedProblem & { readonly unreadBytes: number });

export interface PackedProblem {
  /** One plain sentence. */
  readonly problem: string;
  /** It may be another in a moment, with the file as it is. */
  readonly isPassing?: boolean;
}

/** Opens a kind of packed file, or says why it cannot be opened. Throws errors of the disk only. */
export type ArchiveOpener = (source: PackedSource) => Archive | PackedProblem;

/** Bytes that something of this many packed bytes may become. */
export function unpackLimit(packedBytes: number): number {
  return Math.min(maxEntryBytes, Math.max(maxFreelyUnpackedBytes, packedBytes * maxPackRatio));
}

export function tooLarge(packedBytes: number): string {
  const limit = unpackLimit(packedBytes);
  const why =
    limit < maxEntryBytes
      ? `more than ${maxPackRatio} times its packed size`
      : `more than ${limit.toLocaleString('en')} bytes`;
  return `Unpacked it is ${why}: unpack it to read it.`;
}

/** `length` bytes from `offset`, fewer at the end of the file. */
export function readRange(file: OpenFile, offset: number, length: number): Buffer {
  const bytes = Buffer.alloc(length);
  return bytes.subarray(0, file.read(bytes, length, offset));
}
