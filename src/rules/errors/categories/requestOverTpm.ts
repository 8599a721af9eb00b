import type { ErrorCategory } from '../category';
import { azureQuota, groqRateLimits, openaiRateLimits } from '../links';
import { amount, count, overflow, sentences, theModel } from '../say';

export const requestOverTpm: ErrorCategory = {
  id: 'request_over_tpm',
  group: 'capacity',
  title: 'One request exceeds the tokens per minute',
  definition:
    'A single request is bigger than the limit per minute, so that waiting never helps, whatever the status says.',
  retryable: false,
  facts: ['amounts', 'model'],
  decisive: {
    words: [
      /\brequest too large\b.{0,160}\b(?:tokens per min|per minute|TPM)\b/i,
      /\brequest too large for (?:model )?\S{1,120} in organization\b/i,
      /\b(?:request|prompt)\b.{0,60}\b(?:larger|bigger|greater|more) than\b.{0,40}\b(?:tokens?[ -]per[ -]min|per[ -]minute|TPM)\b/i,
      /\bsingle request\b.{0,60}\bexceeds?\b.{0,60}\b(?:per[ -]minute|TPM|rate limit)/i,
      /\bmax_tokens\b.{0,60}\b(?:exceeds?|greater than|larger than)\b.{0,60}\b(?:per[ -]minute|TPM)\b/i,
      /\binput or output tokens must be reduced\b/i,
    ],
  },
  explain: facts =>
    sentences(
      `This one request is bigger than ${theModel(facts)} accepts in a whole minute, so waiting cannot help.`,
      overflow(facts, 'tokens', 'asked for', 'allowed per minute'),
    ),
  fixes: facts => {
    const limit = amount(facts, 'limit');
    return [
      limit === undefined
        ? 'Shorten the prompt: drop old turns, unused tools and long tool results.'
        : `Bring prompt plus max_tokens under ${count(limit)}: drop old turns, unused tools and long tool results.`,
      'Lower max_tokens: it is counted in full even when the answer is one word.',
      'Use a model or a tier with more tokens per minute.',
    ];
  },
  links: [openaiRateLimits, groqRateLimits, azureQuota],
};
