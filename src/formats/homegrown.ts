import { readCall } from './fields/call';
import { looksLikeCall, looksLikeFailedCall } from './fields/looksLikeCall';
import { readNestedSpans } from './fields/nestedSpans';
import { type Fields, isFields } from './fields/values';
import type { JsonFormat, Reading } from './format';
import { ownFields } from './recordingHints';

/** The reader of last resort: logs that developers made up themselves, by the names people give to the fields of a call. */
export const homegrown: JsonFormat = {
  id: 'homegrown',
  title: 'Home-grown call log',
  docs: {
    writtenBy: 'Your own code: one JSON object a call, whatever the fields are called',
    recognisedBy:
      'Two of: a model, tokens, a latency, a prompt or an answer, under any of the usual names (also nested, as in `usage.prompt_tokens`); a model and an error; a list `spans` of such objects. Other objects with a message or event and a time or level are understood and hold no call',
    notes:
      'A `timestamp` is the end of the call when the record also has a duration, `started_at` and the like are its start. Units go by the name (`latency_ms`, `duration_sec`); a bare `latency` or `duration` below 600 is seconds (a whole number: below 100), else milliseconds. `null` and -1 are unknown. A request and its answer in two records are joined by their id; without one the request is shown as an event.',
  },
  recordingHint: ownFields,
  container: 'json',
  fallback: true,
  matches: record =>
    isFields(record) &&
    (isCall(record) || readNestedSpans(record) !== undefined || isLogLine(record)),
  read: record => (isFields(record) ? readRecord(record) : { spans: [] }),
};

function readRecord(record: Fields): Reading {
  const spans = readNestedSpans(record);
  if (spans) {
    return { spans };
  }
  return { spans: isCall(record) ? [readCall(record)] : [] };
}

function isCall(record: Fields): boolean {
  return looksLikeCall(record) || looksLikeFailedCall(record);
}

/** A line of any JSON logger, between the calls of the same file. */
function isLogLine(record: Fields): boolean {
  const hasWords = ['event', 'msg', 'message'].some(key => typeof record[key] === 'string');
  const hasPlace = ['timestamp', 'ts', 'time', 'level', '@timestamp'].some(key => key in record);
  return hasWords && hasPlace;
}
