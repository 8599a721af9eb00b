import type { ConditionalPrice } from '@pydantic/genai-prices';

const dayMs = 86_400_000;
const maxTimeMs = 8.64e15; // of a date

/** Of the time of day in UTC, ms; the end is before the start when midnight lies between them. */
interface Hours {
  readonly startMs: number;
  readonly endMs: number;
}

/** When one of several prices of a model holds; always where neither is there. */
interface Period {
  /** Epoch ms. */
  readonly fromTime: number | undefined;
  readonly hours: Hours | undefined;
}

/**
 * Which of the prices of a model holds at which time, decided as the price list's own package decides it. The package has no way of asking
 * for that alone, and all that it does beside it takes a thousand times as long: some prices change with the minute of the day.
 */
export class DatedPrices {
  readonly #periods: readonly Period[];

  constructor(prices: readonly ConditionalPrice[]) {
    this.#periods = prices.map(({ constraint }) => toPeriod(constraint));
  }

  /** Index of the price that holds at this time (epoch ms; undefined, or no date: now). */
  indexAt(time: number | undefined): number {
    const isDate = time !== undefined && Math.abs(time) <= maxTimeMs;
    const at = isDate ? Math.trunc(time) : Date.now();
    // those that hold later come later
    for (let index = this.#periods.length - 1; index > 0; index--) {
      const period = this.#periods[index];
      if (period && holds(period, at)) {
        return index;
      }
    }
    return 0;
  }
}

function toPeriod(constraint: ConditionalPrice['constraint']): Period {
  return {
    fromTime: constraint?.type === 'start_date' ? Date.parse(constraint.start_date) : undefined,
    hours:
      constraint?.type === 'time_of_date'
        ? { startMs: dayTime(constraint.start_time), endMs: dayTime(constraint.end_time) }
        : undefined,
  };
}

/** `text` is a time of day with its zone: `00:30:00Z`. */
function dayTime(text: string): number {
  return sinceMidnight(Date.parse(`1970-01-01T${text}`));
}

function sinceMidnight(time: number): number {
  return ((time % dayMs) + dayMs) % dayMs;
}

function holds({ fromTime, hours }: Period, time: number): boolean {
  if (hours === undefined) {
    return fromTime === undefined || time >= fromTime;
  }
  const { startMs, endMs } = hours;
  const now = sinceMidnight(time);
  return endMs < startMs ? now >= startMs || now < endMs : now >= startMs && now < endMs;
}
