import { percentile } from '../analysis/percentile';
import { isCall, type Span } from '../model/span';
import { keyOf } from './keyOf';
import type { Collector, LogRule } from './rule';

const floorMs = 10_000; // below that nobody waits long, however quick the others are
const fewCalls = 20; // of a model, from which on its usual duration is known
const share = 0.95;
const factor = 2; // times the 95th percentile: a tail of usual length is no finding

/** A call took far longer than nearly all others of its model. */
export const slowCall: LogRule = {
  id: 'slow-call',
  title: 'Slow call',
  severity: 'info',
  docs: `A call took more than ${factor} times the 95th percentile of its operation and model (of at least ${fewCalls} calls) and more than ${floorMs / 1000} s.`,
  looksAt: 'log',
  compare() {
    const collected = usualDurations();
    return {
      see: (span, place) => collected.see(span, place),
      conclude() {
        const usual = collected.conclude();
        return span => {
          const p95Ms = usual.get(laneOf(span));
          const { durationMs } = span;
          if (
            !isCall(span) ||
            durationMs === undefined ||
            p95Ms === undefined ||
            durationMs < floorMs ||
            durationMs < factor * p95Ms
          ) {
            return undefined;
          }
          const seconds = (ms: number) => `${(ms / 1000).toFixed(1)} s`;
          const waited = span.timeToFirstTokenMs;
          return {
            message: `It took ${seconds(durationMs)}; 95 of 100 calls of "${span.name}" to ${span.model} take at most ${seconds(p95Ms)}.${waited === undefined ? '' : ` The first token came after ${seconds(waited)}.`}`,
            fixes: [
              'Compare its output tokens with those of quick calls: a long answer takes long. Cap it, or stream it.',
              'Look for retries inside the SDK: the time of failed attempts counts in.',
              'If the first token came late, the provider queued the call or the prompt is long and not cached.',
            ],
            links: [],
            facts: { duration_ms: Math.round(durationMs), p95_ms: Math.round(p95Ms) },
          };
        };
      },
    };
  },
};

/** A summary of the whole conversation takes longer than an answer, whatever the model. */
function laneOf({ model, name }: Span): string {
  return keyOf(model, name);
}

/** 95th percentile of the duration by operation and model, where there are enough calls to know it. */
function usualDurations(): Collector<ReadonlyMap<string, number>> {
  const durations = new Map<string, number[]>();
  return {
    see(span) {
      if (isCall(span) && span.model !== undefined && span.durationMs !== undefined) {
        const lane = laneOf(span);
        const list = durations.get(lane) ?? [];
        durations.set(lane, list);
        list.push(span.durationMs);
      }
    },
    conclude() {
      const usual = new Map<string, number>();
      for (const [lane, list] of durations) {
        const p95Ms = percentile(Float64Array.from(list).sort(), share);
        if (list.length >= fewCalls && p95Ms !== undefined) {
          usual.set(lane, p95Ms);
        }
      }
      durations.clear();
      return usual;
    },
  };
}
