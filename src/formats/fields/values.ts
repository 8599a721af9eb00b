import { endOfString, parseExactJson } from '../../model/exactJson';
import { candidatesIn } from './shape';

/** An object of a log: any key may be missing, any value may be anything. */
export type Fields = Readonly<Record<string, unknown>>;

/** Where a value lies: `['usage', 'prompt_tokens']`. */
export type Path = readonly string[];

/** Characters of an id; what is longer is no id, and cutting it could make two ids one. */
const maxIdLength = 512;
/** Characters of a model, a name, a tag: kept for every span, so bounded. */
const maxLabelLength = 300;

export function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Reads `'usage.prompt_tokens model'` as two paths. */
export function paths(names: string): readonly Path[] {
  return names
    .split(/\s+/)
    .filter(name => name !== '')
    .map(name => name.split('.'));
}

/** The value at a path; undefined when any part of the way is missing. */
export function at(fields: Fields, path: Path): unknown {
  let value: unknown = fields;
  for (const key of path) {
    if (!isFields(value)) {
      return undefined;
    }
    value = value[key];
  }
  return value;
}

/** The first value that `read` accepts, in the order of the paths. */
export function firstOf<T>(
  fields: Fields,
  candidates: readonly Path[],
  read: (value: unknown) => T | undefined,
): T | undefined {
  for (const path of candidatesIn(fields, candidates)) {
    const value = at(fields, path);
    if (value === undefined || value === null) {
      continue;
    }
    const result = read(value);
    if (result !== undefined) {
      return result;
    }
  }
  return undefined;
}

/** Cuts text for a summary and says how much was left out. */
export function cutText(text: string, maxLength: number): string {
  if (text.length <= maxLength) {
    return text;
  }
  return `${text.slice(0, maxLength)}… [${text.length - maxLength} more characters]`;
}

/** Length in code points, which is how Python counts and cuts. */
export function countCodePoints(text: string): number {
  return Array.from(text).length;
}

/** A short text such as a model or a name; undefined for anything else and for blank text. */
export function toLabel(value: unknown): string | undefined {
  if (typeof value !== 'string') {
    return undefined;
  }
  const text = value.trim();
  return text === '' ? undefined : cutText(text, maxLabelLength);
}

/**
 * An id as text. A number above 2^53 is none: it was rounded, and two ids could have become one (`parseExactJson` gives texts). All zeros is
 * what tracing libraries write for "no id".
 */
export function toId(value: unknown): string | undefined {
  if (typeof value === 'number') {
    return Number.isSafeInteger(value) ? String(value) : undefined;
  }
  if (typeof value !== 'string' || value.length > maxIdLength || value === '') {
    return undefined;
  }
  return value.startsWith('0') && /^(?:0x)?0{8}[0-]*$/.test(value) ? undefined : value;
}

/** A finite number, also when it was logged as text. */
export function toNumber(value: unknown): number | undefined {
  if (typeof value === 'number') {
    return Number.isFinite(value) ? value : undefined;
  }
  if (
    typeof value !== 'string' ||
    value.length > 40 ||
    !/^\s*[-+]?\d+(?:\.\d+)?(?:e[-+]?\d+)?\s*$/i.test(value)
  ) {
    return undefined;
  }
  const number = Number(value);
  return Number.isFinite(number) ? number : undefined;
}

/** A count of something: whole and not negative (writers use -1 for "unknown"). */
export function toCount(value: unknown): number | undefined {
  const number = toNumber(value);
  return number === undefined || number < 0 || number > Number.MAX_SAFE_INTEGER
    ? undefined
    : Math.round(number);
}

/** Text of any JSON value, for showing what has no better form. */
export function toText(value: unknown): string {
  if (typeof value === 'string') {
    return value;
  }
  try {
    return JSON.stringify(value) ?? '';
  } catch {
    // JSON.parse reads any depth, JSON.stringify runs out of stack on some tens of thousands of levels
    return '[nested too deeply to show]';
  }
}

/**
 * Parses text that is JSON, as `parseExactJson` does; undefined when it is not, or nests deeper than a record may: everything
 * that walks through values later relies on that.
 */
export function parseJson(text: string): unknown {
  try {
    return nestsTooDeep(text) ? undefined : parseExactJson(text);
  } catch {
    return undefined;
  }
}

/** Levels that JSON inside of JSON may have; as many as a record. */
const maxInnerDepth = 1000;

function nestsTooDeep(text: string): boolean {
  let depth = 0;
  for (let at = 0; at < text.length && text.length > maxInnerDepth; at++) {
    const character = text[at];
    if (character === '"') {
      at = endOfString(text, at);
    } else if (character === '{' || character === '[') {
      depth++;
    } else if (character === '}' || character === ']') {
      depth--;
    }
    if (depth > maxInnerDepth) {
      return true;
    }
  }
  return false;
}

/** An object for keys out of a log: no prototype, and never the one key that has a meaning of its own. */
export function ownKeys<T>(entries: Iterable<readonly [string, T]>): Readonly<Record<string, T>> {
  // a fresh object without prototype is a record of any type
  const result = Object.create(null) as Record<string, T>;
  for (const [key, value] of entries) {
    if (key !== '__proto__') {
      result[key] = value;
    }
  }
  return result;
}
