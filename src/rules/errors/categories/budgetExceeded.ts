import type { ErrorCategory } from '../category';
import { anthropicOverloaded, anthropicRateLimits, litellmErrors } from '../links';
import { amount, sentences } from '../say';

export const budgetExceeded: ErrorCategory = {
  id: 'budget_exceeded',
  group: 'money',
  title: 'Spending cap reached',
  definition:
    'A spend cap that somebody configured: a gateway budget, a key limit, an organization limit.',
  retryable: false,
  facts: ['money', 'reset'],
  decisive: {
    codes: ['BudgetExceededError', 'budget_exceeded', 'ExceededBudget', 'key_limit_exceeded'],
    words: [
      /\bbudget\b.{0,30}\b(?:exceed|reached|exhaust|used up|hit)/i,
      /\b(?:exceed\w*|over|crossed|reached|hit|exhausted)\b.{0,24}\bbudget\b/i,
      /\bmax[ _]budget\b/i,
      /\bspecified (?:api )?usage limits?\b/i,
      /\byou will regain access\b/i,
      /\bspend(?:ing)? cap\b/i,
      /\b(?:workspace|organization|project|team|key|user)(?:'s)? (?:monthly |daily )?(?:spend|spending|usage|cost) limit\b/i,
      /\b(?:spend|cost) limit\b.{0,30}\b(?:exceed|reach|hit)/i,
      /\b(?:exceed|reach|hit)\w*\b.{0,40}\b(?:spend|cost) limit\b/i,
      /\bkey limit exceeded\b/i,
      /预算.{0,8}(?:超|用|不足|耗)/,
    ],
  },
  explain: facts => {
    const cost = amount(facts, 'cost');
    const budget = amount(facts, 'budget');
    return sentences(
      'A spending cap that somebody set for this key, team, user or organization is reached.',
      cost !== undefined && budget !== undefined
        ? `Spent ${cost}, allowed ${budget}.`
        : budget === undefined
          ? undefined
          : `The cap is ${budget}.`,
      facts.resets_at === undefined ? undefined : `Access returns ${facts.resets_at}.`,
    );
  },
  fixes: facts => {
    const budget = amount(facts, 'budget');
    return [
      `Raise the cap${budget === undefined ? '' : ` of ${budget}`} of the key, team, user or organization, or wait for its reset.`,
      'Find who spent it: group the calls by user, session or model and look for a loop.',
      'Check the prices that the gateway calculates with; a wrong custom price uses a budget up early.',
    ];
  },
  links: [litellmErrors, anthropicRateLimits, anthropicOverloaded],
};
