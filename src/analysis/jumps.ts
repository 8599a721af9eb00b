import { percentile } from './percentile';

/** One value of a series: `at` in epoch ms, `lane` says with which earlier values it belongs (a session, a trace). */
export interface Sample {
  readonly key: string;
  readonly at: number;
  readonly lane: string;
  readonly value: number;
}

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

const enoughBefore = 20;
const windowSize = 200; // the latest values that a value is compared with
const samplesInOneGo = 100; // some of them take 20 µs
const spreads = 10; // median absolute deviations above the median, at least
const laneFactor = 2; // times the value before in its lane: less is growth, not a jump

/**
 * Values that jump above the history of their own series, with their keys; undefined where other work may be done. A level that stays is one jump: the
 * values after it are none. Growth within a lane (a conversation that gets longer) is none.
 */
export function* findJumps(
  samples: readonly Sample[],
  { floor, factor }: JumpLimits,
): Generator<readonly [string, Jump] | undefined> {
  const lanes = new Map<string, number>();
  const latest: number[] = [];
  let sum = 0;
  let isHigh = false;
  const inOrder = samples.toSorted((one, other) => one.at - other.at);
  for (const [at, { key, lane, value }] of inOrder.entries()) {
    if (at % samplesInOneGo === 0) {
      yield undefined;
    }
    const before = lanes.get(lane);
    lanes.set(lane, value);
    // sorting the window for each of a million values would take minutes; hardly any is above twice the mean
    const mayJump =
      latest.length >= enoughBefore && value >= floor && value > (2 * sum) / latest.length;
    const jump = mayJump ? jumpOver(latest, value, factor) : undefined;
    if (jump && !isHigh && (before === undefined || value > laneFactor * before)) {
      yield [key, jump];
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
  const sorted = Float64Array.from(values).sort();
  const median = percentile(sorted, 0.5) ?? 0;
  const p95 = percentile(sorted, 0.95) ?? 0;
  const deviations = sorted.map(one => Math.abs(one - median)).sort();
  const spread = percentile(deviations, 0.5) ?? 0;
  return value > factor * p95 && value > median + spreads * spread
    ? { value, median, p95, before: values.length }
    : undefined;
}
