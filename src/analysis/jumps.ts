import { percentile } from './percentile';
import type { Series } from './series';

/** A value far above what came before. */
export interface Jump {
  readonly value: number;
  readonly median: number;
  readonly p95: number;
  /** How many values the median and the percentile are of. */
  readonly before: number;
}

export interface JumpLimits {
  /** No value below is a jump. */
  readonly floor: number;
  /** Times the 95th percentile of the values before. */
  readonly factor: number;
}

const usualShare = 0.95; // of the values before lie below what is far above
const enoughBefore = 20;
const windowSize = 200; // the latest values that a value is compared with
const samplesInOneGo = 100; // some of them take 20 µs
const spreads = 10; // median absolute deviations above the median, at least
const laneFactor = 2; // times the value before in its lane: less is growth, not a jump

/**
 * Values that jump above the history of their own series, with their ids; undefined where other work may be done. A level that stays is one jump: the
 * values after it are none. Growth within a lane (a conversation that gets longer) is none.
 */
export function* findJumps(
  series: Series,
  { floor, factor }: JumpLimits,
): Generator<readonly [number, Jump] | undefined> {
  /** The last value of each lane. */
  const before = new Map<number, number>();
  const latest: number[] = [];
  let sum = 0;
  let isHigh = false;
  let passed = 0;
  for (const at of series.inOrder()) {
    if (passed++ % samplesInOneGo === 0) {
      yield undefined;
    }
    const lane = series.lanes[at] ?? 0;
    const value = series.values[at] ?? 0;
    const inLane = before.get(lane);
    before.set(lane, value);
    // sorting the window for each of a million values would take minutes; hardly any is above twice the mean
    const mayJump =
      latest.length >= enoughBefore && value >= floor && value > (2 * sum) / latest.length;
    const jump = mayJump ? jumpOver(latest, value, factor) : undefined;
    if (jump && !isHigh && (inLane === undefined || value > laneFactor * inLane)) {
      yield [series.ids[at] ?? 0, jump];
    }
    isHigh = jump !== undefined;
    latest.push(value);
    sum += value;
    if (latest.length > windowSize) {
      sum -= latest.shift() ?? 0;
    }
  }
}

function jumpOver(values: readonly number[], value: number, factor: number): Jump | undefined {
  if (!mayBeOver(values, value, factor)) {
    return undefined;
  }
  const sorted = Float64Array.from(values).sort();
  const median = percentile(sorted, 0.5) ?? 0;
  const p95 = percentile(sorted, usualShare) ?? 0;
  const deviations = sorted.map(one => Math.abs(one - median)).sort();
  const spread = percentile(deviations, 0.5) ?? 0;
  return value > factor * p95 && value > median + spreads * spread
    ? { value, median, p95, before: values.length }
    : undefined;
}

/** Whether it can be above so many times the percentile, which lies between two of the values: without sorting them, which takes 20 µs. */
function mayBeOver(values: readonly number[], value: number, factor: number): boolean {
  const room = values.length - 1 - Math.floor(usualShare * (values.length - 1));
  let above = 0;
  for (const one of values) {
    above += factor * one >= value ? 1 : 0;
  }
  return above <= room;
}
