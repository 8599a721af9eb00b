import { fit, blockRows, type Codes, type Fit, withRoom } from './blockFit';
import type { BlockState, Habits } from './blockState';
import { type CodeRule, readCodes, writeCodes } from './codeWriter';
import { SparseRows } from './sparseRows';

const maxFits = 60; // of one block; what still does not fit then is kept as it is, 8 bytes a number
const sparsePart = 16; // of 16 rows one may be kept apart: it costs as much as a byte in each
const minSparse = 8; // rows
const firstRoom = blockRows / 4; // rows of a block that has just begun: it may be the last one of its column

const none = new Uint8Array(0);
const noRows = new SparseRows();
const decoded = new Float64Array(blockRows); // shared: a block is packed again in one go
const one = new Float64Array(1); // shared as well

/**
 * Some rows of a column of numbers, each in as few bytes as nearly all of them need: what is kept is a whole number, the distance from a
 * straight line (`base + slope · row`) in units of 1, 1/10, 1/100 or 1/1000. The few that do not fit are kept apart. Numbers come back to
 * the last bit. As long as all rows lie on the line there are no bytes at all.
 */
export class PackedBlock {
  /** 0 is "nothing", the highest code "kept apart", else it is the distance from the line. In a raw block the numbers themselves. */
  #codes: Codes = none;
  /** Rows that lie on the line, as long as there are no codes. */
  #onLine = 0;
  #isRaw = false;
  #base = 0;
  #scale: number;
  #slope: number;
  /** Of a code. */
  #bytes: 1 | 2 | 4;
  #apartCode = 0;
  #apart = noRows;
  #fits = 0;
  readonly #empty: number;
  readonly #follows: boolean;
  readonly #isFirst: boolean;

  /** `before`: the block before this one, which will be much like it; its first one grows with its rows. */
  constructor({ empty, isAscending, isNear, bytes }: Habits, before: PackedBlock | undefined) {
    this.#empty = empty;
    this.#follows = isAscending;
    this.#isFirst = before === undefined;
    this.#slope = before ? before.#slope : isAscending ? 1 : 0;
    this.#scale = before ? before.#scale : 1;
    // neighbours are far away only where a preview was, which is in the first block
    this.#bytes = before === undefined || (isNear && before.#isFirst) ? bytes : before.#bytes;
  }

  /** All that the block holds, but for what the column says of all its blocks. */
  save(): BlockState {
    return {
      codes: this.#codes,
      onLine: this.#onLine,
      isRaw: this.#isRaw,
      base: this.#base,
      scale: this.#scale,
      slope: this.#slope,
      bytes: this.#bytes,
      apartCode: this.#apartCode,
      apart: this.#apart.size === 0 ? undefined : this.#apart.save(),
      fits: this.#fits,
    };
  }

  restore(state: BlockState): void {
    this.#codes = state.codes;
    this.#onLine = state.onLine;
    this.#isRaw = state.isRaw;
    this.#base = state.base;
    this.#scale = state.scale;
    this.#slope = state.slope;
    this.#bytes = state.bytes;
    this.#apartCode = state.apartCode;
    this.#apart = state.apart === undefined ? noRows : new SparseRows(state.apart);
    this.#fits = state.fits;
  }

  /** `at`: row in the block. */
  get(at: number): number {
    const code = this.#codes[at];
    if (code === undefined) {
      return this.#getWithoutCode(at);
    }
    if (this.#isRaw) {
      return code;
    }
    if (code === this.#apartCode) {
      return this.#apart.get(at) ?? this.#empty;
    }
    return code === 0 ? this.#empty : (this.#base + this.#slope * at + code) / this.#scale;
  }

