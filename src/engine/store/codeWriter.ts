import type { Codes } from './blockFit';
import type { SparseRows } from './sparseRows';

/** How the numbers of a block are made of its codes, see `PackedBlock`. */
export interface CodeRule {
  /** What a row says that was never set: its code is 0. */
  readonly empty: number;
  readonly base: number;
  readonly scale: number;
  readonly slope: number;
  /** What no code reaches. */
  readonly apartCode: number;
}

/**
 * Writes the codes of `count` numbers, of the values from `from` on, to rows from `at` on that were never set. Stops at the first one that has
 * no code; returns how many have one.
 */
export function writeCodes(
  codes: Codes,
  at: number,
  values: Float64Array,
  from: number,
  count: number,
  rule: CodeRule,
): number {
  const { empty, base, scale, slope, apartCode } = rule;
  let done = 0;
  if (scale === 1 && slope === 0) {
    for (; done < count; done++) {
      const value = values[from + done] ?? empty;
      const code = value - base;
      if (code >= 1 && code < apartCode && code >>> 0 === code && base + code === value) {
        codes[at + done] = value === empty ? 0 : code;
      } else if (value !== empty && !Number.isNaN(value)) {
        break;
      }
    }
    return done;
  }
  for (; done < count; done++) {
    const value = values[from + done] ?? empty;
    const line = base + slope * (at + done);
    const code = Math.round(value * scale) - line;
    if (
      code >= 1 &&
      code < apartCode &&
      code >>> 0 === code &&
      (line + code) / scale === value &&
      value !== empty
    ) {
      codes[at + done] = code;
    } else if (value !== empty && !Number.isNaN(value)) {
      break;
    }
  }
  return done;
}

/** Reads the numbers of `count` rows from `at` on, all of which have a code; `apart`: those that are kept apart. */
export function readCodes(
  codes: Codes,
  at: number,
  count: number,
  into: Float64Array,
  to: number,
  { empty, base, scale, slope, apartCode }: CodeRule,
  apart: SparseRows,
): void {
  for (let done = 0; done < count; done++) {
    const code = codes[at + done] ?? 0;
    if (code === 0) {
      into[to + done] = empty;
    } else if (code === apartCode) {
      into[to + done] = apart.get(at + done) ?? empty;
    } else {
      const whole = base + slope * (at + done) + code;
      into[to + done] = scale === 1 ? whole : whole / scale;
    }
  }
}
