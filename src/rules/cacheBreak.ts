import { findRates } from '../analysis/priceBook';
import { modelFamily } from '../analysis/retryLanes';
import { isCall, type Span } from '../model/span';
import { perTrace } from './perTrace';
import { findBreak, isSameTalk, type PrefixBreak } from './promptPrefix';
import type { ContentRule } from './rule';
import { count, dollars } from './say';

const smallestCached = 1024; // tokens, from which on providers cache a prompt
const restOfCache = 0.8; // of the earlier prompt: when that much was read from the cache, nothing broke

/** Providers that cache without being asked. */
const cachesByItself = /openai|azure|deepseek|gemini|google|vertex|x_?ai|groq|moonshot/i;

/** A long prompt begins otherwise than the one before, so that the provider's cache is of no use. */
export const cacheBreak: ContentRule = {
  id: 'cache-break',
  title: 'Prompt cache is broken',
  severity: 'info',
  docs: `A prompt of ${smallestCached} tokens or more goes on from the call before, but its beginning differs: model, tools, a time or id in the system prompt, or the history was edited; where the provider caches.`,
  looksAt: 'content',
  check(span, { content, previous, traceSpans }) {
    const input = span.usage.inputTokens;
    if (!isCall(span) || input === undefined || input < smallestCached) {
      return undefined;
    }
    const before = previous();
    if (!before || before.span.name !== span.name || !caches(span, before.span)) {
      return undefined;
    }
    const found =
      findBreak(before.content, content) ??
      (isSameTalk(before.content, content) ? otherModel(before.span, span) : undefined);
    // a value that changes every time is told once
    const isTold = found?.what === 'volatile' && (placesOf(traceSpans).get(span.key) ?? 0) > 1;
    const lost = found && lostTokens(before.span, span, found);
    if (!found || isTold || lost === undefined || lost < smallestCached) {
      return undefined;
    }
    const usd = lostDollars(span, lost);
    return {
      message: `The provider's cache could not be used, because ${found.text}. About ${count(lost)} tokens that were sent before were paid in full again${usd === undefined ? '' : `, which cost about ${dollars(usd)} more`}.`,
      fixes: [
        fixes[found.what],
        'Put what never changes first (tools, system prompt, documents), what changes last.',
        'See cached tokens in the usage of each call: they should grow with the conversation.',
      ],
      links: [],
      facts: {
        differs: found.what,
        lost_tokens: lost,
        ...(usd === undefined ? {} : { lost_usd: Number(usd.toPrecision(3)) }),
      },
    };
  },
};

const fixes = {
  model: 'Stay with one model within a conversation: every model has a cache of its own.',
  tools:
    'Send the same tools in the same order in every call; forbid single ones with tool_choice instead of leaving them out.',
  volatile:
    'Take the time, the id or the counter out of the system prompt: put it into the last user message, or round it to the day.',
  system:
    'Keep the system prompt as it is within a conversation; say what is new in a later message.',
  history:
    'Only append to the history. When it must be shortened, do it rarely and by much, not by one message in every call.',
} as const;

type Break = PrefixBreak | (Omit<PrefixBreak, 'what'> & { readonly what: 'model' });

/** The same conversation, sent to another model: then nothing of it is in that model's cache. */
function otherModel(before: Span, now: Span): Break | undefined {
  const isOther = modelFamily(before.model) !== modelFamily(now.model);
  const grows =
    (now.usage.inputTokens ?? 0) >= (before.usage.inputTokens ?? Number.POSITIVE_INFINITY);
  const text = `the call before went to ${before.model}, this one to ${now.model}`;
  return isOther && grows ? { what: 'model', text, shared: 0, whole: 1 } : undefined;
}

/** Calls of the same operation before each call of the trace. */
const placesOf = perTrace(spans => {
  const counts = new Map<string, number>();
  return new Map(
    spans.filter(isCall).map(({ key, name }) => {
      const place = counts.get(name) ?? 0;
      counts.set(name, place + 1);
      return [key, place];
    }),
  );
});

function caches(span: Span, before: Span): boolean {
  const counted = [span, before].some(
    ({ usage }) => (usage.cacheReadInputTokens ?? 0) + (usage.cacheCreationInputTokens ?? 0) > 0,
  );
  return counted || cachesByItself.test(span.provider ?? '');
}

/** Tokens of the earlier prompt that this one repeats after the place where they differ, and that were not cached. */
function lostTokens(before: Span, span: Span, { shared, whole }: Break): number | undefined {
  const earlier = Math.min(before.usage.inputTokens ?? 0, span.usage.inputTokens ?? 0);
  const cached = span.usage.cacheReadInputTokens ?? 0;
  if (cached >= restOfCache * earlier) {
    return undefined;
  }
  const repeated = Math.round(earlier * (1 - shared / Math.max(1, whole)));
  return Math.min(repeated, earlier - cached);
}

function lostDollars({ model, provider, startTime }: Span, tokens: number): number | undefined {
  const rates = model === undefined ? undefined : findRates(model, provider, startTime);
  return rates?.input && rates.cacheRead
    ? (tokens * (rates.input.base - rates.cacheRead.base)) / 1e6
    : undefined;
}
