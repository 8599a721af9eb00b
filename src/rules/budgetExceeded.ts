import { isCall, type Span } from '../model/span';
import type { LogRule, RuleSettings } from './rule';
import { dollars } from './say';

/** The call with which a trace or a day went over the budget that the user has set. */
export const budgetExceeded: LogRule = {
  id: 'budget-exceeded',
  title: 'Budget exceeded',
  severity: 'error',
  docs: 'The calls of a trace, or of a day, cost more than `callsight.budget` allows. Said at the call that went over it.',
  looksAt: 'log',
  compare(settings) {
    const priced: Priced[] = [];
    const isLimited =
      settings.budgetPerTraceUsd !== undefined || settings.budgetPerDayUsd !== undefined;
    return {
      see: span => {
        if (isLimited) {
          addPrice(span, priced);
        }
      },
      conclude() {
        const crossings = findCrossings(withoutEnclosing(priced), settings);
        priced.length = 0;
        return span => {
          const crossing = crossings.get(span.key);
          return (
            crossing && {
              message: `With this call, ${crossing.of} went over its budget of ${dollars(crossing.budget)}; in all it cost ${dollars(crossing.total)}.`,
              fixes: [
                'Sort the calls by cost and look at the first few: mostly one operation takes most of it.',
                'Stop the app itself at a limit (steps, tokens, dollars): a log only tells afterwards.',
                'Use a cheaper model or prompt caching for the operation that costs most.',
              ],
              links: [],
              facts: { budget_usd: crossing.budget, total_usd: Number(crossing.total.toFixed(6)) },
            }
          );
        };
      },
    };
  },
};

interface Crossing {
  readonly of: string;
  readonly budget: number;
  readonly total: number;
}

interface Priced {
  readonly key: string;
  readonly at: number;
  readonly usd: number;
  readonly trace: string;
  readonly spanId: string | undefined;
  readonly parentSpanId: string | undefined;
}

function findCrossings(
  priced: readonly Priced[],
  { budgetPerTraceUsd, budgetPerDayUsd }: RuleSettings,
): ReadonlyMap<string, Crossing> {
  const crossings = new Map<string, Crossing>();
  const add = (of: (call: Priced) => string, name: (id: string) => string, budget: number) => {
    for (const [key, { id, total }] of firstOver(priced, of, budget)) {
      crossings.set(key, { of: name(id), budget, total });
    }
  };
  if (budgetPerDayUsd !== undefined) {
    add(
      call => dayOf(call.at),
      day => `the day ${day}`,
      budgetPerDayUsd,
    );
  }
  if (budgetPerTraceUsd !== undefined) {
    add(
      call => call.trace,
      () => 'this trace',
      budgetPerTraceUsd,
    );
  }
  return crossings;
}

function addPrice(span: Span, priced: Priced[]): void {
  if (isCall(span) && span.cost && span.startTime !== undefined) {
    const { key, traceKey, spanId, parentSpanId, startTime } = span;
    priced.push({ key, at: startTime, usd: span.cost.usd, trace: traceKey, spanId, parentSpanId });
  }
}

/** In time order. A call around other calls (a proxy) has their cost again and is left out. */
function withoutEnclosing(priced: readonly Priced[]): readonly Priced[] {
  const place = (trace: string, id: string) => JSON.stringify([trace, id]);
  const enclosing = new Set(
    priced.flatMap(({ trace, parentSpanId }) =>
      parentSpanId === undefined ? [] : place(trace, parentSpanId),
    ),
  );
  return priced
    .filter(({ trace, spanId }) => spanId === undefined || !enclosing.has(place(trace, spanId)))
    .toSorted((one, other) => one.at - other.at);
}

/** The call with which each group went over the limit, and what the group cost in all. */
function firstOver(
  priced: readonly Priced[],
  groupOf: (call: Priced) => string,
  limit: number,
): ReadonlyMap<string, { readonly id: string; readonly total: number }> {
  const groups = new Map<string, { total: number; crossedBy: string | undefined }>();
  for (const call of priced) {
    const id = groupOf(call);
    const group = groups.get(id) ?? { total: 0, crossedBy: undefined };
    groups.set(id, group);
    group.total += call.usd;
    if (group.total > limit) {
      group.crossedBy ??= call.key;
    }
  }
  return new Map(
    [...groups].flatMap(([id, { total, crossedBy }]) =>
      crossedBy === undefined ? [] : [[crossedBy, { id, total }] as const],
    ),
  );
}

/** `2026-10-05` in the time zone of the reader. */
function dayOf(time: number): string {
  const date = new Date(time);
  const two = (value: number) => String(value).padStart(2, '0');
  return `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`;
}
