import { flatten, type FlatText } from './flatten';
import { maskEchoes } from './maskEchoes';
import { type Grams, readGrams } from './grams';

/** A stretch of the flat text. */
export interface Place {
  readonly start: number;
  readonly end: number;
}

/** One `key: value` of the JSON, the Python dict or the JS object in a message. */
export interface Field extends Place {
  readonly key: string;
  readonly value: string;
}

/** All that the rules may look at. */
export interface Signals {
  readonly flat: FlatText;
  /** `flat.text` with echoes blanked out, same length. */
  readonly masked: string;
  /** Of `flat.text`, and so of `masked`, which has nothing else. */
  readonly grams: Grams;
  /** Normalised codes and classes; the place is undefined for one that came beside the message. */
  readonly codes: ReadonlyMap<string, Place | undefined>;
  readonly fields: readonly Field[];
  readonly status: number | undefined;
  readonly statusPlace: Place | undefined;
}

const fieldPattern =
  /["'`]?\b([A-Za-z_][\w-]{0,40})["'`]?\s?[:=]\s?(?:"([^"]{1,200})"|'([^']{1,200})'|([\w.-]{1,100}))/g;
const codeKeys = new Set([
  'code',
  'type',
  '__type',
  'status',
  'reason',
  'errorcode',
  'errortype',
  'error',
  'name',
  'finishreason',
  'stopreason',
  'blockreason',
  'exception',
]);
const statusKeys = new Set(['code', 'status', 'statuscode', 'httpstatus', 'httpcode', 'errorcode']);

const statusPatterns: readonly RegExp[] = [
  /\b(?:error code|status code|statuscode|http status code|http status|http error|api error|http|status|error)\b[ :=([-]{0,3}(?:http )?([1-5]\d\d)(?![\d.,]*\d)\b/i,
  /\bHTTP\/\d(?:\.\d)? ([1-5]\d\d)\b/i,
  /\((?:http )?([45]\d\d)(?: [A-Z][A-Za-z ]{2,30})?\)/i,
  /\[([45]\d\d)(?::| [A-Z])/,
  /\breturned (?:an? )?(?:http )?([45]\d\d)\b/i,
  /^\W{0,3}([45]\d\d)(?= |:|$)(?! records| items| rows| files| tokens)/,
  /\b([45]\d\d) (?:bad request|unauthorized|payment required|forbidden|not found|method not allowed|proxy authentication|request timeout|conflict|gone|payload too large|request entity|unprocessable|too many requests|client closed|client error|internal server|not implemented|bad gateway|service (?:temporarily )?unavailable|gateway time|server error|status code)/i,
  /: ([45]\d\d) (?=\{|"|[A-Z])/,
];
// what all of them need
const anyStatus = /[1-5]\d\d/;

/** A code or class without case, namespace and separators: `openai.error.RateLimitError` is `ratelimiterror`. */
export function normaliseCode(code: string): string {
  const last = code.slice(code.lastIndexOf('.') + 1);
  return last.toLowerCase().replace(/[^a-z0-9]/g, '');
}

/** Reads the structure out of a message; nothing is decided here. */
export function readSignals(message: string, type?: string, status?: number): Signals {
  const flat = flatten(message);
  const grams = readGrams(flat.text);
  const masked = maskEchoes(flat.lines, grams);
  const fields = readFields(masked);
  const codes = readCodes(masked, fields, type);
  const found = status === undefined ? readStatus(masked, fields) : undefined;
  return {
    flat,
    masked,
    grams,
    codes,
    fields,
    status: status ?? found?.status,
    statusPlace: found?.place,
  };
}

function readFields(text: string): readonly Field[] {
  const fields: Field[] = [];
  for (const match of text.matchAll(fieldPattern)) {
    const value = match[2] ?? match[3] ?? match[4] ?? '';
    const start = match.index + match[0].lastIndexOf(value);
    fields.push({ key: normaliseCode(match[1] ?? ''), value, start, end: start + value.length });
  }
  return fields;
}

// A word of a sentence is not a code; one with an underscore or an inner capital is.
const codeShaped = /[A-Za-z0-9]_[A-Za-z]|[a-z0-9][A-Z]/;

function readCodes(
  text: string,
  fields: readonly Field[],
  type: string | undefined,
): ReadonlyMap<string, Place | undefined> {
  const codes = new Map<string, Place | undefined>();
  for (const match of text.matchAll(/[A-Za-z_][\w.]{2,120}/g)) {
    const word = match[0].replace(/\.+$/, '');
    const code = normaliseCode(word);
    if (codeShaped.test(word) && !codes.has(code)) {
      const start = match.index + word.lastIndexOf('.') + 1;
      codes.set(code, { start, end: match.index + word.length });
    }
  }
  for (const field of fields) {
    const code = normaliseCode(field.value);
    if (codeKeys.has(field.key) && code !== '' && !codes.has(code)) {
      codes.set(code, field);
    }
  }
  if (type !== undefined && !codes.has(normaliseCode(type))) {
    codes.set(normaliseCode(type), undefined);
  }
  return codes;
}

function readStatus(
  text: string,
  fields: readonly Field[],
): { readonly status: number; readonly place: Place } | undefined {
  // The innermost one is the provider's own; a gateway around it often says something else.
  for (const field of fields.toReversed()) {
    if (statusKeys.has(field.key) && /^[1-5]\d\d$/.test(field.value)) {
      return { status: Number(field.value), place: { start: field.start, end: field.end } };
    }
  }
  for (const pattern of anyStatus.test(text) ? statusPatterns : []) {
    const match = pattern.exec(text);
    if (match?.[1] !== undefined) {
      const start = match.index + match[0].indexOf(match[1]);
      return { status: Number(match[1]), place: { start, end: start + 3 } };
    }
  }
  return undefined;
}
