import { saysFiltered } from './contentFiltered';
import { saysRefused } from './refusal';
import type { SpanRule } from './rule';

/** A call that succeeded and brought nothing: no token, no tool call. */
export const emptyAnswer: SpanRule = {
  id: 'empty-answer',
  title: 'Empty answer',
  severity: 'warning',
  docs: 'A call succeeded with 0 output tokens and no tool call.',
  looksAt: 'span',
  check(span) {
    const empty =
      span.kind === 'call' &&
      span.status === 'ok' &&
      span.usage.outputTokens === 0 &&
      span.toolCallNames.length === 0;
    // A filter that ate the answer is a finding of its own, and so is a model that declined.
    if (!empty || saysFiltered(span.finishReason) || saysRefused(span.finishReason)) {
      return undefined;
    }
    return {
      message:
        'The call succeeded, but the answer has 0 tokens and no tool call. The app got an empty text.',
      fixes: [
        'Look at the finish reason and at the raw response: a gateway may have swallowed an error.',
        'With a reasoning model, raise the output limit: thinking can use all of it.',
        'Retry once; do not store the empty answer in the history, some providers reject it later.',
      ],
      links: [],
      facts: span.finishReason === undefined ? {} : { finish_reason: span.finishReason },
    };
  },
};
