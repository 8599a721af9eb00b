type Codes = Uint8Array | Uint16Array | Uint32Array | Float64Array;

/** Rows of a block: so few that ids given one after the other differ by less than 65,536, so many that the blocks weigh nothing. */
export const blockRows = 16_384;
const firstRows = 16; // of the first block of a column, which grows: a folder may have 10,000 small files
const maxFits = 60; // of one block; what still does not fit then is kept as it is, 8 bytes a number
const scales: readonly number[] = [1, 10, 100, 1000];
const maxExact = 2 ** 53;
const widths: readonly { readonly bytes: 1 | 2 | 4; readonly limit: number }[] = [
  { bytes: 1, limit: 0xff },
  { bytes: 2, limit: 0xffff },
  { bytes: 4, limit: 0xffff_ffff },
];

const none = new Uint8Array(0);
const decoded = new Float64Array(blockRows); // shared: a block is packed again in one go

/**
 * Some rows of a column of numbers, each in as few bytes as the widest of them needs: what is kept is a whole number, the
 * distance from a straight line (`base + slope · row`) in units of 1, 1/10, 1/100 or 1/1000. Numbers come back to the last bit, or are
 * kept as they are. As long as all rows lie on the line there are no bytes at all.
 */
export class PackedBlock {
  /** 0 is "nothing", else the distance from the line. In a raw block the numbers themselves. Empty: all of `onLine` lie on it. */
  #codes: Codes = none;
  #onLine = 0;
  #isRaw = false;
  #base = 0;
  #scale = 1;
  #slope: number;
  /** Index in `widths`. */
  #width: number;
  #limit: number;
  #fits = 0;
  readonly #empty: number;
  readonly #follows: boolean;
  /** Rows for which there is room from the start, once there are bytes. */
  readonly #room: number;

  /**
   * `empty`: what a row says that was never set. `follows`: the numbers ascend, so the slope is taken from them. `before`: the block
   * before this one, which will be much like it.
   */
  constructor(empty: number, follows: boolean, before: PackedBlock | undefined, bytes: 1 | 4) {
    this.#empty = empty;
    this.#follows = follows;
    this.#slope = before ? before.#slope : follows ? 1 : 0;
    this.#scale = before ? before.#scale : 1;
    this.#width = before ? before.#width : bytes === 4 ? 2 : 0;
    this.#limit = widths[this.#width]?.limit ?? 0;
    this.#room = before === undefined ? firstRows : blockRows;
  }

  /** `at`: row in the block. */
  get(at: number): number {
    const code = this.#codes[at];
    if (code === undefined) {
      return at < this.#onLine ? this.#line(at) : this.#empty;
    }
    if (this.#isRaw) {
      return code;
    }
    return code === 0 ? this.#empty : (this.#base + this.#slope * at + code) / this.#scale;
  }

