import type { FieldPath } from './fieldPaths';

/** Other values of the same kind, to find out what a reader makes of them. */

/**
 * Another text of the same kind as the scanner sees it: digits for digits, a letter up to f for such a letter. The beginning up
 * to the first `-`, `_` or `:` stays when it is a word: it says what kind of id it is. `round`: each gives another text.
 */
export function scramble(text: string, round: number): string {
  if (isTimeText(text)) {
    return otherTime(text, round);
  }
  const prefix = prefixOf(text);
  let result = prefix;
  let seed = 7 + round * 31 + text.length;
  for (const character of text.slice(prefix.length)) {
    seed = (seed * 48271) % 2147483647;
    result += otherCharacter(character, seed);
  }
  return result;
}

/** In turn: as it is; digits only; letters only; both. */
const mixtures = [undefined, '123456789', 'abcdef', '1a2b3c4d5e6f789'];
/** Of which characters an id is that is told apart by its length and beginning only, see `mixedKind` in assembly/. Bytes: `maxIdLength`. */
const mixedPattern = /^[0-9A-Za-z_-]{1,128}$/;

/** The same of an id where it is no matter of which sorts of digits and letters it is. */
export function scrambleMixed(text: string, round: number): string {
  const from = mixtures[Math.floor(round / 2) % mixtures.length];
  if (from === undefined || !mixedPattern.test(text) || /^[0_-]*$/.test(text)) {
    return scramble(text, round);
  }
  const prefix = prefixOf(text);
  let hasOther = /[A-Zg-z]/.test(prefix);
  let result = prefix;
  let seed = 11 + round * 31 + text.length;
  for (const character of text.slice(prefix.length)) {
    seed = (seed * 48271) % 2147483647;
    // one letter above f stays one, for that is told apart
    const isOther = /[A-Zg-z]/.test(character) && !hasOther;
    hasOther ||= isOther;
    const isKept = isOther || character === '-' || character === '_';
    result += isKept ? otherCharacter(character, seed) : pick(from, seed, character);
  }
  return result;
}

function prefixOf(text: string): string {
  return /^[A-Za-z]{1,12}[-_:]/.exec(text)?.[0] ?? '';
}

function otherCharacter(character: string, seed: number): string {
  if (/[0-9]/.test(character)) {
    return character === '0' ? '0' : pick('123456789', seed, character);
  }
  if (/[a-f]/.test(character)) {
    return pick('abcdef', seed, character);
  }
  if (/[g-z]/.test(character)) {
    return pick('ghjkmnpqrstuvwxyz', seed, character);
  }
  return /[A-Z]/.test(character) ? pick('GHJKMNPQRSTUVWXYZ', seed, character) : character;
}

function pick(from: string, seed: number, not: string): string {
  const found = from.charAt(seed % from.length);
  return found === not ? from.charAt((seed + 1) % from.length) : found;
}

const timePattern =
  /^\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}:\d{2}(?:[.,]\d{1,9})?(?:Z|[+-]\d{2}:?\d{2})?$/;

export function isTimeText(text: string): boolean {
  return timePattern.test(text);
}

function otherTime(text: string, round: number): string {
  const year = String(2003 + (round % 90));
  const two = (step: number, from: number, to: number): string =>
    String(from + ((round * step) % (to - from + 1))).padStart(2, '0');
  const date = `${year}-${two(5, 1, 12)}-${two(11, 1, 28)}`;
  const time = `${two(7, 0, 23)}:${two(13, 0, 59)}:${two(17, 0, 59)}`;
  const rest = text.slice(19).replaceAll(/\d/g, digit => pick('123456789', round * 13 + 5, digit));
  const zone = /(?:Z|[+-]\d{2}:?\d{2})?$/.exec(text.slice(19))?.[0] ?? '';
  const fraction = zone === '' ? rest : rest.slice(0, rest.length - zone.length);
  return `${date}${text.charAt(10)}${time}${fraction}${zone}`;
}

/** Of each list as many as there are rounds, so that each of them comes once. On both sides of the steps at which readers take a number for another thing, rising. */
const wholes = [
  1, 41, 101, 457, 601, 87_653, 15_000_001, 1_790_812_802, 1_790_812_802_443, 1_790_812_802_443_001,
];
const mostWholes = [1, 7, 41, 99, 101, 457, 599, 601, 87_653, 15_000_001];

