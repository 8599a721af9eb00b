import { callFieldsOf } from './callFields';
import { halfIn, labelledFields } from './labels';
import { looksLikeCall } from './looksLikeCall';
import { endOfBrackets, parseKeyValues } from './keyValues';
import { parsePythonDict } from './pythonLiteral';
import { type Fields, isFields, parseJson } from './values';

/** Where in a message an object is looked for: characters, and brackets that are tried. */
const searched = 4000;
const maxTries = 4;
/** A single pair is a word with a sign in it, not a list of fields. */
const leastPairs = 2;

/**
 * The fields that a line of prose carries: a JSON object or Python dict in it, `key=value` pairs, parts between bars (`model: x | tokens: 5`),
 * or labelled lines (`Model: x`, also in other languages). undefined when it carries none.
 */
export function fieldsOfText(message: string): Fields | undefined {
  const object = objectIn(message);
  // `Raw response from the model: {…}`: an answer that happens to be JSON is text
  const half = object && !looksLikeCall(callFieldsOf(object.fields)) ? halfIn(message) : undefined;
  if (half) {
    return half;
  }
  const prose = object ? message.slice(0, object.start) : message;
  const pairs = prose.includes('=') ? parseKeyValues(prose) : undefined;
  const labels = /[:：\n]/.test(prose) ? labelledFields(prose) : undefined;
  const fields = {
    ...labels,
    ...(pairs && (pairs.size >= leastPairs || object || labels) ? pairs.fields : {}),
    ...object?.fields,
  };
  return Object.keys(fields).length === 0 ? undefined : fields;
}

/** The first JSON object or Python dict in a text that has more in it than nothing. */
function objectIn(text: string): { readonly start: number; readonly fields: Fields } | undefined {
  let start = text.indexOf('{');
  for (let tries = 0; start >= 0 && start < searched && tries < maxTries; tries += 1) {
    const end = endOfBrackets(text, start);
    // `usage={…}` and `messages=[{…}]` are values of pairs
    const isValue = /=[[(]?$/.test(text.slice(Math.max(0, start - 2), start));
    const value = end === undefined || isValue ? undefined : parseObject(text.slice(start, end));
    if (value !== undefined && Object.keys(value).length > 0) {
      return { start, fields: value };
    }
    start = text.indexOf('{', end ?? start + 1);
  }
  return undefined;
}

function parseObject(text: string): Fields | undefined {
  const value = parseJson(text);
  return isFields(value) ? value : parsePythonDict(text);
}

/** What a line says before its fields: `LLM request` of `LLM request | model=x` and of `LLM request: {"model": "x"}`. */
export function nameOfText(message: string): string {
  const line = (message.split('\n', 1)[0] ?? '').slice(0, 2000);
  const end = line.search(/ \| |[{[]|[\w.-]+=/);
  return (end < 0 ? line : line.slice(0, end)).replace(/[\s:=|,-]{1,20}$/, '').trim();
}
