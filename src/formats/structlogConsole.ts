import { exceptionOf } from './fields/errors';
import { parseKeyValues } from './fields/keyValues';
import { isErrorLevel } from './fields/level';
import { readLine } from './fields/loggerLine';
import { isLogHeader } from './fields/logHeader';
import { toTime } from './fields/time';
import type { LineRole, Reading, TextFormat } from './format';
import { ownFields } from './recordingHints';

// `2026-10-05 08:12:02 [info     ] event    [logger] key=value`, https://www.structlog.org/en/stable/console-output.html
const head =
  /^(?:(\d{4}-\d\d-\d\d[T ]\d\d:\d\d(?::\d\d(?:[.,]\d{1,9})?)?(?:Z| ?[+-]\d\d:?\d\d)?|\d\d:\d\d(?::\d\d(?:[.,]\d{1,9})?)?|\d{9,19}(?:\.\d{1,9})?) )?\[(trace|debug|info|notset|warn|warning|error|critical|fatal|exception) {0,12}\] (?=\S)/;

/** What structlog prints for people, colours or not, also when that went into a file that is called `.jsonl`. */
export const structlogConsole: TextFormat = {
  id: 'structlog-console',
  title: 'structlog (console)',
  docs: {
    schema: 'https://www.structlog.org/en/stable/console-output.html',
    writtenBy: 'structlog with `ConsoleRenderer`, its default',
    recognisedBy:
      'Lines of a time (or none), a level in lower case as `[info     ]`, an event and `key=value` pairs; colours are removed',
    notes:
      'An event that tells that a call begins (`llm_call_starting`) is shown as an event; the one that tells its tokens or latency is the call. Tracebacks belong to the line before them. A time without a date is unknown.',
  },
  recordingHint: ownFields,
  container: 'text',
  createFramer: () => {
    let isOpen = false;
    return (line): LineRole => {
      if (head.test(line.slice(0, 120))) {
        isOpen = true;
        return 'start';
      }
      isOpen &&= !isLogHeader(line);
      return isOpen ? 'continue' : 'none';
    };
  },
  read: readConsole,
};

function readConsole(record: string): Reading | undefined {
  const [start, time, level] = head.exec(record) ?? [];
  if (start === undefined) {
    return undefined;
  }
  const lineEnd = record.indexOf('\n');
  const line = record.slice(start.length, lineEnd < 0 ? undefined : lineEnd);
  const below = lineEnd < 0 ? '' : record.slice(lineEnd + 1);
  const { text, fields } = parseKeyValues(line, { spaced: true });
  return {
    spans: readLine(fields, {
      time: toTime(time),
      message: withoutLogger(text),
      isError: isErrorLevel(level),
      error: exceptionOf(below),
    }),
  };
}

/** The name of the logger stands behind the event: `event    [app.llm]`. */
function withoutLogger(text: string): string {
  const start = text.lastIndexOf('[');
  const isName = start > 0 && /^\[[\w.-]{1,200}\]$/.test(text.slice(start));
  return isName && /\s/.test(text.charAt(start - 1)) ? text.slice(0, start).trimEnd() : text;
}
