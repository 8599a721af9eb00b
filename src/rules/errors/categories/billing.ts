import type { ErrorCategory } from '../category';
import {
  anthropicErrors,
  deepseekErrors,
  huggingfacePricing,
  openaiErrors,
  openrouterCredits,
  togetherErrors,
  xaiDocs,
} from '../links';
import { amount, count, sentences } from '../say';

export const billing: ErrorCategory = {
  id: 'billing',
  group: 'money',
  title: 'No credit, or billing is not active',
  definition: 'No credit or balance is left, billing is inactive, or the plan excludes the model.',
  retryable: false,
  facts: ['amounts', 'model', 'code'],
  decisive: {
    codes: [
      'insufficient_quota',
      'insufficient_balance',
      'insufficient_credits',
      'insufficient_funds',
      'insufficient_user_quota',
      'billing_not_active',
      'billing_hard_limit_reached',
      'billing_error',
      'BILLING_DISABLED',
      'payment_required',
      'exceeded_current_quota_error',
      'Arrearage',
      'AccountOverdueError',
      'INVALID_PAYMENT_INSTRUMENT',
      'CreditsError',
      'InsufficientBalanceError',
      'credit_balance_too_low',
    ],
    words: [
      {
        words: /\byou exceeded your current (?:token )?quota\b/i,
        unless: /RESOURCE_EXHAUSTED|ai\.google\.dev|generativelanguage|gemini|quotaId|google/i,
        anywhere: true,
      },
      /\binsufficient (?:account )?(?:quota|balance|credits?|funds)\b/i,
      /\bcredit balance\b|\bbalance (?:is )?(?:too low|insufficient|not enough|exhausted|depleted)/i,
      /\b(?:out of|no|not enough|low on|exhausted|depleted|used up|used all|ran out of|run out of|requires?|add|purchase|buy|available|remaining|prepaid|prepayment|free|more|your|monthly included)\b(?: \S{1,20}){0,2} credits?\b(?! card)/i,
      /\bcredits?\b.{0,24}\b(?:exhausted|depleted|used up|required|expired|insufficient|remaining|ran out)/i,
      /\b(?:used up|out of|no more) your points\b|\bout of extra usage\b/i,
      /\bbilling (?:hard limit|account|is (?:not active|disabled)|not active|disabled|issue|plan|details are missing)/i,
      /\b(?:requires?|enable|set ?up|activate) billing\b|\bbilling to be enabled\b/i,
      /\baccount\b.{0,40}\b(?:is not active|overdue|past due|in arrears|suspended due to)\b.{0,80}\b(?:billing|balance|payment|plan)?/i,
      /\b(?:unpaid|outstanding|overdue) (?:invoice|balance|bill|payment)/i,
      /\b(?:payment method|payment instrument)\b/i,
      /\bmonthly spending limit\b/i,
      /余额.{0,6}(?:不足|已用|为|耗尽|不够)|欠费|充值|额度不足|账户.{0,6}(?:余额|欠)|资源包|残高/,
    ],
  },
  strong: {
    words: [
      /\bpayment required\b/i,
      /\bcheck your plan and billing\b/i,
      /\b(?:upgrade|subscribe) (?:to|your)\b.{0,40}\b(?:plan|tier|pro|paid|subscription)/i,
      /\b(?:plan|subscription|tier) (?:does not|doesn't) (?:include|support|allow|cover)/i,
      /\bnot (?:available|included|supported) (?:on|in|with|for) (?:your|the|this)(?: \S{1,20}){0,2} (?:plan|tier|subscription)/i,
      /\b(?:paid|pro|premium|active) (?:plan|subscription|account|tier)\b.{0,40}\b(?:required|needed|to (?:use|access))|\brequires? an? (?:paid|pro|premium|active)\b.{0,20}\b(?:plan|subscription|account|tier)/i,
      /\bsubscription\b.{0,30}\b(?:expired|required|inactive|not found|ended)/i,
      /\bspending limit\b/i,
    ],
  },
  hint: {
    words: [
      {
        words:
          /\b(?:billing|payments?|credits?|balance|subscription|invoices?|paid plan|wallet|top[- ]?up|recharge)\b/i,
        along:
          /\b(?:too|insufficient|required|requires|negative|expired|no|not|run out|low|must|please|upgrade|exceed\w*|fail\w*|suspended|due|error)\b/i,
      },
    ],
  },
  status: [402],
  explain: facts => {
    const limit = amount(facts, 'limit');
    const requested = amount(facts, 'requested');
    return sentences(
      'The account cannot pay for this request: no credit is left, billing is off, or the plan leaves the model out.',
      'The key and the request are fine.',
      limit !== undefined && requested !== undefined
        ? `Asked for up to ${count(requested)} tokens, the credit pays for ${count(limit)}.`
        : undefined,
    );
  },
  fixes: facts => {
    const limit = amount(facts, 'limit');
    const affordable =
      limit === undefined || limit === 0
        ? []
        : [`Lower max_tokens to ${count(limit)} or less: that works at once.`];
    return [
      ...affordable,
      "Add credit or turn on billing in the provider's console, for the organization of this very key.",
      'Fresh credit takes some minutes to count; a new key of the paid project helps.',
      'Choose a free model, or a provider that has credit, until then.',
      'Do not retry: nothing changes by waiting, even though the status may be 429.',
    ];
  },
  links: [
    openaiErrors,
    anthropicErrors,
    openrouterCredits,
    deepseekErrors,
    huggingfacePricing,
    togetherErrors,
    xaiDocs,
  ],
};
