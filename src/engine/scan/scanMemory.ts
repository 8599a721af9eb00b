/** Pages of 64 KB. */
const firstPages = 16;
const maxPages = 65_536;

/** The memory of a scanner, which other threads may see. It moves when it grows; `renew` finds it again. */
export class ScanMemory {
  readonly memory: WebAssembly.Memory;
  bytes: Buffer;
  words: Uint32Array;
  doubles: Float64Array;

  /** `memory`: that of a scanner in another thread. */
  constructor(memory?: WebAssembly.Memory) {
    this.memory =
      memory ?? new WebAssembly.Memory({ initial: firstPages, maximum: maxPages, shared: true });
    const { buffer } = this.memory;
    this.bytes = Buffer.from(buffer);
    this.words = new Uint32Array(buffer);
    this.doubles = new Float64Array(buffer);
  }

  renew(): void {
    const { buffer } = this.memory;
    if (this.bytes.byteLength !== buffer.byteLength) {
      this.bytes = Buffer.from(buffer);
      this.words = new Uint32Array(buffer);
      this.doubles = new Float64Array(buffer);
    }
  }
}
