import type { ErrorCategory, GuardedWords, Signs } from './category';
import { normaliseCode, type Place, type Signals } from './signals';

export type Level = 'decisive' | 'strong' | 'hint' | 'status' | 'weak';

/** Which category, how sure, and the places in the flat text that say so. */
export interface Decision {
  readonly category: ErrorCategory;
  readonly level: Level;
  readonly places: readonly Place[];
  /** How many signs of it spoke at that level. */
  readonly signs: number;
  /** Another category had evidence of the same level. */
  readonly contested: boolean;
}

const levels: readonly Level[] = ['decisive', 'strong', 'hint', 'status', 'weak'];

/** The strongest evidence of all categories; of equals, the one earlier in the list. */
export function decide(
  categories: readonly ErrorCategory[],
  signals: Signals,
): Decision | undefined {
  for (const level of levels) {
    const found = categories.flatMap(category => {
      const testimony = evidence(category, level, signals);
      return testimony.signs === 0 ? [] : [{ category, ...testimony }];
    });
    const first = found[0];
    if (first !== undefined) {
      return { ...first, level, contested: found.length > 1 };
    }
  }
  return undefined;
}

/** How many signs spoke, and where; nowhere when they came beside the message (a status, a type). */
interface Testimony {
  readonly signs: number;
  readonly places: readonly Place[];
}

const silence: Testimony = { signs: 0, places: [] };

function evidence(category: ErrorCategory, level: Level, signals: Signals): Testimony {
  if (level === 'status') {
    const agrees = signals.status !== undefined && category.status?.includes(signals.status);
    return agrees === true ? { signs: 1, places: listed(signals.statusPlace) } : silence;
  }
  const signs = category[level];
  return signs === undefined ? silence : readSigns(signs, signals);
}

function readSigns(signs: Signs, signals: Signals): Testimony {
  let found = 0;
  const places: Place[] = [];
  for (const name of codeNames(signs)) {
    if (signals.codes.has(name)) {
      found++;
      places.push(...listed(signals.codes.get(name)));
    }
  }
  for (const words of signs.words ?? []) {
    const place =
      words instanceof RegExp ? findWords(words, signals.masked) : guarded(words, signals);
    if (place !== undefined) {
      found++;
      places.push(place);
    }
  }
  return found === 0 ? silence : { signs: found, places };
}

// Normalised once: every message is held against all of them.
const namesOfSigns = new WeakMap<Signs, readonly string[]>();

function codeNames(signs: Signs): readonly string[] {
  const known = namesOfSigns.get(signs);
  if (known !== undefined) {
    return known;
  }
  const names = (signs.codes ?? []).map(normaliseCode);
  namesOfSigns.set(signs, names);
  return names;
}

function guarded(sign: GuardedWords, signals: Signals): Place | undefined {
  const text = sign.anywhere === true ? signals.flat.text : signals.masked;
  const place = findWords(sign.words, text);
  if (place === undefined || sign.unless?.test(text) === true || sign.along?.test(text) === false) {
    return undefined;
  }
  if (signals.status !== undefined && sign.exceptStatus?.includes(signals.status) === true) {
    return undefined;
  }
  if (sign.status !== undefined && signals.status !== undefined) {
    return sign.status.includes(signals.status) ? place : undefined;
  }
  return place;
}

function findWords(words: RegExp, text: string): Place | undefined {
  const match = words.exec(text);
  return match === null ? undefined : { start: match.index, end: match.index + match[0].length };
}

function listed(place: Place | undefined): readonly Place[] {
  return place === undefined ? [] : [place];
}
