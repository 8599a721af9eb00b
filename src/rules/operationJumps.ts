import { findJumps, type Jump, type JumpLimits, type Sample } from '../analysis/jumps';
import { isCall, type Span } from '../model/span';
import type { Collector } from './rule';

/** Calls whose value jumps above those of the same operation before them, by key. */
export function operationJumps(
  read: (span: Span) => number | undefined,
  limits: JumpLimits,
): Required<Collector<ReadonlyMap<string, Jump>>> {
  const operations = new Map<string, Sample[]>();
  const jumps = new Map<string, Jump>();
  return {
    see(span) {
      const value = read(span);
      if (!isCall(span) || value === undefined || span.startTime === undefined) {
        return;
      }
      // two formats in one folder may count differently
      const operation = JSON.stringify([span.kind, span.name, span.format]);
      const samples = operations.get(operation) ?? [];
      operations.set(operation, samples);
      const lane = span.sessionId ?? span.traceKey;
      samples.push({ key: span.key, at: span.startTime, lane, value });
    },
    *prepare() {
      for (const samples of operations.values()) {
        for (const found of findJumps(samples, limits)) {
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
