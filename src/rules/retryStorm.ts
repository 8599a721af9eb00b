import { gapBetween } from '../analysis/retryLanes';
import type { RetryChain } from '../analysis/retryChains';
import type { Span } from '../model/span';
import { chainsOf } from './chainsOf';
import { perTrace } from './perTrace';
import { recallDiagnosis } from './recallDiagnosis';
import { span as timeSpan } from './say';
import type { RuleFinding, SpanRule } from './rule';

const manyAttempts = 4;
const quickMs = 2000; // between two attempts: no overload is over by then
const growth = 1.5; // of the pauses from one to the next, on average, which makes it a backoff
const earlyMs = 250; // before the end of the advised pause that count as kept

/** A failed call was sent again too soon or too often, which keeps the provider's limit closed. */
export const retryStorm: SpanRule = {
  id: 'retry-storm',
  title: 'Retried too fast',
  severity: 'warning',
  docs: `A failed call was sent again before the pause that its error advised was over, or ${manyAttempts} times and more with at most ${quickMs / 1000} s between and no growing pause.`,
  looksAt: 'span',
  check(span, { traceSpans }) {
    const chain = stormsOf(traceSpans).get(span.key);
    return chain && (sentTooEarly(chain) ?? sentTooOften(chain));
  },
};

/** Chains that are worth a look, by the key of their last attempt. */
const stormsOf = perTrace(
  spans =>
    new Map(
      chainsOf(spans)
        .filter(chain => chain.attempts.length > 1)
        .map(chain => [chain.attempts.at(-1)?.key ?? '', chain]),
    ),
);

function sentTooEarly({ attempts, healed }: RetryChain): RuleFinding | undefined {
  for (const [at, failed] of attempts.slice(0, -1).entries()) {
    const advised = advisedPauseMs(failed);
    const next = attempts[at + 1];
    const gapMs = next && gapBetween(failed, next);
    if (advised !== undefined && gapMs !== undefined && gapMs + earlyMs < advised) {
      return {
        message: `Attempt ${at + 1} of ${attempts.length} was told to wait ${timeSpan(advised)}, but the next one came after ${timeSpan(Math.max(0, gapMs))}. ${outcome(healed)} Attempts that come too early often count against the limit.`,
        fixes: [
          `Wait as long as the error says (retry-after; here ${timeSpan(advised)}), then retry.`,
          'See whether two layers retry, the SDK and the app (or a gateway): let one of them do it.',
          'Back off exponentially with jitter when it fails again, and cap the attempts.',
        ],
        links: [],
        facts: {
          attempts: attempts.length,
          advised_s: advised / 1000,
          waited_s: Math.max(0, Math.round(gapMs) / 1000),
        },
      };
    }
  }
  return undefined;
}

function sentTooOften({ attempts, healed }: RetryChain): RuleFinding | undefined {
  const gaps = attempts.slice(1).map((next, at) => {
    const before = attempts[at];
    return (before && gapBetween(before, next)) ?? Number.POSITIVE_INFINITY;
  });
  const longest = gaps.reduce((one, other) => Math.max(one, other), 0);
  if (attempts.length < manyAttempts || longest > quickMs || backsOff(gaps)) {
    return undefined;
  }
  const [first] = attempts;
  const isHopeless = first !== undefined && diagnosed(first).retryable === false;
  return {
    message: `The same call was sent ${attempts.length} times with at most ${timeSpan(longest)} between, and the pause did not grow. ${outcome(healed)}`,
    fixes: [
      ...(isHopeless && first?.error
        ? [
            `Do not retry this error (${diagnosed(first).title}): it stays until something is changed.`,
          ]
        : []),
      'Back off exponentially with jitter (1 s, 2 s, 4 s, …), honour retry-after, and cap the attempts.',
      'See whether two layers retry, the SDK and the app (or a gateway): their attempts multiply.',
    ],
    links: [],
    facts: { attempts: attempts.length, longest_pause_ms: Math.round(longest) },
  };
}

function outcome(healed: boolean): string {
  return healed ? 'It succeeded in the end.' : 'It failed in the end.';
}

function backsOff(gaps: readonly number[]): boolean {
  const [first = 0] = gaps;
  const last = gaps.at(-1) ?? 0;
  return last > Math.max(first, 1) * growth ** (gaps.length - 1);
}

function advisedPauseMs(failed: Span): number | undefined {
  const seconds = diagnosed(failed).facts['retry_after_s'];
  return typeof seconds === 'number' && seconds > 0 ? seconds * 1000 : undefined;
}

function diagnosed({ error, provider, model }: Span) {
  return recallDiagnosis({ message: '', ...error, provider, model });
}
