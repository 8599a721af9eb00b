import { isErrorLevel } from './fields/level';
import { readMessageLine } from './fields/loggerLine';
import { toTime } from './fields/time';
import { type Fields, firstOf, isFields, paths, toText } from './fields/values';
import type { JsonFormat, Reading } from './format';
import { isLlmLogEntry } from './llmLogger';
import { isRequestLog } from './llmRequest';
import { isLoguruLine } from './loguru';
import { ownFields } from './recordingHints';

/** Number of the level ERROR, https://getpino.io/#/docs/api?id=level */
const errorNumber = 50;
const messages = paths('msg message');

/** pino and bunyan, which number their levels and put what the app logged beside their own fields. */
export const pino: JsonFormat = {
  id: 'pino',
  title: 'pino, bunyan',
  docs: {
    schema: 'https://getpino.io/#/docs/api?id=level',
    writtenBy: 'The Node loggers pino and bunyan',
    recognisedBy: '`level` (10 to 60) and `time`, beside `msg`, or `pid` and `hostname`',
    notes:
      'The fields of a call lie beside the logger’s own or one level down, as in `llm` or `data`. Other lines are understood and hold no call.',
  },
  recordingHint: ownFields,
  container: 'json',
  matches: record => isFields(record) && isPinoLine(record) && !isMoreSpecific(record),
  read: readPino,
};

function isPinoLine(record: Fields): boolean {
  const { level } = record;
  return (
    typeof level === 'number' &&
    level >= 10 &&
    level <= 60 &&
    'time' in record &&
    (typeof record['msg'] === 'string' || ('pid' in record && 'hostname' in record))
  );
}

function isMoreSpecific(record: Fields): boolean {
  return (
    ['levelname', 'asctime', 'log_level', '@t'].some(key => key in record) ||
    isLlmLogEntry(record) ||
    isRequestLog(record) ||
    isLoguruLine(record)
  );
}

function readPino(record: unknown): Reading {
  if (!isFields(record)) {
    return { spans: [] };
  }
  // bunyan's `name` is the logger, pino's `v` and both their `level` say nothing of a call
  const { name: _name, ...fields } = record;
  return {
    spans: readMessageLine(fields, {
      time: toTime(record['time']),
      message: firstOf(record, messages, toText),
      isError: isErrorLevel(record['level'], errorNumber),
    }),
  };
}
