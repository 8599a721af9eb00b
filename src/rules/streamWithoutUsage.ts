import type { SpanContent } from '../model/message';
import { isCall, type Span } from '../model/span';
import type { ContentRule } from './rule';

/** A streamed answer whose tokens nobody asked for: cost and limits cannot be seen. */
export const streamWithoutUsage: ContentRule = {
  id: 'stream-without-usage',
  title: 'Streamed call without token counts',
  severity: 'info',
  docs: 'A streamed call succeeded without token counts; the first of calls in a row.',
  looksAt: 'content',
  check(span, { content, previous }) {
    if (!isUncounted(span, content)) {
      return undefined;
    }
    const before = previous();
    if (before && isUncounted(before.span, before.content)) {
      return undefined;
    }
    return {
      message:
        'The answer was streamed and no tokens are logged for it, so its cost is unknown. Most APIs of the OpenAI kind leave the usage out of a stream unless they are asked.',
      fixes: [
        'Send stream_options: {"include_usage": true}, and log the usage of the last chunk, which has no choices.',
        'Where the framework builds the request, look for its switch (stream_usage=True in LangChain).',
        'With Anthropic, add up message_start (input) and the last message_delta (output).',
      ],
      links: [],
      facts: span.model === undefined ? {} : { model: span.model },
    };
  },
};

function isUncounted(span: Span, { params }: SpanContent): boolean {
  const { inputTokens, outputTokens, totalTokens } = span.usage;
  return (
    isCall(span) &&
    span.status === 'ok' &&
    params['stream'] === true &&
    inputTokens === undefined &&
    outputTokens === undefined &&
    totalTokens === undefined
  );
}
