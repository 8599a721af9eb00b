import fs from 'node:fs';
import path from 'node:path';
import { headBytes, packState, unpackState } from './packState';
import { zlib } from '../builtins';

const fileName = 'index.bin';
/** How a file is called that is not whole yet. */
const unfinished = '.new';
/** Whoever writes a file for so long is not there any more. Milliseconds. */
const leftBehindMs = 3_600_000;
/** What the thread copies before it does something else. Bytes; some milliseconds at most. */
const sliceBytes = 1024 * 1024;

/**
 * The file in which what is known is kept: whole or not at all, and for nobody else to read. Two windows may write it at the same time, each a
 * file of its own first; it is that of the last one then.
 */
export class IndexFile {
  readonly #folder: string;
  readonly #file: string;

  /** `folder` is made if it is not there. */
  constructor(folder: string) {
    this.#folder = folder;
    this.#file = path.join(folder, fileName);
  }

  /** undefined: there is none. Throws when there is one that cannot be used. */
  read(): unknown {
    let bytes: Buffer;
    try {
      bytes = fs.readFileSync(this.#file);
    } catch {
      return undefined;
    }
    const state = unpackState(bytes);
    if (state === undefined) {
      throw new Error('it is damaged, or of another version');
    }
    return state;
  }

  remove(): void {
    fs.rmSync(this.#file, { force: true });
    this.#clear();
  }

  /** Takes away what was never finished. */
  #clear(): void {
    const names = fs.existsSync(this.#folder) ? fs.readdirSync(this.#folder) : [];
    for (const name of names) {
      const file = path.join(this.#folder, name);
      if (name.startsWith(`${fileName}.`) && name.endsWith(unfinished) && isLeftBehind(file)) {
        fs.rmSync(file, { force: true });
      }
    }
  }

  /**
   * Slice by slice, so that the thread goes on meanwhile; what is there stays when `isSame` says that the state has become another one
   * between two slices: undefined then. Without it all is copied first. Returns the size, bytes.
   */
  async write(state: unknown, isSame?: () => boolean): Promise<number | undefined> {
    const { pieces, checksum: begun, head } = packState(state);
    const slices = slicesOf(pieces, isSame ? sliceBytes : bytesOf(pieces));
    const first = isSame ? undefined : slices.next();
    await fs.promises.mkdir(this.#folder, { recursive: true, mode: 0o700 });
    this.#clear();
    const part = `${this.#file}.${Math.random().toString(36).slice(2)}${unfinished}`;
    const file = await fs.promises.open(part, 'wx', 0o600);
    let isWhole = false;
    try {
      let checksum = begun;
      await file.writeFile(Buffer.alloc(headBytes));
      for (let next = first ?? slices.next(); next.done !== true; next = slices.next()) {
        checksum = zlib().crc32(next.value, checksum);
        await file.writeFile(next.value);
        if (isSame?.() === false) {
          return undefined;
        }
      }
      await file.write(head(checksum), 0, headBytes, 0);
      isWhole = true;
    } finally {
      await file.close();
      await (isWhole
        ? fs.promises.rename(part, this.#file)
        : fs.promises.rm(part, { force: true }));
    }
    return headBytes + bytesOf(pieces);
  }
}

function isLeftBehind(file: string): boolean {
  const stat = fs.statSync(file, { throwIfNoEntry: false });
  return stat !== undefined && Date.now() - stat.mtimeMs > leftBehindMs;
}

/** The bytes of all pieces one after the other, each slice a copy that holds until the next one. */
function* slicesOf(
  pieces: readonly Uint8Array[],
  size: number,
): Generator<Buffer, undefined, undefined> {
  const slice = Buffer.allocUnsafe(size);
  let used = 0;
  for (const piece of pieces) {
    for (let at = 0; at < piece.length;) {
      const part = piece.subarray(at, at + size - used);
      slice.set(part, used);
      at += part.length;
      used += part.length;
      if (used === size) {
        yield slice;
        used = 0;
      }
    }
  }
  if (used > 0) {
    yield slice.subarray(0, used);
  }
  return undefined;
}

function bytesOf(pieces: readonly Uint8Array[]): number {
  return pieces.reduce((sum, { length }) => sum + length, 0);
}
