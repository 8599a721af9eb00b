import { paramNames } from './aliases';
import { hasInput, hasOutput, hasText } from './content';
import { hasDurationField } from './duration';
import { isNameOfAnswer, isNameOfRequest } from './eventName';
import { readModel } from './looksLikeCall';
import { byKeys } from './shape';
import { hasUsageField } from './usage';
import { type Fields, firstOf, isFields, ownKeys, parseJson, paths, toLabel } from './values';

/** Objects into which loggers put what belongs to a call, beside their own time, level and message. */
const wrappers: readonly string[] =
  `llm llm_call llmCall llm_request llmRequest llm_response call gen_ai genai ai data payload
  event_data eventData props properties extra extra_data context ctx meta metadata fields attributes attrs details body record kwargs
  log stats info result request response params event entry doc jsonPayload _source message msg`.split(
    /\s+/,
  );
const wrappersIn = byKeys(keys => wrappers.filter(name => keys.includes(name)));
/** Levels of a name with dots. */
const maxDotDepth = 6;

/**
 * The fields of a call out of a record that keeps them one level down (`{level, msg, llm: {model, …}}`), in names with dots
 * (`gen_ai.usage.input_tokens`), in names of another style (`InputTokens`), or as JSON text. The record's own fields stay beside them; where both have a name, the inner one holds.
 */
export function callFieldsOf(record: Fields): Fields {
  const before = known.get(record);
  if (before !== undefined) {
    return before;
  }
  const fields = withHalf(unwrap(record));
  if (fields !== record) {
    known.set(record, fields);
  }
  return fields;
}

const halves = paths('event event_type type kind direction phase record_type');
const texts = ['text', 'message', 'content', 'body', 'data'] as const;
const rolesOfHalves: ReadonlyMap<string, 'llm_request' | 'llm_response'> = new Map([
  ['user', 'llm_request'],
  ['human', 'llm_request'],
  ['assistant', 'llm_response'],
  ['model', 'llm_response'],
  ['ai', 'llm_response'],
]);

/** Of a record that says it is the request or the answer, the text under a name that says nothing: `{role, content}`, `{event, text}`. */
function withHalf(fields: Fields): Fields {
  const half = halfOf(fields);
  const isAnswer = half === 'llm_response';
  if (half === undefined || (isAnswer ? hasOutput(fields) : hasInput(fields))) {
    return half === undefined || 'type' in fields ? fields : { ...fields, type: half };
  }
  const name = texts.find(key => hasText(fields[key]) === true);
  if (name === undefined) {
    return fields;
  }
  const { [name]: text, ...others } = fields;
  return { ...others, type: fields['type'] ?? half, [isAnswer ? 'response_text' : 'prompt']: text };
}

function halfOf(fields: Fields): 'llm_request' | 'llm_response' | undefined {
  const name = firstOf(fields, halves, toLabel);
  const role = toLabel(fields['role'])?.toLowerCase() ?? '';
  if (isNameOfAnswer(name)) {
    return 'llm_response';
  }
  return isNameOfRequest(name) ? 'llm_request' : rolesOfHalves.get(role);
}

/** A record is looked at to be claimed and again to be read. One that is as it should be is not kept: that is seen by its keys. */
const known = new WeakMap<Fields, Fields>();

function unwrap(record: Fields): Fields {
  const whole = withPlainNames(withoutDots(record));
  const names = wrappersIn(whole);
  if (!names.some(name => isFields(whole[name]))) {
    return whole;
  }
  let best = whole;
  let strength = strengthOf(whole);
  for (const name of names) {
    const inner = whole[name];
    if (strength === allFacts || !isFields(inner)) {
      continue;
    }
    const { [name]: _wrapper, ...outer } = best;
    const merged = { ...outer, ...withPlainNames(withoutDots(inner)) };
    const found = strengthOf(merged);
    if (found > strength) {
      best = merged;
      strength = found;
    }
  }
  return best;
}

const allFacts = 5;

