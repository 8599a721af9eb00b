import { isErrorLevel } from './fields/level';
import { readMessageLine } from './fields/loggerLine';
import { toTime } from './fields/time';
import { type Fields, firstOf, isFields, paths, toLabel, toText } from './fields/values';
import type { JsonFormat, Reading } from './format';
import { isLlmLogEntry } from './llmLogger';
import { isRequestLog } from './llmRequest';
import { isLoguruLine } from './loguru';
import { ownFields } from './recordingHints';

const levels = paths('level severity L');
const messages = paths('msg message M');
const times = paths('time ts timestamp @timestamp T');

/** JSON lines of the loggers that name a level and a message, and put the rest beside them. */
export const jsonLogger: JsonFormat = {
  id: 'json-logger',
  title: 'JSON logger (slog, zap, zerolog, logrus, winston)',
  docs: {
    schema: 'https://pkg.go.dev/log/slog#JSONHandler',
    writtenBy: 'Go `log/slog`, zap, zerolog and logrus, winston, and others alike',
    recognisedBy: '`level` (text) and `msg`; or `level` and `message` without a `timestamp`',
    notes:
      'The fields of a call lie beside the logger’s own or one level down. Other lines are understood and hold no call.',
  },
  recordingHint: ownFields,
  container: 'json',
  matches: record => isFields(record) && isLoggerLine(record) && !isMoreSpecific(record),
  read: readRecord,
};

function isLoggerLine(record: Fields): boolean {
  const hasLevel = typeof record['level'] === 'string' || typeof record['severity'] === 'string';
  const hasMessage =
    typeof record['msg'] === 'string' ||
    (typeof record['message'] === 'string' && !('timestamp' in record));
  return hasLevel && hasMessage;
}

function isMoreSpecific(record: Fields): boolean {
  return (
    'levelname' in record ||
    'asctime' in record ||
    '@t' in record ||
    typeof record['event'] === 'string' ||
    (typeof record['message'] === 'string' && 'timestamp' in record) ||
    isLlmLogEntry(record) ||
    isRequestLog(record) ||
    isLoguruLine(record)
  );
}

function readRecord(record: unknown): Reading {
  if (!isFields(record)) {
    return { spans: [] };
  }
  return {
    spans: readMessageLine(record, {
      time: firstOf(record, times, toTime),
      message: firstOf(record, messages, toText),
      isError: isErrorLevel(firstOf(record, levels, toLabel)),
    }),
  };
}
