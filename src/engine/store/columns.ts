type Numbers = Float64Array | Uint32Array | Uint8Array;

const firstCapacity = 1024; // rows

/** A column of numbers that grows by doubling: 4 bytes a row where an object would take a hundred. */
export class Column {
  #values: Numbers;
  readonly #empty: number;

  constructor(kind: 'float64' | 'uint32' | 'uint8') {
    this.#values = create(kind, firstCapacity);
    // NaN is "unknown" in a column of measurements, 0 is "none" in a column of ids
    this.#empty = kind === 'float64' ? Number.NaN : 0;
  }

  get(row: number): number {
    return this.#values[row] ?? this.#empty;
  }

  /** undefined where the column holds "unknown". Only for float64 columns. */
  known(row: number): number | undefined {
    const value = this.#values[row];
    return value === undefined || Number.isNaN(value) ? undefined : value;
  }

  set(row: number, value: number): void {
    if (row >= this.#values.length) {
      const grown = this.#values.length * 2;
      const values = create(kindOf(this.#values), Math.max(grown, row + 1));
      values.set(this.#values);
      this.#values = values;
    }
    this.#values[row] = value;
  }
}

function create(kind: 'float64' | 'uint32' | 'uint8', length: number): Numbers {
  switch (kind) {
    case 'float64':
      return new Float64Array(length);
    case 'uint32':
      return new Uint32Array(length);
    case 'uint8':
      return new Uint8Array(length);
  }
}

function kindOf(values: Numbers): 'float64' | 'uint32' | 'uint8' {
  if (values instanceof Float64Array) {
    return 'float64';
  }
  return values instanceof Uint32Array ? 'uint32' : 'uint8';
}

/** First index in [0, length) for which `isAfter` holds; `length` when none. `isAfter` must be monotonic. */
export function lowerBound(length: number, isAfter: (index: number) => boolean): number {
  let low = 0;
  let high = length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (isAfter(middle)) {
      high = middle;
    } else {
      low = middle + 1;
    }
  }
  return low;
}
