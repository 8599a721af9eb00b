import type { ErrorCategory } from '../category';

export const refusal: ErrorCategory = {
  id: 'refusal',
  group: 'output',
  title: 'Model declined',
  definition: 'A normal reply in which the model says that it will not do it.',
  retryable: false,
  facts: [],
  decisive: {
    codes: ['refusal', 'ModelRefusalError'],
    words: [
      /(?:^|: ?["']|Exception - )\W{0,4}(?:(?:i'm|i am|we're) (?:very |so |really )?sorry,? ?(?:but )?|sorry,? ?(?:but )?|i apologi[sz]e,? ?(?:but )?|unfortunately,? ?)?(?:i|we) (?:can't|cannot|can not|won't|will not|am (?:not able|unable)|'m (?:not able|unable)|must decline|do not feel comfortable|don't feel comfortable|have to decline)\b/i,
      /(?:^|: ?["']|Exception - )\W{0,4}i'm (?:not able|unable|not comfortable)\b/i,
      /(?:^|: ?["']|Exception - )\W{0,4}(?:i'm |i am )?sorry,? (?:but )?(?:i )?(?:can't|cannot|can not|am unable|am not able)\b/i,
      /(?:^|: ?["']|Exception - )\W{0,4}as an ai(?: language model| assistant)?,? /i,
      /\bstop[ _]?reason\b.{0,6}\brefusal\b|\bmodel (?:has )?(?:declined|refused)\b|\b(?:declined|refused) to (?:answer|respond|assist|comply)\b/i,
      /(?:^|: ?["']|Exception - )\W{0,4}(?:抱歉|对不起|很抱歉).{0,8}我(?:不能|无法)|^\W{0,4}我(?:不能|无法)(?:提供|协助|帮助|回答)/,
      /\bis unable to respond to this request\b/i,
    ],
  },
  explain: () =>
    'The call worked; the model itself answered that it will not do this. It is a matter of the prompt, not an outage.',
  fixes: () => [
    'Count how often it happens, and change the prompt: say who asks and what for.',
    'Read message.refusal (OpenAI) or the stop reason refusal (Anthropic) instead of parsing the text.',
    'After a refusal start afresh or trim the conversation: it colours the next turns.',
  ],
  links: [],
};