  /** The same of `count` rows from `at` on, put to `to` and behind it. */
  read(at: number, count: number, into: Float64Array, to: number): void {
    const codes = this.#codes;
    const coded = Math.max(0, Math.min(count, codes.length - at));
    if (this.#isRaw) {
      into.set(codes.subarray(at, at + coded), to);
    } else {
      readCodes(codes, at, coded, into, to, this.#rule, this.#apart);
    }
    if (this.#apart.size === 0 && at + coded >= this.#onLine) {
      into.fill(this.#empty, to + coded, to + count);
      return;
    }
    for (let done = coded; done < count; done++) {
      into[to + done] = this.#getWithoutCode(at + done);
    }
  }

  set(at: number, value: number): void {
    this.#makeRoom(at + 1);
    const codes = this.#codes;
    if (at < codes.length) {
      if (this.#isRaw) {
        codes[at] = value;
        return;
      }
      const scale = this.#scale;
      const whole = scale === 1 ? value : Math.round(value * scale);
      const line = this.#base + this.#slope * at;
      const code = whole - line;
      if (
        code >>> 0 === code &&
        code >= 1 &&
        code < this.#apartCode &&
        (line + code) / scale === value
      ) {
        codes[at] = code;
        return;
      }
    } else if (codes.length === 0 && this.#staysOnLine(at, value)) {
      return;
    }
    if (!this.#keepApart(at, value)) {
      one[0] = value;
      this.#pack(at, one, 0, 1);
    }
  }

  /** Sets rows from `at` on that were never set, to `count` of the values: those from `from` on. */
  append(at: number, values: Float64Array, from: number, count: number): void {
    let end = count;
    while (end > 0 && this.#isNothing(values[from + end - 1])) {
      end--;
    }
    this.#makeRoom(at + end);
    for (let done = 0; done < end; done++) {
      done += this.#appendFitting(at + done, values, from + done, end - done);
      const value = (values[from + done] ?? 0) + 0;
      if (done < end && !this.#isNothing(value) && !this.#keepApart(at + done, value)) {
        this.#pack(at + done, values, from + done, end - done);
        return;
      }
    }
  }

  /** The same up to the first one that does not fit into what there is. Returns how many did. */
  #appendFitting(at: number, values: Float64Array, from: number, count: number): number {
    const codes = this.#codes;
    if (codes.length === 0) {
      return this.#appendOnLine(at, values, from, count);
    }
    const room = Math.min(count, Math.max(0, codes.length - at));
    if (this.#isRaw) {
      for (let done = 0; done < room; done++) {
        codes[at + done] = (values[from + done] ?? 0) + 0;
      }
      return room;
    }
    return writeCodes(codes, at, values, from, room, this.#rule);
  }

  get #rule(): CodeRule {
    return {
      empty: this.#empty,
      base: this.#base,
      scale: this.#scale,
      slope: this.#slope,
      apartCode: this.#apartCode,
    };
  }

  #appendOnLine(at: number, values: Float64Array, from: number, count: number): number {
    let done = 0;
    if (this.#onLine > 0 && at === this.#onLine && this.#apart.end <= at) {
      while (done < count && values[from + done] === this.#line(at + done)) {
        done++;
      }
      this.#onLine += done;
    }
    while (done < count && this.#canBeOnLine(at + done, values[from + done])) {
      done++;
    }
    return done;
  }

