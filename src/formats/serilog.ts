import { exceptionOf } from './fields/errors';
import { isErrorLevel } from './fields/level';
import { readMessageLine } from './fields/loggerLine';
import { toTime } from './fields/time';
import { type Fields, isFields, ownKeys, toLabel } from './fields/values';
import type { JsonFormat, Reading } from './format';
import { ownFields } from './recordingHints';

/** Serilog's compact JSON (CLEF), https://clef-json.org */
export const serilog: JsonFormat = {
  id: 'serilog',
  title: 'Serilog (compact JSON)',
  docs: {
    schema: 'https://clef-json.org',
    writtenBy: '.NET with Serilog’s `CompactJsonFormatter`, Seq',
    recognisedBy: '`@t` with `@mt` or `@m`',
    notes:
      'Properties are read whatever their case (`InputTokens`, `Model`). Other events are understood and hold no call.',
  },
  recordingHint: ownFields,
  container: 'json',
  matches: record =>
    isFields(record) &&
    '@t' in record &&
    !('levelname' in record || 'asctime' in record || 'level' in record) &&
    (typeof record['@mt'] === 'string' || typeof record['@m'] === 'string'),
  read: readEvent,
};

function readEvent(record: unknown): Reading {
  if (!isFields(record)) {
    return { spans: [] };
  }
  const exception = toLabel(record['@x']);
  return {
    spans: readMessageLine(propertiesOf(record), {
      time: toTime(record['@t']),
      message: toLabel(record['@m']) ?? toLabel(record['@mt']),
      isError: isErrorLevel(record['@l']),
      error:
        exception === undefined ? undefined : (exceptionOf(exception) ?? { message: exception }),
    }),
  };
}

/** The app's own properties in camel case; `@tr` and `@sp` are ids of a trace and a span. */
function propertiesOf(record: Fields): Fields {
  const entries = Object.entries(record).flatMap(([key, value]): [string, unknown][] => {
    if (key === '@tr') {
      return [['trace_id', value]];
    }
    return key.startsWith('@') ? [] : [[camelCase(key), inner(value)]];
  });
  return ownKeys(entries);
}

function inner(value: unknown): unknown {
  return isFields(value)
    ? ownKeys(Object.entries(value).map(([key, item]) => [camelCase(key), item]))
    : value;
}

function camelCase(key: string): string {
  return key.slice(0, 1).toLowerCase() + key.slice(1);
}
