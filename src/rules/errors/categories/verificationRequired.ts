import type { ErrorCategory } from '../category';
import { bedrockAccess, openaiVerification } from '../links';
import { sentences } from '../say';

export const verificationRequired: ErrorCategory = {
  id: 'verification_required',
  group: 'access',
  title: 'Verification or form required',
  definition: 'A form, licence or identity check has to be completed once.',
  retryable: false,
  facts: ['model', 'param'],
  decisive: {
    codes: [
      'GatedRepoError',
      'model_terms_required',
      'organization_not_verified',
      'verification_required',
    ],
    words: [
      /\b(?:organization|organisation|account|identity|phone(?: number)?|email(?: address)?|age) (?:must|needs to|has to) be verified\b/i,
      /\bverify (?:your )?(?:organization|organisation|identity|account|phone|email|age)\b/i,
      /\b(?:organization|identity|phone|email|account|age) verification\b/i,
      /\bis not verified\b|\bunverified (?:organization|account)\b/i,
      /\buse[- ]case (?:details|form|information)\b/i,
      /\bgated (?:repo|model)\b|\baccess to model \S{1,120} is restricted\b|\bask for access\b|\bawaiting a review\b/i,
      /\b(?:accept|agree to|acceptance of|sign|requires?)\b.{0,40}\b(?:licen[cs]e|terms|conditions|eula|agreement|contact information)\b/i,
      /\bterms (?:acceptance|of service must|have not been accepted)\b/i,
      /实名认证|完成认证/,
    ],
  },
  explain: facts =>
    sentences(
      `${facts.model === undefined ? 'The model' : `The model "${facts.model}"`} is open only after a form, licence or identity check has been completed once.`,
      facts.param === undefined ? undefined : `Until then ${facts.param} is closed as well.`,
    ),
  fixes: facts => [
    'Complete the form, licence or check with the very account that owns the key or token; it takes about 15 minutes to count.',
    facts.param === 'stream'
      ? 'Meanwhile send stream: false, or use an older model.'
      : 'Meanwhile use a model that does not ask for it.',
    'Hugging Face: accept the licence on the page of the model. Bedrock: the use case form of the model provider.',
  ],
  links: [openaiVerification, bedrockAccess],
};
