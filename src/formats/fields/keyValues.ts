import { trimEndOf } from './trimEnd';
import { parsePythonDict } from './pythonLiteral';
import { type Fields, ownKeys, parseJson } from './values';

/** A text with `key=value` pairs taken apart. */
export interface KeyValues {
  /** What stands before the first pair, trimmed. */
  readonly text: string;
  readonly fields: Fields;
  /** Number of pairs. */
  readonly size: number;
}

/** Characters of a line in which pairs are looked for; longer ones hold text, not pairs. */
const maxLength = 200_000;
const maxPairs = 100;
const keyPattern = /[\p{L}_@$][\p{L}\p{N}_.@$-]{0,80}=(?!=)/uy;
const gaps = /[\s,;|]/;
const spaces = /\s/;
const closers: ReadonlyMap<string, string> = new Map([
  ['{', '}'],
  ['[', ']'],
  ['(', ')'],
]);

/**
 * Reads `Called it model=gpt-4o tokens=12 reply='all good' usage={"in": 3}`. Values in quotes are unescaped, JSON in brackets is
 * parsed, `None` and `null` are null. `spaced`: a value goes on to the next key, as structlog's console writes texts without
 * quotes; else it ends at white space. Linear time.
 */
export function parseKeyValues(
  text: string,
  options: { readonly spaced?: boolean } = {},
): KeyValues {
  const line = text.slice(0, maxLength);
  const spaced = options.spaced === true;
  const starts = keyStarts(line, spaced ? spaces : gaps);
  const entries = starts.map(({ key, value, end }, index): [string, unknown] => {
    const next = starts[index + 1]?.start ?? line.length;
    const isEnclosed = end !== undefined && !(spaced && line.slice(end, next).trim() !== '');
    return [
      key,
      isEnclosed ? readEnclosed(line.slice(value, end)) : readBare(line.slice(value, next), spaced),
    ];
  });
  return {
    text: line.slice(0, starts[0]?.start ?? line.length).trim(),
    fields: ownKeys(entries),
    size: entries.length,
  };
}

interface KeyStart {
  readonly key: string;
  readonly start: number;
  /** Where the value begins, and where it ends when quotes or brackets say so. */
  readonly value: number;
  readonly end: number | undefined;
}

function keyStarts(line: string, gap: RegExp): readonly KeyStart[] {
  const found: KeyStart[] = [];
  let position = 0;
  while (position < line.length && found.length < maxPairs) {
    keyPattern.lastIndex = position;
    const key = keyPattern.exec(line)?.[0];
    if (key === undefined) {
      position = afterGap(line, position, gap);
      continue;
    }
    const value = position + key.length;
    const end = endOfEnclosed(line, value);
    found.push({ key: key.slice(0, -1), start: position, value, end });
    position = end ?? afterGap(line, value, gap);
  }
  return found;
}

/** The next position after a separator. */
function afterGap(line: string, start: number, gap: RegExp): number {
  let position = start;
  while (position < line.length && !gap.test(line[position] ?? '')) {
    position += 1;
  }
  while (position < line.length && gap.test(line[position] ?? '')) {
    position += 1;
  }
  return position;
}

/** Position after the closing quote or bracket; undefined when the value begins with none, or it is never closed. */
function endOfEnclosed(line: string, start: number): number | undefined {
  const open = line[start] ?? '';
  if (open === '"' || open === "'") {
    return endOfQuoted(line, start);
  }
  return closers.has(open) ? endOfBrackets(line, start) : undefined;
}

function endOfQuoted(line: string, start: number): number | undefined {
  const quote = line[start];
  for (let position = start + 1; position < line.length; position += 1) {
    if (line[position] === '\\') {
      position += 1;
    } else if (line[position] === quote) {
      return position + 1;
    }
  }
  return undefined;
}

/** Position after the bracket that closes the one at `start`; brackets within quotes do not count. */
export function endOfBrackets(line: string, start: number): number | undefined {
  const open: string[] = [];
  for (let position = start; position < line.length; position += 1) {
    const character = line[position] ?? '';
    const closer = closers.get(character);
    if (character === '"' || character === "'") {
      // an apostrophe within a word opens nothing
      const end = /\w/.test(line[position - 1] ?? '') ? position + 1 : endOfQuoted(line, position);
      if (end === undefined) {
        return undefined;
      }
      position = end - 1;
    } else if (closer !== undefined) {
      open.push(closer);
    } else if (character === open.at(-1)) {
      open.pop();
      if (open.length === 0) {
        return position + 1;
      }
    }
  }
  return undefined;
}

function readEnclosed(enclosed: string): unknown {
  return /^["']/.test(enclosed)
    ? unquote(enclosed)
    : (parseJson(enclosed) ?? parsePython(enclosed) ?? enclosed);
}

/** A list or tuple is read within a dict. */
function parsePython(enclosed: string): unknown {
  return parsePythonDict(`{'value': ${enclosed}}`)?.['value'];
}

function readBare(rest: string, spaced: boolean): unknown {
  const value = spaced ? rest.trim() : trimEndOf(/^[^\s|]*/.exec(rest)?.[0] ?? '', ',;');
  return toScalar(value);
}

const escapes: ReadonlyMap<string, string> = new Map([
  ['n', '\n'],
  ['r', '\r'],
  ['t', '\t'],
]);

function unquote(quoted: string): string {
  const parsed = quoted.startsWith('"') ? parseJson(quoted) : undefined;
  return typeof parsed === 'string'
    ? parsed
    : quoted
        .slice(1, -1)
        .replace(/\\(.)/gs, (_all, escaped: string) => escapes.get(escaped) ?? escaped);
}

const words: ReadonlyMap<string, unknown> = new Map<string, unknown>([
  ['None', null],
  ['null', null],
  ['nil', null],
  ['<nil>', null],
  ['True', true],
  ['true', true],
  ['False', false],
  ['false', false],
]);

/** A bare word as JSON would have it: ids with leading zeros and long digits stay text. */
export function toScalar(text: string): unknown {
  if (words.has(text)) {
    return words.get(text);
  }
  return /^-?(?:0|[1-9]\d{0,14})(?:\.\d{1,17})?(?:e[-+]?\d{1,3})?$/i.test(text)
    ? Number(text)
    : text;
}
