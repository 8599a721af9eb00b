import { looksLikeCall, readCall } from './fields/call';
import { isFields } from './fields/values';
import { readNestedSpans } from './fields/nestedSpans';
import type { JsonFormat } from './format';
import { ownFields } from './recordingHints';

/** The reader of last resort: logs that developers made up themselves, by the names people give to the fields of a call. */
export const homegrown: JsonFormat = {
  id: 'homegrown',
  title: 'Home-grown call log',
  docs: {
    writtenBy: 'Your own code: one JSON object a call, whatever the fields are called',
    recognisedBy:
      'Two of: a model, tokens, a latency, a prompt or an answer, under any of the usual names (also nested, as in `usage.prompt_tokens`); or a list `spans` of such objects',
    notes:
      'A `timestamp` is the end of the call when the record also has a duration, `started_at` and the like the start. Units: by the name (`latency_ms`, `duration_sec`); a bare `latency` or `duration` is seconds below 600 (whole numbers: below 100), else ms. `null` and -1 are unknown.',
  },
  recordingHint: ownFields,
  container: 'json',
  fallback: true,
  matches: record =>
    isFields(record) && (looksLikeCall(record) || readNestedSpans(record) !== undefined),
  read: record => ({
    spans: isFields(record) ? (readNestedSpans(record) ?? [readCall(record)]) : [],
  }),
};
