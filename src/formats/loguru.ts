import type { LogLine } from './fields/call';
import { isErrorLevel } from './fields/level';
import { readMessageLine as readFields } from './fields/loggerLine';
import { toTime } from './fields/time';
import { at, type Fields, isFields, toLabel, toText } from './fields/values';
import type { JsonFormat } from './format';
import { ownFields } from './recordingHints';

/** Whether the record is a line of loguru, which wraps everything in `record`. */
export function isLoguruLine(record: unknown): record is Fields {
  return (
    isFields(record) &&
    typeof record['text'] === 'string' &&
    isFields(record['record']) &&
    isFields(record['record']['level']) &&
    'extra' in record['record']
  );
}

/** loguru with `serialize=True`: what the app bound to the line lies in `record.extra`. */
export const loguru: JsonFormat = {
  id: 'loguru',
  title: 'loguru (serialize=True)',
  docs: {
    schema: 'https://github.com/Delgan/loguru/blob/master/loguru/_handler.py',
    writtenBy: 'loguru with `serialize=True`',
    recognisedBy: '`text` and `record` with `level.no`, `message` and `extra`',
    notes:
      'The fields of a call are those in `record.extra`. Other lines are understood and hold no call.',
  },
  recordingHint: ownFields,
  container: 'json',
  matches: isLoguruLine,
  read: record => ({
    spans: isFields(record) && isFields(record['record']) ? readLine(record['record']) : [],
  }),
};

function readLine(record: Fields): ReturnType<typeof readFields> {
  const extra = extraOf(record);
  const line: LogLine = {
    time: toTime(at(record, ['time', 'timestamp'])) ?? toTime(at(record, ['time', 'repr'])),
    message: typeof record['message'] === 'string' ? record['message'] : undefined,
    isError: isErrorLevel(at(record, ['level', 'no'])),
    error: exceptionOf(record['exception']),
  };
  return readFields(extra, line);
}

/** `logger.info(…, extra={…})`, a habit from logging, puts the fields one level deeper. */
function extraOf(record: Fields): Fields {
  const extra = isFields(record['extra']) ? record['extra'] : {};
  const keys = Object.keys(extra);
  return keys.length === 1 && isFields(extra['extra']) ? extra['extra'] : extra;
}

function exceptionOf(exception: unknown): LogLine['error'] {
  if (!isFields(exception)) {
    return undefined;
  }
  const type = toLabel(exception['type']);
  const message = toText(exception['value'] ?? type ?? '');
  return message === '' ? undefined : { type, message };
}
