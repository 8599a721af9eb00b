import { isErrorLevel } from './fields/level';
import { parseKeyValues } from './fields/keyValues';
import { readLine } from './fields/loggerLine';
import { toTime } from './fields/time';
import { type Fields, firstOf, paths, toLabel, toText } from './fields/values';
import type { LineRole, Reading, TextFormat } from './format';
import { ownFields } from './recordingHints';

const times = paths('time ts timestamp t @timestamp datetime asctime');
const messages = paths('event msg message');
const levels = paths('level lvl severity log_level levelname');
/** A line of pairs begins with one; names are plain so that no sentence and no URL is taken for one. */
const firstKey = /^[A-Za-z_@][\w.@-]{0,60}=(?=\S|$)/;
const logKey =
  /(?:^|\s)(?:level|lvl|severity|log_level|levelname|msg|message|event|time|ts|timestamp)=/;

/** Lines of nothing but `key=value`: logfmt and its relatives. */
export const logfmt: TextFormat = {
  id: 'logfmt',
  title: 'Key=value lines (logfmt)',
  docs: {
    schema: 'https://pkg.go.dev/log/slog#TextHandler',
    writtenBy:
      'structlog with `LogfmtRenderer` or `KeyValueRenderer`, Go `log/slog` text, logrus, and others',
    recognisedBy:
      'Lines that begin with `key=` and have at least two pairs, one of them a level, message, event or time',
    notes: 'Values may be in quotes, as Go or Python writes them. Other lines hold no call.',
  },
  recordingHint: ownFields,
  container: 'text',
  createFramer:
    () =>
    (line): LineRole =>
      isPairs(line) ? 'start' : 'none',
  read: readPairs,
};

function isPairs(line: string): boolean {
  if (!firstKey.test(line.slice(0, 80)) || !logKey.test(line.slice(0, 4000))) {
    return false;
  }
  const { text, size } = parseKeyValues(line.slice(0, 4000));
  return text === '' && size >= 2;
}

function readPairs(record: string): Reading | undefined {
  const { fields, size } = parseKeyValues(record);
  if (size < 2) {
    return undefined;
  }
  const { event: _event, ...others }: Fields = fields;
  return {
    spans: readLine(others, {
      time: firstOf(fields, times, toTime),
      message: firstOf(fields, messages, value => toText(value)),
      isError: isErrorLevel(firstOf(fields, levels, toLabel)),
    }),
  };
}
