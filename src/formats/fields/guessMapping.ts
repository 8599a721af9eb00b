import type { MappedField, MappingSuggestion, SampledPath } from '../../model/mapping';
import { hasText } from './content';
import { toTime } from './time';
import { cutText, type Fields, isFields, toNumber, toText } from './values';

/** Levels of objects, paths and records that are looked at, and characters of a value that are shown. */
const maxDepth = 4;
const maxPaths = 300;
const maxRecords = 50;
const maxShown = 80;
const valuesShown = 3;
/** Characters from which a text is none of a label's. */
const longText = 25;

const modelLike =
  /^(?:[\w.-]+[/:])*(?:gpt|chatgpt|o\d|claude|gemini|gemma|llama|mistral|mixtral|qwen|deepseek|command|grok|phi|text-embedding|kimi|nova|glm|yandexgpt|gigachat)/i;

/** What the values at one path are like. */
interface Facts {
  readonly path: string;
  readonly name: string;
  readonly order: number;
  readonly values: readonly unknown[];
  readonly numbers: readonly number[];
  readonly textLength: number;
  readonly isTime: boolean;
  readonly isMessages: boolean;
  readonly distinct: number;
}

/** How likely a path is the field, 0: not at all. Names count most, values must fit. */
type Judge = (facts: Facts) => number;

const judges: Readonly<Partial<Record<MappedField, Judge>>> = {
  prompt: facts =>
    facts.isMessages
      ? 9
      : named(
          facts,
          /^(?:prompt|question|query|q|ask|user|request|input|instruction|messages?|text|in)$|prompt|question|query|user_?(?:input|message|text)|request_?text/i,
          6,
        ) *
          Number(facts.textLength > 0 && !facts.isTime) +
        Math.min(facts.textLength / 400, 2) * Number(isLong(facts)) -
        named(facts, answerName, 5),
  response: facts =>
    facts.isMessages
      ? 0
      : named(facts, answerName, 6) * Number(facts.textLength > 0 && !facts.isTime) +
        Math.min(facts.textLength / 400, 2) * Number(isLong(facts)),
  model: facts =>
    facts.textLength > 0 && facts.textLength < 80
      ? named(facts, /^(?:m|engine|deployment|llm)$|model/i, 3) +
        6 * Number(facts.values.some(value => typeof value === 'string' && modelLike.test(value)))
      : 0,
  inputTokens: counted(
    /(?:prompt|input|in|request|ctx|context)[\w.]*(?:tok|tokens?|count|t)$|(?:tok|tokens?)[\w.]*(?:prompt|input|in)$|^(?:tin|tok_?in|in)$/i,
  ),
  outputTokens: counted(
    /(?:completion|output|out|response|answer|generated|gen)[\w.]*(?:tok|tokens?|count|t)$|(?:tok|tokens?)[\w.]*(?:completion|output|out|gen)$|^(?:tout|tok_?out|out)$/i,
  ),
  durationMs: facts => timed(facts, /(?:_ms|ms|millis|milliseconds|Ms)$/, numbers => numbers >= 20),
  durationS: facts =>
    /(?:_ms|ms|millis|milliseconds|Ms)$/.test(facts.name)
      ? 0
      : timed(facts, /(?:_s|_sec|_secs|_seconds|Seconds|Sec)$/, numbers => numbers < 600),
  time: facts =>
    facts.isTime ? 4 + named(facts, /time|date|^ts$|^t$|_at$|At$|when|created|stamp/i, 4) : 0,
  error: facts =>
    facts.isTime || facts.numbers.length > 0 ? 0 : named(facts, /err|exception|fail|problem/i, 6),
  sessionId: facts => ident(facts, /session|conversation|thread|chat_?id|dialog/i),
  traceId: facts => ident(facts, /trace|run_?id|correlation|workflow_?id/i),
  userId: facts => ident(facts, /user|customer|account|member|^who$/i),
  provider: facts =>
    facts.textLength > 0 && facts.textLength < 30 ? named(facts, /provider|vendor|backend/i, 5) : 0,
  costUsd: facts => (facts.numbers.length > 0 ? named(facts, /cost|price|usd|spend/i, 5) : 0),
};

const answerName =
  /^(?:response|answer|a|reply|r|output|completion|result|assistant|generated|out|resp)$|response|answer|reply|completion(?!_?tok)|output_?text|generat(?:ed|ion)_?text/i;

type Guess = { [field in MappedField]?: string | undefined };

