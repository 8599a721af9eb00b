import { endOfString, parseExactJson } from '../../model/exactJson';
import { parsePythonDict } from '../../formats/fields/pythonLiteral';
import type { Fields } from '../../formats/fields/values';
import { maxJsonDepth } from './bounds';
import { JsonScanner } from './jsonScanner';

const openArray = 0x5b;
const openObject = 0x7b;

export type ParseResult =
  | { readonly ok: true; readonly value: unknown }
  /** `at` is a byte position relative to the start of the value. */
  | { readonly ok: false; readonly problem: string; readonly at: number };

/**
 * Parses bytes that hold exactly one JSON value. NaN becomes null, Infinity stays what it is,
 * whole numbers beyond 2^53 become their digits as a text. `decoded`: their text, when it is there already. Never throws.
 */
export function parseJson(
  bytes: Buffer,
  start: number,
  end: number,
  decoded?: string,
): ParseResult {
  if (mayBeDeep(bytes, start, end)) {
    const scanned = new JsonScanner(maxJsonDepth).scan(bytes, start, end);
    if (scanned.kind === 'error') {
      return { ok: false, problem: scanned.problem, at: scanned.at - start };
    }
  }
  const text = decoded ?? bytes.toString('utf8', start, end);
  try {
    return { ok: true, value: parseExactJson(text) };
  } catch {
    return parseLeniently(bytes, start, end, text);
  }
}

/** The value of a dict that Python printed, see `parsePythonDict`; to be asked when the bytes are no JSON. */
export function parseDict(bytes: Buffer, start: number, end: number): Fields | undefined {
  const hasBraces = bytes[start] === 0x7b && bytes[end - 1] === 0x7d;
  return hasBraces ? parsePythonDict(bytes.toString('utf8', start, end)) : undefined;
}

function parseLeniently(bytes: Buffer, start: number, end: number, text: string): ParseResult {
  const scanned = new JsonScanner(maxJsonDepth).scan(bytes, start, end);
  if (scanned.kind === 'error') {
    return { ok: false, problem: scanned.problem, at: scanned.at - start };
  }
  if (scanned.kind === 'open') {
    return { ok: false, problem: 'the value is not closed', at: end - start };
  }
  if (scanned.end < end) {
    return { ok: false, problem: 'there is more after the value', at: scanned.end - start };
  }
  try {
    return { ok: true, value: parseExactJson(withoutNonFinite(text)) };
  } catch (error) {
    // The scanner and JSON.parse disagree: say so instead of hiding the record.
    return { ok: false, problem: error instanceof Error ? error.message : String(error), at: 0 };
  }
}

/** Python's NaN, Infinity and -Infinity outside of texts, as JSON.parse can read them. */
function withoutNonFinite(text: string): string {
  let result = '';
  let copied = 0;
  for (let position = 0; position < text.length; position++) {
    const character = text[position];
    if (character === '"') {
      position = endOfString(text, position);
    }
    if (character === 'N' || character === 'I') {
      const token = character === 'N' ? 'NaN' : 'Infinity';
      result += text.slice(copied, position) + (character === 'N' ? 'null' : '1e999');
      position += token.length - 1;
      copied = position + 1;
    }
  }
  return result + text.slice(copied);
}

/**
 * Whether there are enough opening brackets for a too deep value; brackets inside texts count too, which is safe. Looking for the next one is
 * native and passes over thirty bytes in the time in which a loop of JavaScript looks at one.
 */
function mayBeDeep(bytes: Buffer, start: number, end: number): boolean {
  if (end - start <= 2 * maxJsonDepth) {
    return false;
  }
  const value = bytes.subarray(start, end);
  const arrays = countUpTo(maxJsonDepth, value, openArray);
  return arrays + countUpTo(maxJsonDepth, value, openObject) > maxJsonDepth;
}

/** How often a byte is there; no more than one beyond `most` are counted. */
function countUpTo(most: number, bytes: Buffer, byte: number): number {
  let count = 0;
  for (let at = bytes.indexOf(byte); at >= 0 && count <= most; at = bytes.indexOf(byte, at + 1)) {
    count++;
  }
  return count;
}
