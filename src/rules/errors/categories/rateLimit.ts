import type { ErrorCategory } from '../category';
import {
  anthropicRateLimits,
  azureLimits,
  azureQuota,
  bedrockQuotas,
  geminiRateLimits,
  groqRateLimits,
  openaiRateLimits,
  vertexQuotas,
} from '../links';
import { amount, count, sentences, theModel, wait } from '../say';

export const rateLimit: ErrorCategory = {
  id: 'rate_limit',
  group: 'capacity',
  title: 'Rate limit reached',
  definition: 'A throttle per second or minute on requests or tokens, or a cap on concurrency.',
  retryable: true,
  facts: ['amounts', 'retryAfter', 'model', 'reset'],
  decisive: {
    codes: ['ThrottlingException', 'TooManyRequestsException', 'ThrottledException'],
    words: [
      { words: /PerMinute/, unless: /PerDay|limit: 0\b/, status: [429] },
      /quota exceeded for \S{0,120}per_minute/i,
      /\bthrottling\.(?:ratequota|burstrate|allocationquota)(?!\.free)/i,
    ],
  },
  strong: {
    words: [
      /\brate[ _-]?limit(?:s|ed|ing)?\b.{0,60}\b(?:exceed|reach|hit|too many|error)/i,
      /\b(?:exceed|reach|hit)\w*\b.{0,60}\brate[ _-]?limit/i,
      /\brate[ -]limited\b|\brate exceeded\b/i,
      /\btoo many (?:concurrent )?(?:requests|connections|calls)\b/i,
      /\b(?:tokens|requests)(?: |-|_)per(?: |-|_)(?:min|minute|second|sec|hour)\b/i,
      /\b(?:calls|requests|tokens|queries|messages) ?\/ ?(?:min|minute|sec|second|hour)\b/i,
      /\b[IO]?TPM\b|\bRPM\b|\bRPS\b|\bQPS\b|\bQPM\b/,
      /\bper[ -]?minute\b.{0,60}\b(?:limit|quota|exceed)|\b(?:limit|quota|exceed\w*)\b.{0,60}\bper[ -]?minute\b/i,
      /\b(?:requests?|model|api|is being|been|was|were|got) throttl(?:ed|ing)|\bthrottl(?:ed|ing) (?:error|exception|by|due)/i,
      /\b(?:concurren(?:t|cy)|parallel)\b.{0,40}\b(?:limit|exceed|quota|maximum|too many)/i,
      /\b(?:limit|exceed\w*|maximum|too many)\b.{0,40}\bconcurren(?:t|cy)\b/i,
      /\bresource has been exhausted\b/i,
      /\brequest limit (?:reached|exceeded)\b/i,
      /\bsimultaneous requests\b/i,
      /\bslow down\b|\bsending requests too (?:fast|quickly|frequently)|\brequests? too (?:frequent|fast)/i,
      /\btoo many tokens,? please wait\b/i,
      /速率限制|频率(?:限制|过高|超)|请求过于频繁|请求(?:次数|数)?(?:过多|超限|太多)|并发(?:数|量)?.{0,8}(?:超|限制|过高)|限流|访问量过大|リクエストが多すぎ|レート制限/,
    ],
  },
  hint: {
    codes: [
      'RateLimitError',
      'rate_limit_exceeded',
      'rate_limit_error',
      'rate_limit_reached',
      'rate_limited',
      'rate_limit',
      'RateLimitReached',
      'too_many_requests',
      'TooManyRequestsError',
      'RESOURCE_EXHAUSTED',
      'LimitExceededException',
    ],
    words: [
      {
        words: /\brate[ _-]?limit/i,
        along:
          /\b(?:error|fail\w*|exceed\w*|cannot|can't|could not|unable|invalid|not|no|too|unsupported|missing|denied|expired|must|over|reject\w*|refus\w*|unexpected|without|incorrect|bad|reach\w*|hit|wait|retry|again)\b/i,
      },
    ],
  },
  status: [429],
  explain: facts => {
    const limit = amount(facts, 'limit');
    const used = amount(facts, 'used');
    const requested = amount(facts, 'requested');
    const numbers =
      limit === undefined
        ? undefined
        : sentences(
            `The limit is ${count(limit)}${used === undefined ? '' : `, ${count(used)} were used`}`,
            requested === undefined
              ? undefined
              : `and this request needed ${count(requested)} more`,
          );
    const pause = wait(facts);
    return sentences(
      `More requests or tokens per minute went to ${theModel(facts)} than the account may send.`,
      numbers === undefined ? undefined : `${numbers}.`,
      pause === undefined ? undefined : `The provider says to wait ${pause}.`,
    );
  },
  fixes: facts => {
    const pause = wait(facts);
    return [
      pause === undefined
        ? 'Wait and retry: honour the retry-after header, else back off exponentially with jitter and a cap.'
        : `Wait ${pause}, then retry; back off exponentially with jitter if it fails again.`,
      'Spread the calls: fewer at a time, paced by the x-ratelimit-remaining (or anthropic-ratelimit) headers.',
      'Lower max_tokens: many providers count it against tokens per minute before the answer exists.',
      'Use prompt caching for long, repeated prompts.',
      'Raise the tier, or the tokens per minute of the deployment.',
    ];
  },
  links: [
    openaiRateLimits,
    anthropicRateLimits,
    geminiRateLimits,
    vertexQuotas,
    groqRateLimits,
    bedrockQuotas,
    azureLimits,
    azureQuota,
  ],
};
