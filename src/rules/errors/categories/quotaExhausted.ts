import type { ErrorCategory } from '../category';
import { azureQuota, geminiRateLimits, groqRateLimits, openaiRateLimits } from '../links';
import { amount, count, named, sentences, theModel } from '../say';

export const quotaExhausted: ErrorCategory = {
  id: 'quota_exhausted',
  group: 'capacity',
  title: 'Quota used up',
  definition: 'The allotment of the day, week, month or free tier is used up, or is 0.',
  retryable: false,
  facts: ['amounts', 'retryAfter', 'model', 'reset'],
  decisive: {
    codes: ['usage_limit_reached', 'FreeUsageLimitError', 'AllocationQuota.FreeTierOnly'],
    words: [
      /\bByDay\b|\bper 86400 ?s\b/,

      /PerDay\b|PerDayPer|PerWeek|PerMonth/,
      { words: /\blimit: 0\b/i, along: /quota|free_tier|RESOURCE_EXHAUSTED/i },
      /\b(?:requests|tokens|neurons|tokens and requests) per (?:day|week|month)\b/i,
      /\bRPD\b|\bTPD\b/,
      /\bfree[ -]models?[ -]per[ -]day\b/i,
      /\bquota exceeded for \S{0,120}per_day/i,
      /\b(?:daily|weekly|monthly|5-hour|hourly|session)\b(?: (?!spend)\S{1,20}){0,3} (?:limit|quota|allocation|allowance)\b.{0,60}\b(?:exceed|reach|hit|exhaust|used|over)/i,
      /\b(?:exceed|reach|hit|exhaust|used up)\w*\b.{0,60}\b(?:daily|weekly|monthly|5-hour)\b(?: (?!spend)\S{1,20}){0,3} (?:limit|quota|allocation|allowance|tokens|requests)\b/i,
      /\bpremium (?:model |request)s?.{0,30}\b(?:quota|limit|allowance|exhaust)|\bexhausted your premium\b/i,
      /\b(?:claude|chatgpt|codex|cursor|ai|account|plan|your) usage limit (?:has been )?(?:reached|exceeded)/i,
      /(?:每日|每天|今日|当日|每周|每月|本月).{0,16}(?:限额|额度|配额|次数|上限|用量|限制)|免费.{0,6}(?:额度|配额|次数).{0,12}(?:用|耗|超|达)|令牌额度已用/,
    ],
  },
  strong: {
    words: [
      /\bused (?:up )?(?:all|\d{1,3}%)(?: of)? (?:your|the)\b.{0,24}\b(?:limit|quota|allowance|requests|tokens|usage)/i,

      {
        words: /\byou exceeded your current quota\b/i,
        along: /RESOURCE_EXHAUSTED|ai\.google\.dev|gemini|generativelanguage|google/i,
        unless: /PerMinute/,
        anywhere: true,
      },
      /\bfree[- _]tier\b.{0,80}\b(?:exceed|exhaust|limit|quota|used)/i,
      /\b(?:usage|plan|message|request) (?:limit|quota)\b.{0,40}\b(?:reach|exceed|exhaust|hit|used up)/i,
      /\b(?:reached|hit|exceeded|exhausted)\b.{0,40}\b(?:usage|inference|plan|message|free|trial) (?:limit|quota)s?\b/i,
      /\b(?:hit|reached) your (?:limit|quota)\b/i,
      /\bquota\b.{0,40}\b(?:exhaust|exceed|used up|deplet|reached)/i,
      /\b(?:exhaust|exceed|used up|deplet|ran out)\w*\b.{0,40}\bquota\b/i,
      /\b(?:limit|quota|usage|allocation|allowance)\b.{0,60}\bresets? (?:at|in|on|after)\b/i,
      /\b(?:limit|quota) (?:is |was )?exhausted\b/i,
      /\btrial (?:key|account|period)?.{0,30}\b(?:limit|expired|ended|calls)/i,
      /配额.{0,10}(?:不足|用|耗|超|达)|额度.{0,10}(?:用完|用尽|耗尽|已达|超)|用量.{0,10}(?:超|达|上限)/,
    ],
  },
  hint: {
    codes: [
      'quota_exceeded',
      'quota_exhausted',
      'QuotaExceeded',
      'QuotaExceededError',
      'daily_limit_exceeded',
      'ServiceQuotaExceededException',
      'usage_limit_exceeded',
    ],
    words: [
      {
        words:
          /\b(?:daily|weekly|monthly|hourly|5-hour) (?:\S{1,12} )?(?:limit|quota|usage|cap|allowance)\b/i,
        along:
          /\b(?:error|fail\w*|exceed\w*|cannot|can't|could not|unable|invalid|not|no|too|unsupported|missing|denied|expired|must|over|reject\w*|refus\w*|unexpected|without|incorrect|bad|reach\w*|hit|exhaust\w*|used|resets?)\b/i,
      },

      {
        words: /\b(?:quota|allowance|usage limit|free tier|allocation)\b/i,
        along:
          /\b(?:error|fail\w*|exceed\w*|cannot|can't|could not|unable|invalid|not|no|too|unsupported|missing|denied|expired|must|over|reject\w*|refus\w*|unexpected|without|incorrect|bad|reach\w*|hit|wait|retry|again)\b/i,
      },
    ],
  },
  explain: facts => {
    const limit = amount(facts, 'limit');
    const used = amount(facts, 'used');
    if (limit === 0) {
      return `This account has no quota at all for ${theModel(facts)} (limit 0): the retry delay in the message is of no use.`;
    }
    return sentences(
      `The quota for ${theModel(facts)} is used up for this period.`,
      limit === undefined
        ? undefined
        : `The limit is ${count(limit)}${used === undefined ? '' : `, ${count(used)} are used`}.`,
      facts.resets_at === undefined ? undefined : `It resets ${facts.resets_at}.`,
    );
  },
  fixes: facts => [
    amount(facts, 'limit') === 0
      ? `Enable billing or choose a model of this tier instead of ${named(facts, 'model', 'this one')}.`
      : `Wait for the reset${facts.resets_at === undefined ? '' : ` (${facts.resets_at})`}, or switch to another model or provider.`,
    'Upgrade the tier or ask for a higher quota.',
    'Do not retry in a loop: failed tries often count as well.',
    'Look at the quota id in the message: PerDay, RPD or TPD is a daily one, PerMinute is not.',
  ],
  links: [geminiRateLimits, groqRateLimits, openaiRateLimits, azureQuota],
};
