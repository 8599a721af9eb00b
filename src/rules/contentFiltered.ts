import { isCall } from '../model/span';
import type { SpanRule } from './rule';

const filterReasons: ReadonlySet<string> = new Set([
  'content_filter',
  'content_filtered',
  'safety',
  'image_safety',
  'prohibited_content',
  'blocklist',
  'recitation',
  'spii',
  'guardrail_intervened',
  'sensitive',
]);

/** Whether a finish reason, of whatever provider, says that a safety system stopped the answer. */
export function saysFiltered(finishReason: string | undefined): boolean {
  return filterReasons.has(finishReason?.toLowerCase().replaceAll('-', '_') ?? '');
}

/** The answer was stopped by a safety system, though the call itself succeeded. */
export const contentFiltered: SpanRule = {
  id: 'content-filtered',
  title: 'Answer stopped by a content filter',
  severity: 'warning',
  docs: 'The finish reason of a call says that a safety system stopped the answer.',
  looksAt: 'span',
  check(span) {
    if (!isCall(span) || !saysFiltered(span.finishReason)) {
      return undefined;
    }
    return {
      message: `The provider stopped this answer (finish reason "${span.finishReason}"). The status says success; the text is partial or empty.`,
      fixes: [
        'See which filter it was: content_filter_result (Azure), safetyRatings (Gemini), the guardrail trace (Bedrock).',
        'Treat this finish reason as an error in the app instead of showing an empty answer.',
        'Rephrase the prompt, or adjust the filter where the provider allows it.',
      ],
      links: [],
      facts: { finish_reason: span.finishReason ?? '' },
    };
  },
};
