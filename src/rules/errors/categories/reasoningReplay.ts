import type { ErrorCategory } from '../category';
import { anthropicThinking } from '../links';
import { amount, count, sentences } from '../say';

export const reasoningReplay: ErrorCategory = {
  id: 'reasoning_replay',
  group: 'request',
  title: 'Reasoning not handed back intact',
  definition:
    'Thinking or reasoning items of earlier turns are altered, missing, or from another organization.',
  retryable: false,
  facts: ['messageIndex'],
  decisive: {
    codes: [
      'invalid_encrypted_content',
      'thinking_signature_invalid',
      'invalid_thinking_signature',
    ],
    words: [
      {
        words:
          /\b(?:reasoning_content|reasoning_details|thought[ _]signature|(?:thinking|reasoning) (?:blocks?|items?|content)|encrypted_content)\b/i,
        along: /\b(?:missing|must|not|invalid|without|required|expected|could|cannot)\b/i,
        unless: /\b(?:unsupported|not supported|does not support)\b/i,
      },

      /\bsignature\b.{0,30}\bthinking\b|\bthinking\b.{0,40}\bsignature\b/i,
      /\bexpected `?thinking`?\b|\b(?:redacted_)?thinking`?\b.{0,60}\bbut found\b/i,
      /\bfirst block must be `?thinking\b|\bmust start with a thinking block\b/i,
      /\bthought_?signature\b/i,
      /\bthinking`?\b.{0,60}\bblocks?\b.{0,60}\b(?:cannot be modified|must remain|latest assistant|original)/i,
      /\bwithout its required\b.{0,40}\breasoning\b|\breasoning\b.{0,40}\bwithout its required\b/i,
      /\brequired (?:following )?item\b/i,
      /\breasoning_content\b.{0,100}\b(?:missing|must be|passed back|pass back|required|provided|include)/i,
      /\bmissing reasoning_content\b/i,
      /\bencrypted[_ ]content\b.{0,80}\b(?:could not|cannot|verif|decrypt|invalid|not be)/i,
      /\bitem with id\b.{0,120}\bnot found\b|\bitems are not persisted\b/i,
    ],
  },
  explain: facts =>
    sentences(
      'The model wants the reasoning of earlier turns back exactly as it sent it, and it came back changed, came not at all, or comes from another organization.',
      amount(facts, 'message_index') === undefined
        ? undefined
        : `It is message ${count(amount(facts, 'message_index') ?? 0)}, counted from 0.`,
    ),
  fixes: () => [
    'Send thinking blocks back untouched, with their signature, as long as a tool loop runs.',
    'Or remove the reasoning of all earlier turns, or turn thinking off.',
    'Keep the fields your framework drops: reasoning_content (DeepSeek), thought_signature (Gemini), encrypted_content (OpenAI).',
    'Encrypted reasoning belongs to one organization: let a gateway send a conversation always to the same one.',
  ],
  links: [anthropicThinking],
};
