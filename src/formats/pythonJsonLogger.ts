import type { LogLine } from './fields/call';
import { exceptionOf } from './fields/errors';
import { isErrorLevel } from './fields/level';
import { readMessageLine as readFields } from './fields/loggerLine';
import { toTime } from './fields/time';
import { type Fields, isFields } from './fields/values';
import type { JsonFormat } from './format';
import { isLlmLogEntry } from './llmLogger';
import { isLoguruLine } from './loguru';
import { ownFields } from './recordingHints';

/** Python's logging as JSON: the fields of `extra=` lie beside the logger's own. */
export const pythonJsonLogger: JsonFormat = {
  id: 'python-json-logger',
  title: 'python-json-logger',
  docs: {
    schema: 'https://github.com/nhairs/python-json-logger',
    writtenBy: 'python-json-logger and other JSON formatters for Python `logging`; winston',
    recognisedBy: '`message` (text) with `levelname` or `asctime`, or with `level` and `timestamp`',
    notes: 'Other lines are understood and hold no call. A naive time is read as UTC.',
  },
  recordingHint: ownFields,
  container: 'json',
  matches: record =>
    isFields(record) &&
    typeof record['message'] === 'string' &&
    (typeof record['levelname'] === 'string' ||
      typeof record['asctime'] === 'string' ||
      isRenamed(record)) &&
    !isLoguruLine(record),
  read: record => ({ spans: isFields(record) ? readLine(record) : [] }),
};

/** With `rename_fields`, and in winston. */
function isRenamed(record: Fields): boolean {
  return (
    typeof record['level'] === 'string' &&
    'timestamp' in record &&
    typeof record['event'] !== 'string' &&
    !isLlmLogEntry(record)
  );
}

function readLine(record: Fields): ReturnType<typeof readFields> {
  const line: LogLine = {
    time: toTime(record['asctime']) ?? toTime(record['timestamp']),
    message: typeof record['message'] === 'string' ? record['message'] : undefined,
    isError: isErrorLevel(record['levelname'] ?? record['level']),
    error: typeof record['exc_info'] === 'string' ? exceptionOf(record['exc_info']) : undefined,
  };
  return readFields(record, line);
}