  set(at: number, value: number): void {
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
        code <= this.#limit &&
        (line + code) / scale === value
      ) {
        codes[at] = code;
        return;
      }
    } else if (codes.length === 0 && this.#staysOnLine(at, value)) {
      return;
    }
    this.#fit(at, value);
  }

  clear(at: number): void {
    if (at < this.#codes.length) {
      this.#codes[at] = this.#isRaw ? this.#empty : 0;
    } else if (at < this.#onLine) {
      this.#fit(at, this.#empty);
    }
  }

  #line(at: number): number {
    return (this.#base + this.#slope * at) / this.#scale;
  }

  #staysOnLine(at: number, value: number): boolean {
    if (at < this.#onLine) {
      return this.#line(at) === value;
    }
    if (at > this.#onLine) {
      return false;
    }
    if (at === 0) {
      const scale = scaleOf(value, this.#scale);
      if (scale === undefined) {
        return false;
      }
      this.#scale = scale;
      this.#base = Math.round(value * scale);
    } else if (this.#line(at) !== value) {
      return false;
    }
    this.#onLine++;
    return true;
  }

  /** Packs the block anew, so that this row can hold this number. */
  #fit(at: number, value: number): void {
    const used = this.#codes.length > 0 ? this.#codes.length : this.#onLine;
    for (let row = 0; row < used; row++) {
      decoded[row] = this.get(row);
    }
    decoded.fill(this.#empty, used, Math.max(used, at));
    decoded[at] = value;
    const rows = Math.max(used, at + 1);
    const length = Math.min(blockRows, Math.max(this.#room, 2 ** Math.ceil(Math.log2(rows))));
    const isHeld =
      this.#fits++ < maxFits &&
      !this.#isRaw &&
      this.#choose(rows, at, value) &&
      this.#encode(rows, length);
    if (!isHeld) {
      this.#isRaw = true;
      const numbers = new Float64Array(length).fill(this.#empty);
      numbers.set(decoded.subarray(0, rows));
      this.#codes = numbers;
    }
  }

  /** False when a number would not come back as it was. */
  #encode(rows: number, length: number): boolean {
    const codes = createCodes(widths[this.#width]?.bytes ?? 4, length);
    for (let row = 0; row < rows; row++) {
      const number = decoded[row] ?? 0;
      if (!this.#isEmpty(number)) {
        const line = this.#base + this.#slope * row;
        const code = this.#wholeOf(number) - line;
        codes[row] = code;
        if ((line + code) / this.#scale !== number || codes[row] !== code) {
          return false;
        }
      }
    }
    this.#codes = codes;
    return true;
  }

  /** Chooses unit, line and width for what is decoded; false when no choice brings all numbers back as they were. */
  #choose(rows: number, at: number, value: number): boolean {
    const scale = this.#isEmpty(value) ? this.#scale : scaleOf(value, this.#scale);
    if (scale === undefined) {
      return false;
    }
    const wasScale = this.#scale;
    this.#scale = scale;
    this.#slope = this.#follows ? this.#slopeOf(rows) : (this.#slope / wasScale) * scale;
    let lowest = Number.POSITIVE_INFINITY;
    let highest = Number.NEGATIVE_INFINITY;
    for (let row = 0; row < rows; row++) {
      const number = decoded[row] ?? 0;
      if (!this.#isEmpty(number)) {
        const distance = this.#wholeOf(number) - this.#slope * row;
        lowest = Math.min(lowest, distance);
        highest = Math.max(highest, distance);
      }
    }
    if (lowest > highest) {
      lowest = 0;
      highest = 0;
    }
    const span = highest - lowest;
    // room for what comes, so that not every number is a reason to pack again
    const wanted = span + 1 + Math.min(span / 8, 0xff);
    while (this.#limit < wanted && this.#width < widths.length - 1) {
      this.#width++;
      this.#limit = widths[this.#width]?.limit ?? 0;
    }
    const spare = this.#limit - span - 1;
    if (spare < 0 || Math.abs(lowest) > maxExact || Math.abs(highest) > maxExact) {
      return false;
    }
    const natural = this.#empty === 0 ? 0 : -1;
    if (lowest > natural && highest - natural <= this.#limit) {
      this.#base = natural;
      return true;
    }
    const isLowest = this.#wholeOf(value) - this.#slope * at === lowest;
    this.#base = lowest - 1 - (isLowest && span > 0 ? Math.floor(spare / 2) : 0);
    return true;
  }

  #slopeOf(rows: number): number {
    const first = this.#wholeOf(decoded[0] ?? 0);
    const last = this.#wholeOf(decoded[rows - 1] ?? 0);
    return rows < 2 || this.#isEmpty(last) || this.#isEmpty(first)
      ? this.#slope
      : Math.round((last - first) / (rows - 1));
  }

  #wholeOf(value: number): number {
    return this.#scale === 1 ? value : Math.round(value * this.#scale);
  }

  #isEmpty(value: number): boolean {
    return value === this.#empty || Number.isNaN(value);
  }
}

/** The smallest unit from `least` on in which the number is a whole one. */
function scaleOf(value: number, least: number): number | undefined {
  return scales.find(scale => {
    const whole = Math.round(value * scale);
    return scale >= least && Math.abs(whole) <= maxExact && whole / scale === value;
  });
}

function createCodes(bytes: 1 | 2 | 4, length: number): Codes {
  switch (bytes) {
    case 1:
      return new Uint8Array(length);
    case 2:
      return new Uint16Array(length);
    case 4:
      return new Uint32Array(length);
  }
}