/** From where to where a number is as most are, see `range` in assembly/. */
const leastOfMost = 1;
const limitOfMost = 1e8;

/** How numbers are told apart. */
interface NumberKind extends Pick<FieldPath, 'magnitude' | 'mixing'> {
  /** Large ones are near each other, as the times of one record are: else there was never a length of time between two. */
  readonly isNear: boolean;
}

/** Another number of the same kind: whole for whole, with decimals for one with decimals, if that is told apart; 0 for 0. */
export function otherNumber(number: number, round: number, kind: NumberKind): number {
  if (number === 0) {
    return 0;
  }
  const other = numberOf(number, round, kind);
  return other === number ? numberOf(number, round + 1, kind) : other;
}

function numberOf(
  number: number,
  round: number,
  { magnitude, mixing, isNear }: NumberKind,
): number {
  const isAsMost = number >= leastOfMost && number < limitOfMost;
  const isWhole = mixing === 'mixed' ? Math.floor(round / 2) % 2 === 0 : Number.isInteger(number);
  if (magnitude === 'step' || (magnitude === 'range' && !isAsMost)) {
    return sameMagnitude(number, round, isWhole, isNear);
  }
  const choice = magnitude === 'range' ? mostWholes : wholes;
  const whole = choice[round % choice.length] ?? 41;
  // the scanner takes none with more digits
  return isWhole || (mixing === 'mixed' && whole > 1e12) ? whole : (whole % 1e12) + 0.375;
}

/** Whether a whole number is of the kind of another one, as that is told apart. */
export function isSameKind(
  number: number,
  whole: number,
  { magnitude, mixing }: Pick<FieldPath, 'magnitude' | 'mixing'>,
): boolean {
  const isAsMost = (size: number): boolean => size >= leastOfMost && size < limitOfMost;
  const isAsLarge =
    magnitude === 'any' ||
    stepOf(number) === stepOf(whole) ||
    (magnitude === 'range' && isAsMost(number) && isAsMost(whole));
  return number !== 0 && isAsLarge && (mixing === 'mixed' || Number.isInteger(number));
}

/** Labels that mean nothing to anybody: what is read like these is read like any other. */
export const nonsense: readonly string[] = ['qzxvjk', 'wqzut7'];

/** Numbers of every kind: whoever reads all of them alike does not look at the number. */
export const numbers: readonly number[] = [0, 7, 0.25, -1, 1e15 + 1, 429, 30, 1, 200, 1.5e9];

const shares = [0.02, 0.5, 0.97, 0.25, 0.75, 0.1, 0.9, 0.002, 0.4, 0.6];
/** Steps of `magnitude` in assembly/. */
const steps = [0, 1, 100, 600, 1e8, 1e11, 1e14, 1e16];

function stepOf(number: number): number {
  return steps.findIndex(step => number < step);
}

function sameMagnitude(number: number, round: number, isWhole: boolean, isNear: boolean): number {
  const index = stepOf(number);
  const [low = 0, high = 1] = [steps[index - 1], steps[index]];
  const share = shares[round % shares.length] ?? 0.5;
  const other = isNear && low >= limitOfMost ? low * 17 + share * 9000 : low + (high - low) * share;
  return isWhole && number >= 1
    ? Math.max(1, Math.ceil(low), Math.floor(other))
    : Math.floor(other * 8) / 8 + 0.0625;
}

/** Texts of all the sorts that a reader may look into: whoever reads all of them alike only sees that there is text. */
export const words: readonly string[] = [
  'Zebras graze quietly here',
  '{"choices":[{"message":{"role":"assistant","content":"x","tool_calls":[{"id":"c1","type":"function","function":{"name":"f","arguments":"{}"}}]},"finish_reason":"stop"}],"model":"gpt-4o","usage":{"prompt_tokens":3,"completion_tokens":4}}',
  '[{"role":"user","content":"x"},{"type":"tool_use","id":"t1","name":"f","input":{}}]',
  "Error code: 429 - {'error': {'message': 'Rate limit reached', 'type': 'requests'}}",
  'x',
  `${'Many words in a row. '.repeat(300)}`,
  'data: {"id":"chatcmpl-1","choices":[{"delta":{"content":"x"}}]}\n\n',
  '12',
  'Called gpt-4o in 0.3 seconds',
  '2026-10-05T08:32:43.148620Z',
];
