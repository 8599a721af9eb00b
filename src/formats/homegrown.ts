import { isCall as isSpanOfCall } from '../model/span';
import { readCall } from './fields/call';
import { timeAliases } from './fields/aliases';
import { callFieldsOf } from './fields/callFields';
import { hasDurationField } from './fields/duration';
import { readKind } from './fields/kind';
import { looksLikeCall, looksLikeFailedCall } from './fields/looksLikeCall';
import { readNestedSpans } from './fields/nestedSpans';
import { PairJoiner } from './fields/pairs';
import { toTime } from './fields/time';
import { type Fields, firstOf, isFields, paths, toLabel } from './fields/values';
import type { JsonFormat, Reading } from './format';
import { ownFields } from './recordingHints';

/** The reader of last resort: logs that developers made up themselves, by the names people give to the fields of a call. */
export const homegrown: JsonFormat = {
  id: 'homegrown',
  title: 'Home-grown call log',
  docs: {
    writtenBy: 'Your own code: one JSON object a call, whatever the fields are called',
    recognisedBy:
      'Two of: a model, tokens, a latency, a prompt or an answer, under any of the usual names (also nested, as in `usage.prompt_tokens`); a model and an error; a prompt and an answer with a time or an id; a list `spans`, `steps`, `llm_calls`, … of such objects. Names in any style, one level down or with dots. Other objects with a message or event and a time or level are understood and hold no call',
    notes:
      'A `timestamp` is the end of the call when the record also has a duration, `started_at` and the like are its start. Units go by the name (`latency_ms`, `duration_sec`); a bare `latency` or `duration` below 600 is seconds (a whole number: below 100), else milliseconds. `null` and -1 are unknown. A request and its answer in two records are joined by their id; without one by their order, as long as only one request is open. Totals, training, tests, SQL and access logs are no calls.',
  },
  recordingHint: ownFields,
  container: 'json',
  fallback: true,
  matches: record => isFields(record) && (readAlone(record).spans.length > 0 || isLogLine(record)),
  read: readAlone,
  open: context => {
    const pairs = new PairJoiner(context.fileName);
    let hasCalls = false;
    // to be claimed, a record is read: the same one is asked for right after
    let last: { readonly record: unknown; readonly reading: Reading } | undefined;
    const readOnce = (record: unknown): Reading => {
      const reading = last && last.record === record ? last.reading : readAlone(record);
      last = { record, reading };
      return reading;
    };
    return {
      matches: record =>
        isFields(record) &&
        (readOnce(record).spans.length > 0 || isLogLine(record) || (hasCalls && isNote(record))),
      read: record => {
        const reading = pairs.join(readOnce(record));
        last = undefined;
        hasCalls ||= reading.spans.some(isSpanOfCall);
        return reading;
      },
      leavesNoTrace: reading => pairs.leavesNoTrace(reading),
      isIdle: () => hasCalls && pairs.isIdle,
      isReplaceable: () => hasCalls && pairs.isNew,
      goOn: () => {
        hasCalls = true;
      },
    };
  },
};

function readAlone(record: unknown): Reading {
  if (!isFields(record)) {
    return { spans: [] };
  }
  const fields = callFieldsOf(record);
  const spans = readNestedSpans(fields);
  if (spans) {
    return { spans };
  }
  return { spans: isCall(fields) || isToolRun(fields) ? [readCall(fields)] : [] };
}

function isCall(fields: Fields): boolean {
  return looksLikeCall(fields) || looksLikeFailedCall(fields);
}

/** The run of a tool, once it is over: it says that it is one, and how it ended. */
function isToolRun(fields: Fields): boolean {
  return (
    firstOf(fields, toolNames, toLabel) !== undefined &&
    readKind(fields, undefined) === 'tool' &&
    (hasDurationField(fields) || results.some(name => name in fields))
  );
}
const toolNames = paths('tool_name tool toolName name function');
const results = ['output', 'result', 'tool_output', 'tool_result', 'response', 'success', 'error'];

/** A line of any JSON logger, between the calls of the same file. */
function isLogLine(record: Fields): boolean {
  const hasWords = ['event', 'msg', 'message'].some(key => typeof record[key] === 'string');
  const hasPlace = ['timestamp', 'ts', 'time', 'level', '@timestamp'].some(key => key in record);
  return hasWords && hasPlace;
}

/** In a file that has calls: what else its writer notes, with a time and a word for what it is. */
function isNote(record: Fields): boolean {
  return (
    firstOf(record, timeAliases, toTime) !== undefined &&
    ['type', 'event_type', 'kind', 'action', 'status'].some(key => typeof record[key] === 'string')
  );
}
