import { findJumps, type Jump, type JumpLimits } from '../analysis/jumps';
import { Series } from '../analysis/series';
import { isCall, type Span } from '../model/span';
import { keyOf } from './keyOf';
import type { Collector } from './rule';

/** Calls whose value jumps above those of the same operation before them, by id. */
export function operationJumps(
  read: (span: Span) => number | undefined,
  limits: JumpLimits,
): Required<Collector<ReadonlyMap<number, Jump>>> {
  const operations = new Map<string, Series>();
  let jumps = new Map<number, Jump>();
  return {
    see(span, { id, lane }) {
      const value = read(span);
      const at = span.startTime;
      if (!isCall(span) || value === undefined || at === undefined) {
        return;
      }
      // two formats in one folder may count differently
      const operation = keyOf(span.kind, span.name, span.format);
      const series = operations.get(operation) ?? new Series();
      operations.set(operation, series);
      series.add({ id, at, lane, value });
    },
    *prepare() {
      jumps = new Map();
      for (const [operation, series] of operations) {
        operations.delete(operation);
        for (const found of findJumps(series, limits)) {
          if (found) {
            jumps.set(...found);
          }
          yield undefined;
        }
      }
    },
    conclude: () => jumps,
  };
}
