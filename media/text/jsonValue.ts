import { parseExactJson } from '../../src/model/exactJson';

/** JSON as text, or undefined when there is none: too deep, or not a JSON value. Two spaces a level. */
export function toJson(value: unknown): string | undefined {
  try {
    return JSON.stringify(value, null, 2);
  } catch {
    // too deep for the stack, or a value that JSON has not: shown in another way
    return undefined;
  }
}

/** What a string holds when it is JSON of an object or a list, long whole numbers as their digits; other strings are text. */
export function unwrapJson(text: string): { readonly value: object } | undefined {
  const first = text.trimStart()[0];
  if (first !== '{' && first !== '[') {
    return undefined;
  }
  try {
    const value = parseExactJson(text);
    return typeof value === 'object' && value !== null ? { value } : undefined;
  } catch {
    // text that only begins like JSON
    return undefined;
  }
}

/** Most characters that a value may have to stand on one line. */
const oneLine = 88;

/** `{ "a": 1 }` on one line when short, else indented. */
export function toShortJson(value: unknown): string | undefined {
  const indented = toJson(value);
  if (indented === undefined || indented.length > 4 * oneLine) {
    return indented;
  }
  const flat = indented
    .split('\n')
    .map(line => line.trimStart())
    .join(' ')
    .replace(/^\[ /, '[')
    .replace(/ \]$/, ']');
  return flat.length <= oneLine ? flat : indented;
}

/** Entries of an object or list in order; undefined for anything else. */
export function entriesOf(value: unknown): readonly (readonly [string, unknown])[] | undefined {
  if (Array.isArray(value)) {
    return value.map((item: unknown, index) => [String(index), item]);
  }
  return typeof value === 'object' && value !== null ? Object.entries(value) : undefined;
}

/** One line that says what is in a closed object or list: `2026-09-01 · -12.99 · Streamly`. */
export function preview(value: unknown, characters = 60): string {
  const entries = entriesOf(value) ?? [];
  const shown: string[] = [];
  let length = 0;
  for (const [, item] of entries) {
    if (typeof item !== 'string' && typeof item !== 'number' && typeof item !== 'boolean') {
      continue;
    }
    const text = String(item).slice(0, characters);
    if (length + text.length > characters) {
      break;
    }
    shown.push(text);
    length += text.length + 3;
  }
  return shown.join(' · ');
}