  #canBeOnLine(at: number, value = this.#empty): boolean {
    return this.#isNothing(value) || this.#staysOnLine(at, value + 0);
  }

  #isNothing(value = this.#empty): boolean {
    return value === this.#empty || Number.isNaN(value);
  }

  clear(at: number): void {
    if (at < this.#codes.length) {
      this.#codes[at] = this.#isRaw ? this.#empty : 0;
    } else if (at < this.#onLine || this.#apart.get(at) !== undefined) {
      this.set(at, this.#empty);
    }
  }

  /** The same for `count` rows from `at` on. */
  clearRun(at: number, count: number): void {
    const end = at + count;
    const codes = this.#codes;
    if (codes.length > 0) {
      codes.fill(this.#isRaw ? this.#empty : 0, at, end);
    } else if (end < Math.max(this.#onLine, this.#apart.end)) {
      // those behind them are kept
      this.#pack(at, new Float64Array(count).fill(this.#empty), 0, count);
    } else {
      this.#onLine = Math.min(this.#onLine, at);
    }
    if (this.#apart.size > 0) {
      this.#apart.clear(at, end);
    }
  }

  #getWithoutCode(at: number): number {
    const apart = this.#apart.size > 0 ? this.#apart.get(at) : undefined;
    return apart ?? (at < this.#onLine ? this.#line(at) : this.#empty);
  }

  #line(at: number): number {
    return (this.#base + this.#slope * at) / this.#scale;
  }

  #staysOnLine(at: number, value: number): boolean {
    if (at > this.#onLine || this.#apart.get(at) !== undefined) {
      return false;
    }
    if (this.#onLine === 0) {
      this.#base = value * this.#scale;
    }
    const isOnLine = this.#line(at) === value;
    this.#onLine += isOnLine && at === this.#onLine ? 1 : 0;
    return isOnLine;
  }

  /** False when too many are kept apart, or the row lies beyond the codes. */
  #keepApart(at: number, value: number): boolean {
    const { length } = this.#codes;
    if (
      this.#isRaw ||
      (length > 0 && at >= length) ||
      this.#apart.size >= minSparse + at / sparsePart
    ) {
      return false;
    }
    this.#apart = this.#apart === noRows ? new SparseRows() : this.#apart;
    this.#apart.set(at, value);
    if (length > 0) {
      this.#codes[at] = this.#apartCode;
    } else if (at === this.#onLine) {
      this.#onLine++;
    }
    return true;
  }

  /** A block that was begun has room for all of its rows once there are more than a few. */
  #makeRoom(rows: number): void {
    const codes = this.#codes;
    if (codes.length < rows && codes.length === firstRoom && !this.#isFirst) {
      this.#codes = withRoom(codes, blockRows);
      if (this.#isRaw) {
        this.#codes.fill(this.#empty, firstRoom);
      }
    }
  }

  /** Packs the block anew, so that the rows from this one on can hold these numbers. */
  #pack(at: number, values: Float64Array, from: number, count: number): void {
    const used = this.#codes.length || Math.max(this.#onLine, this.#apart.end);
    for (let row = 0; row < used; row++) {
      decoded[row] = this.get(row);
    }
    decoded.fill(this.#empty, used, Math.max(used, at));
    for (let next = 0; next < count; next++) {
      // a zero has no sign
      decoded[at + next] = (values[from + next] ?? 0) + 0;
    }
    const rows = Math.max(used, at + count);
    const wanted = this.#isFirst
      ? 2 ** Math.ceil(Math.log2(rows))
      : rows > firstRoom
        ? blockRows
        : firstRoom;
    const packed =
      this.#isRaw || this.#fits++ >= maxFits
        ? undefined
        : fit(decoded.subarray(0, rows), {
            at,
            length: wanted,
            empty: this.#empty,
            slope: this.#follows ? undefined : this.#slope,
            scale: this.#scale,
            bytes: this.#bytes,
            maxApart: (minSparse + rows / sparsePart) / 2,
          });
    if (packed) {
      this.#take(packed);
    } else {
      this.#isRaw = true;
      // wider, the block after this one may get by with fewer bytes than this one
      this.#bytes = this.#bytes === 1 ? 2 : 4;
      this.#apart = noRows;
      const numbers = new Float64Array(wanted).fill(this.#empty);
      numbers.set(decoded.subarray(0, rows));
      this.#codes = numbers;
    }
  }

  #take(packed: Fit): void {
    this.#codes = packed.codes;
    this.#base = packed.base;
    this.#slope = packed.slope;
    this.#scale = packed.scale;
    this.#bytes = packed.bytes;
    this.#apartCode = packed.apartCode;
    this.#apart = packed.apart;
  }
}
