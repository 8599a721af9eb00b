const chunkBits = 16;
const chunkBytes = 2 ** chunkBits;
const chunkMask = chunkBytes - 1;
const maxShared = chunkBytes / 4; // bytes; what is longer has a chunk of its own

export interface ArenaState {
  readonly chunks: readonly Uint8Array[];
  readonly open: number;
  readonly used: number;
}

/** Bytes that are kept for good. They lie in chunks that are never copied or moved. */
export class ByteArena {
  readonly #chunks: Buffer[] = [];
  #open = -1;
  #used = chunkBytes;

  save(): ArenaState {
    return { chunks: this.#chunks, open: this.#open, used: this.#used };
  }

  restore({ chunks, open, used }: ArenaState): void {
    for (const chunk of chunks) {
      this.#chunks.push(Buffer.from(chunk.buffer, chunk.byteOffset, chunk.byteLength));
    }
    this.#open = open;
    this.#used = used;
  }

  /** Address of so many bytes in one piece. They are zero. */
  allocate(bytes: number): number {
    if (bytes > maxShared) {
      this.#chunks.push(Buffer.alloc(bytes));
      return (this.#chunks.length - 1) * chunkBytes;
    }
    if (this.#used + bytes > chunkBytes) {
      this.#chunks.push(Buffer.alloc(chunkBytes));
      this.#open = this.#chunks.length - 1;
      this.#used = 0;
    }
    const address = this.#open * chunkBytes + this.#used;
    this.#used += bytes;
    return address;
  }

  /** The chunk in which the bytes at an address lie. */
  chunkAt(address: number): Buffer {
    return this.#chunks[(address / chunkBytes) >>> 0] ?? nothing;
  }
}

/** Where in its chunk an address is. */
export function offsetInChunk(address: number): number {
  return address & chunkMask;
}

const nothing = Buffer.alloc(0);
