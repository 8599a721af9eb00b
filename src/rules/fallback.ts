import type { RetryChain } from '../analysis/retryChains';
import { chainsOf } from './chainsOf';
import { errorBook } from './errorBook';
import { perTrace } from './perTrace';
import { several } from './say';
import type { SpanRule } from './rule';

/** Another model answered because the first one failed: the app works, but not as it was meant to. */
export const fallback: SpanRule = {
  id: 'fallback',
  title: 'Another model took over',
  severity: 'info',
  docs: 'A call failed, and the same operation was sent to another model, which succeeded.',
  looksAt: 'span',
  check(span, { traceSpans }) {
    const chain = fallbacksOf(traceSpans).get(span.key);
    const failed = chain?.attempts.at(-1);
    if (!chain || failed?.model === undefined || span.model === undefined) {
      return undefined;
    }
    const why = errorBook().categoryTitle(failed.error?.category ?? 'unknown');
    return {
      message: `${span.model} answered after ${several(chain.attempts.length, 'attempt')} with ${failed.model} failed (${why}). Quality, cost and limits are those of the other model.`,
      fixes: [
        `Look at the failed call to ${failed.model} first: as long as its cause stays, every request pays for the detour.`,
        'Log that a fallback answered, and count how often; a rise is an outage that nobody sees.',
        'Check that prompt, tools and parameters suit the other model too.',
      ],
      links: [],
      facts: {
        failed_model: failed.model,
        answered_model: span.model,
        attempts: chain.attempts.length,
        category: failed.error?.category ?? 'unknown',
      },
    };
  },
};

/** Chains by the key of the call that answered instead. */
const fallbacksOf = perTrace(
  spans =>
    new Map<string, RetryChain>(
      chainsOf(spans).flatMap(chain =>
        chain.fallback?.status === 'ok' ? [[chain.fallback.key, chain] as const] : [],
      ),
    ),
);
