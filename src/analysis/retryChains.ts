import { isCall, isFailed, type Span } from '../model/span';
import { RetryLanes } from './retryLanes';

/** A request that failed and was sent again. */
export interface RetryChain {
  /** Two or more, in time order: the same operation under the same parent, sent to the same model; all but the last failed. */
  readonly attempts: readonly Span[];
  /** The same request to another model after the last attempt had failed too. */
  readonly fallback: Span | undefined;
  /** Whether the last attempt or the fallback succeeded. */
  readonly healed: boolean;
}

interface OpenChain {
  readonly attempts: Span[];
  fallback: Span | undefined;
}

/**
 * Which failed calls were attempts of one request. `spans` are those of a trace in time order. A failed call that was
 * followed by nothing is no chain; one that was followed by another model only is a chain of one attempt and a fallback.
 */
export function retryChains(spans: readonly Span[]): readonly RetryChain[] {
  if (!spans.some(isFailed)) {
    return [];
  }
  const lanes = new RetryLanes();
  /** By their first attempts. */
  const chains = new Map<Span, OpenChain>();
  for (const call of spans) {
    const followed = lanes.see(call);
    const chain = followed && chains.get(followed.attempt.first);
    if (chain && followed.isFallback) {
      chain.fallback = call;
    } else if (chain) {
      chain.attempts.push(call);
      continue;
    }
    if (isFailed(call) && isCall(call)) {
      chains.set(call, { attempts: [call], fallback: undefined });
    }
  }
  return [...chains.values()]
    .filter(({ attempts, fallback }) => attempts.length > 1 || fallback)
    .map(toChain);
}

function toChain({ attempts, fallback }: OpenChain): RetryChain {
  const healed = [attempts.at(-1), fallback].some(call => call?.status === 'ok');
  return { attempts, fallback, healed };
}
