import { isCall } from '../model/span';
import type { SpanRule } from './rule';

const truncatedReasons: ReadonlySet<string> = new Set([
  'length',
  'max_tokens',
  'max_output_tokens',
  'model_length',
  'model_context_window_exceeded',
]);

/** The answer stopped because it reached the token limit, not because it was done. */
export const outputTruncated: SpanRule = {
  id: 'output-truncated',
  title: 'Output cut off at the token limit',
  severity: 'warning',
  docs: 'The finish reason of a call says that the output limit was reached.',
  looksAt: 'span',
  check(span) {
    if (!isCall(span) || !truncatedReasons.has(span.finishReason?.toLowerCase() ?? '')) {
      return undefined;
    }
    const tokens = span.usage.outputTokens;
    const counted = tokens === undefined ? '' : ` after ${tokens.toLocaleString('en-US')} tokens`;
    return {
      message: `The model stopped${counted} because it reached its output limit (finish reason "${span.finishReason}").`,
      fixes: [
        'Raise max_tokens (max_completion_tokens, max_output_tokens).',
        'With a reasoning model, lower the reasoning effort: thinking spends the same limit.',
        'Ask for a shorter answer, or continue from the partial one; do not parse cut JSON.',
      ],
      links: [],
      facts: tokens === undefined ? {} : { output_tokens: tokens },
    };
  },
};
