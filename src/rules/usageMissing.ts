import { isCall, type Span } from '../model/span';
import { keyOf } from './keyOf';
import type { LogRule } from './rule';
import { count } from './say';

const fewCalls = 5; // with tokens, from which on a call without is an exception
const usualShare = 0.5; // of a model's calls have tokens, at least

/** A call whose tokens are not logged, though those of the other calls of its model are. */
export const usageMissing: LogRule = {
  id: 'usage-missing',
  title: 'Call without token counts',
  severity: 'info',
  docs: `A call succeeded without token counts, while most calls of its model (${fewCalls} or more) have them. Once a trace.`,
  looksAt: 'log',
  compare() {
    const models = new Map<string, Tally>();
    return {
      see: span => tally(span, models),
      conclude() {
        const first = new Map<string, { readonly key: string; readonly counted: number }>();
        for (const { counted, uncounted } of models.values()) {
          if (counted >= fewCalls && counted >= usualShare * (counted + uncounted.length)) {
            uncounted
              .filter(({ trace }) => !first.has(trace))
              .forEach(({ key, trace }) => first.set(trace, { key, counted }));
          }
        }
        models.clear();
        return span => {
          const found = first.get(span.traceKey);
          return found?.key === span.key
            ? {
                message: `This call succeeded, but no tokens are logged; ${count(found.counted)} other calls to ${span.model} have them. Sums and costs of this trace are too low.`,
                fixes: [
                  'Look at the code path of this call: a stream, a cache or an error handler may log before the usage is there.',
                  'With a stream, ask for the usage (stream_options: {"include_usage": true}) and log after the last chunk.',
                ],
                links: [],
                facts: { model: span.model ?? '', calls_with_usage: found.counted },
              }
            : undefined;
        };
      },
    };
  },
};

interface Tally {
  counted: number;
  readonly uncounted: { readonly key: string; readonly trace: string }[];
}

function tally(span: Span, models: Map<string, Tally>): void {
  if (!isCall(span) || span.status !== 'ok' || span.model === undefined) {
    return;
  }
  // two formats in one folder may tell of the same calls, one of them without tokens
  const id = keyOf(span.format, span.kind, span.model);
  const known = models.get(id) ?? { counted: 0, uncounted: [] };
  models.set(id, known);
  const { inputTokens, outputTokens, totalTokens } = span.usage;
  if (inputTokens === undefined && outputTokens === undefined && totalTokens === undefined) {
    known.uncounted.push({ key: span.key, trace: span.traceKey });
  } else {
    known.counted++;
  }
}
