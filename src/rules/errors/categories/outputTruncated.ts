import type { ErrorCategory } from '../category';
import { openaiStructuredOutputs } from '../links';
import { amount, count, sentences } from '../say';

export const outputTruncated: ErrorCategory = {
  id: 'output_truncated',
  group: 'size',
  title: 'Output cut off',
  definition: 'The answer ended at its token limit, so its end is missing.',
  retryable: false,
  facts: ['amounts', 'model'],
  decisive: {
    codes: [
      'LengthFinishReasonError',
      'IncompleteOutputException',
      'max_output_tokens_reached',
      'OutputTruncatedError',
    ],
    words: [
      /\b(?:finish|stop|done|completion)[ _]?reason\b["']?[ :=]{0,3}["'`]?(?:is |was |of )?["'`]?(?:length|max_tokens|max_output_tokens|model_length|MAX_TOKENS)\b/i,
      /\b(?:finish|stop|done)[ _-]?reason\b.{0,24}\b(?:length|max_tokens)\b/i,
      /\blength limit was reached\b|\bmax_tokens length limit\b/i,
      /\b(?:output|response|completion|answer|generation|reply|json|message)\b.{0,24}\b(?:was |is |has been |got |appears )?(?:truncated|cut off|cut short|incomplete due to)\b/i,
      /\btruncated (?:output|response|completion|json)\b/i,
      /\b(?:max_tokens|max_output_tokens|output token limit|model output limit)\b.{0,30}\b(?:was |were |is )?(?:reached|hit)\b/i,
      /\b(?:reached|hit|exceeded|exceeding)\b.{0,30}\b(?:max_tokens|max_output_tokens|output tokens? (?:limit|maximum)|maximum output)\b/i,
      /\b(?:exceeded|reached|hit) (?:the )?max(?:imum)? output (?:length|size|tokens?)\b/i,
      /\bincomplete\b.{0,40}\bmax_(?:output_|completion_)?tokens\b/i,
      /\bresponse exceeded\b.{0,20}\boutput token\b/i,
      /\btoken limit \([^()]{1,40}\) exceeded before any response\b/i,
      /\breason["']?: ?["']max_output_tokens\b/i,
      /输出.{0,8}(?:截断|超出|达到.{0,6}上限)/,
    ],
  },
  strong: { words: [/\bunterminated string\b/i] },
  explain: facts => {
    const limit = amount(facts, 'limit');
    return sentences(
      'The model stopped because it had written as many tokens as it may, not because it was done.',
      limit === undefined ? undefined : `The limit was ${count(limit)} tokens.`,
      'This is about the output; the prompt fits.',
    );
  },
  fixes: () => [
    'Raise max_tokens (max_completion_tokens, max_output_tokens).',
    'With a reasoning model lower the reasoning effort or budget: thinking spends the same tokens, and can leave none for the answer.',
    'Ask for less in one answer, or continue from the partial one.',
    'Check the finish reason before parsing JSON: cut JSON does not parse.',
  ],
  links: [openaiStructuredOutputs],
};
