import { toTime } from './time';

/** What a text log says before and with a message. */
export interface LogHeader {
  /** Epoch ms; unknown in the lines of `logging.basicConfig()`, which have none. */
  readonly time?: number | undefined;
  readonly level?: string | undefined;
  /** Everything after time and level: perhaps still with the logger's name, and all following lines. */
  readonly message: string;
}

const level = '(?:TRACE|DEBUG|INFO|SUCCESS|NOTICE|WARN|WARNING|ERROR|CRITICAL|FATAL)';
// `INFO 2026-…`, `[INFO] 2026-…`, `[2026-…]`, `2026-…`: an optional level, then a date and a time of day
const start = new RegExp(
  `^(?:\\[?(${level})\\]?[:\\s|-]{1,5})?\\[?(\\d{4}[-/]\\d\\d[-/]\\d\\d[T ]\\d\\d:\\d\\d:\\d\\d(?:[.,]\\d{1,9})?(?: ?Z| ?[+-]\\d\\d:?\\d\\d)?)\\]?(?=$|[\\s:,|-])`,
  'i',
);
/** How far from the time a level may stand: ` - app.llm - INFO - `, ` | INFO     | `, ` [4711] [INFO] `. */
const levelWithin = 160;
const levelWord = new RegExp(`(?:^|[\\s|[(:-])(${level})(?=$|[\\s|\\]):-])`);

/** `INFO:app.llm:message`, what `logging` writes without a format. */
const untimed = /^(DEBUG|INFO|WARNING|ERROR|CRITICAL):([\w.]{1,100}):(?! )/;

/** Whether a line begins a record of a text log. */
export function isLogHeader(line: string): boolean {
  const head = line.slice(0, 130);
  return start.test(head) || untimed.test(head);
}

/** Takes a record of a text log apart; undefined when its first line is no header. */
export function parseLogHeader(record: string): LogHeader | undefined {
  const bare = untimed.exec(record.slice(0, 130));
  if (bare) {
    return { level: bare[1], message: record.slice(bare[0].length) };
  }
  const head = start.exec(record.slice(0, 100));
  const time = toTime(head?.[2]);
  if (!head || time === undefined) {
    return undefined;
  }
  const rest = record.slice(head[0].length);
  if (head[1] !== undefined) {
    return { time, level: head[1], message: withoutSeparators(rest) };
  }
  const firstLine = rest.slice(0, levelWithin).split('\n', 1)[0] ?? '';
  const found = levelWord.exec(firstLine);
  const message = found ? rest.slice(found.index + found[0].length) : rest;
  return { time, level: found?.[1], message: withoutSeparators(message) };
}

function withoutSeparators(message: string): string {
  return message.replace(/^[\s|\]):,-]+/, '');
}