/** How much of a call the fields tell, `allFacts` at most: model, tokens, latency, text of the request, text of the answer. */
function strengthOf(fields: Fields): number {
  const facts = [
    readModel(fields) !== undefined,
    hasUsageField(fields),
    hasDurationField(fields),
    hasInput(fields),
    hasOutput(fields),
  ];
  return facts.filter(Boolean).length;
}

const hasDottedKey = byKeys(keys => keys.some(key => key.includes('.')));

/** `{'a.b': 1}` as `{a: {b: 1}}`. What stands under a plain name wins. */
function withoutDots(record: Fields): Fields {
  if (!hasDottedKey(record)) {
    return record;
  }
  const heads = new Map<string, [string, unknown][]>();
  const plain = Object.entries(record).filter(([key, value]) => {
    const dot = key.indexOf('.');
    if (dot <= 0 || key.split('.', maxDotDepth + 1).length > maxDotDepth) {
      return true;
    }
    const head = key.slice(0, dot);
    const inner = heads.get(head) ?? [];
    inner.push([key.slice(dot + 1), value]);
    heads.set(head, inner);
    return false;
  });
  const nested = [...heads].map(([head, inner]): [string, unknown] => [
    head,
    withoutDots(ownKeys(inner)),
  ]);
  const joined = plain.map(([key, value]): [string, unknown] => {
    const inner =
      isFields(value) && heads.has(key) ? withoutDots(ownKeys(heads.get(key) ?? [])) : {};
    return [key, isFields(value) ? { ...inner, ...value } : value];
  });
  return ownKeys([...nested, ...joined]);
}

/** Objects that some write as JSON text. */
const encoded: ReadonlySet<string> = new Set(
  'usage token_usage tokens metadata data payload request extra llm response_body request_body log message msg line'.split(
    ' ',
  ),
);
const maxEncoded = 1_000_000;

/** The keys of an object under which something may be to add, with their plain names. */
const addable = byKeys(keys =>
  keys
    .map((key): [string, string] => [key, paramNames.has(key) ? key : plainName(key)])
    .filter(([key, name]) => name !== key || encoded.has(name) || figures.has(name)),
);

/** Adds `input_tokens` for `InputTokens` and `Input Tokens`, and what is JSON text as the object it is. */
function withPlainNames(record: Fields): Fields {
  const added: [string, unknown][] = [];
  for (const [key, name] of addable(record)) {
    const value = record[key];
    const object = objectOf(name, value);
    if (object !== undefined || (name !== key && !(name in record))) {
      added.push([name, object ?? value]);
    }
  }
  return added.length === 0 ? record : { ...record, ...ownKeys(added) };
}

function objectOf(name: string, value: unknown): Fields | undefined {
  if (encoded.has(name)) {
    return parsed(value);
  }
  return isFigures(name, value) ? plainCopy(value) : undefined;
}

/** Objects of figures, whose names are read, too. */
const figures: ReadonlySet<string> = new Set(
  'metrics timing timings stats performance cost latency'.split(' '),
);

function isFigures(name: string, value: unknown): value is Fields {
  return (
    figures.has(name) && isFields(value) && Object.keys(value).some(key => plainName(key) !== key)
  );
}

function plainCopy(value: Fields): Fields {
  const added = Object.entries(value).map(([key, item]): [string, unknown] => [
    plainName(key),
    item,
  ]);
  return { ...value, ...ownKeys(added) };
}

function plainName(key: string): string {
  return /[A-Z -]/.test(key) && key.length < 60
    ? key
        .replace(/([a-z0-9])([A-Z])/g, '$1_$2')
        .replaceAll(/[ -]+/g, '_')
        .toLowerCase()
    : key;
}

function parsed(value: unknown): Fields | undefined {
  if (typeof value !== 'string' || value.length > maxEncoded || !/^\s*\{/.test(value)) {
    return undefined;
  }
  const object = parseJson(value);
  return isFields(object) ? object : undefined;
}