/** Which path of the records is probably which field of a call; a path is given to one field only. */
export function guessMapping(records: readonly Fields[]): MappingSuggestion {
  const looked = records.slice(0, maxRecords);
  const all = factsOf(looked);
  const candidates = Object.entries(judges)
    // the keys of the table are fields that may be mapped
    .flatMap(([field, judge]) =>
      all.map(facts => ({ field: field as MappedField, facts, score: judge(facts) })),
    )
    .filter(({ score }) => score >= 3)
    .toSorted((one, other) => other.score - one.score || one.facts.order - other.facts.order);
  const guess: Guess = {};
  const used = new Set<string>();
  for (const { field, facts } of candidates) {
    const isOtherUnit =
      field === 'durationS' ? 'durationMs' : field === 'durationMs' ? 'durationS' : field;
    if (guess[field] === undefined && guess[isOtherUnit] === undefined && !used.has(facts.path)) {
      guess[field] = facts.path;
      used.add(facts.path);
    }
  }
  takeLongTexts(guess, used, all);
  return { records: looked.length, paths: all.map(toSample), guess };
}

/** Without a telling name: of two long texts the first is the prompt, the second the answer. */
function takeLongTexts(guess: Guess, used: ReadonlySet<string>, all: readonly Facts[]): void {
  const free = all
    .filter(facts => isLong(facts) && !facts.isTime && !used.has(facts.path) && facts.distinct > 1)
    .toSorted((one, other) => other.textLength - one.textLength)
    .slice(0, 2)
    .toSorted((one, other) => one.order - other.order)
    .map(facts => facts.path);
  for (const field of ['prompt', 'response'] as const) {
    const path = guess[field] === undefined ? free.shift() : undefined;
    if (path !== undefined) {
      guess[field] = path;
    }
  }
}

function factsOf(records: readonly Fields[]): readonly Facts[] {
  const found = new Map<string, unknown[]>();
  for (const record of records) {
    collect(record, [], found);
  }
  return [...found].map(([path, values], order) => {
    const texts = values.filter(value => typeof value === 'string');
    const numbers = values.flatMap(value => toNumber(value) ?? []);
    return {
      path,
      name: path.split('.').at(-1) ?? path,
      order,
      values,
      numbers: numbers.length === values.length ? numbers : [],
      textLength: texts.reduce((sum, text) => sum + text.length, 0) / Math.max(texts.length, 1),
      isTime: values.every(value => toTime(value) !== undefined),
      isMessages: values.every(
        value => Array.isArray(value) && value.some(item => isFields(item) && 'role' in item),
      ),
      distinct: new Set(values.map(value => toText(value).slice(0, 200))).size,
    };
  });
}

/** Every path that leads to a value other than null; an object is also one when it is a message or a list. */
function collect(fields: Fields, above: readonly string[], found: Map<string, unknown[]>): void {
  for (const [key, value] of Object.entries(fields)) {
    const path = [...above, key];
    const name = path.join('.');
    if (value === null || value === '' || key.length > 100) {
      continue;
    }
    if (isFields(value) && path.length < maxDepth) {
      collect(value, path, found);
    } else if (found.has(name) || found.size < maxPaths) {
      found.set(name, [...(found.get(name) ?? []), value]);
    }
  }
}

function toSample({ path, values }: Facts): SampledPath {
  const shown = values.map(value =>
    cutText(toText(value).replaceAll(/\s+/g, ' ').slice(0, 1000), maxShown),
  );
  return { path, values: [...new Set(shown)].slice(0, valuesShown) };
}

function named({ name, path }: Facts, pattern: RegExp, score: number): number {
  if (pattern.test(name)) {
    return score;
  }
  return path.split('.').some(step => pattern.test(step)) ? score / 2 : 0;
}

function isLong(facts: Facts): boolean {
  return facts.textLength >= longText && facts.values.some(value => hasText(value) === true);
}

function counted(pattern: RegExp): Judge {
  return facts =>
    facts.numbers.length > 0 &&
    facts.numbers.every(number => Number.isInteger(number) && number >= 0 && number < 1e7)
      ? named(facts, pattern, 6)
      : 0;
}

function timed(facts: Facts, unit: RegExp, fits: (typical: number) => boolean): number {
  if (facts.numbers.length === 0 || facts.isTime || facts.numbers.some(number => number < 0)) {
    return 0;
  }
  const isNamed = /latenc|durat|elaps|took|time|wall|^(?:ms|secs?|seconds|millis)$/i.test(
    facts.name,
  );
  if (unit.test(facts.name)) {
    return /limit|timeout|max/i.test(facts.name) ? 0 : isNamed ? 7 : 4;
  }
  const typical =
    facts.numbers.toSorted((one, other) => one - other)[facts.numbers.length >> 1] ?? 0;
  return isNamed && !/timeout|max/i.test(facts.name) && fits(typical) ? 5 : 0;
}

function ident(facts: Facts, pattern: RegExp): number {
  const isShort = facts.textLength < 100 && !facts.isTime;
  return isShort ? named(facts, pattern, 5) : 0;
}
