import type { Spread } from './spread';

export type Unit = '×' | 'ms' | 'MB' | 'B' | '%' | 'GB/s' | '';

/** What a figure should be, in its own unit. */
export type Limit = { readonly atMost: number } | { readonly atLeast: number };

/** One line of the report. */
export interface Figure {
  readonly what: string;
  readonly unit: Unit;
  /** What was measured; a text: why there is no figure. */
  readonly measured: Spread | string;
  /** undefined: told for comparison only. */
  readonly limit?: Limit | undefined;
  readonly remark?: string | undefined;
}

/** `met`, `not met by 1.40 ×`, or why nothing can be said. */
export function verdictOf({ measured, limit, unit }: Figure): string {
  if (typeof measured === 'string') {
    return 'not measured';
  }
  if (limit === undefined) {
    return '';
  }
  const gap = 'atMost' in limit ? measured.median - limit.atMost : limit.atLeast - measured.median;
  return gap <= 0 ? 'met' : `not met by ${showNumber(gap)}${showUnit(unit)}`;
}

/** `2.47 × (1.99–2.54)`. */
export function showMeasured({ measured, unit }: Figure): string {
  if (typeof measured === 'string') {
    return measured;
  }
  const { median, min, max } = measured;
  const range = min === max ? '' : ` (${showNumber(min)}–${showNumber(max)})`;
  return `${showNumber(median)}${showUnit(unit)}${range}`;
}

/** `≤ 3 ×`. */
export function showLimit({ limit, unit }: Figure): string {
  if (limit === undefined) {
    return '';
  }
  return 'atMost' in limit
    ? `≤ ${limit.atMost}${showUnit(unit)}`
    : `≥ ${limit.atLeast}${showUnit(unit)}`;
}

function showUnit(unit: Unit): string {
  return unit === '' ? '' : ` ${unit}`;
}

/** Three digits that count, at least. */
export function showNumber(value: number): string {
  const size = Math.abs(value);
  const digits = size === 0 || size >= 100 ? 0 : size >= 10 ? 1 : size >= 0.1 ? 2 : 3;
  return value.toLocaleString('en-US', { maximumFractionDigits: digits });
}
