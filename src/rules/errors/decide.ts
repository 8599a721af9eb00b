import type { ErrorCategory, GuardedWords, Signs } from './category';
import type { MayMatch } from './need';
import { mayMatch } from './prefilter';
import { normaliseCode, type Place, type Signals } from './signals';

const levels = ['decisive', 'strong', 'hint', 'status', 'weak'] as const;

/** What speaks for a category, the strongest first. */
export type Level = (typeof levels)[number];

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

/** The strongest evidence of all categories; of equals, the one earlier in the list. */
export function decide(
  categories: readonly ErrorCategory[],
  signals: Signals,
): Decision | undefined {
  for (const [level, witnesses] of prepare(categories)) {
    const [first, ...others] = witnesses.filter(witness => speaks(witness, signals));
    if (first !== undefined) {
      const { category } = first;
      return { category, level, contested: others.length > 0, ...testimonyOf(first, signals) };
    }
  }
  return undefined;
}

/** Category and level as `decide` finds them, without what else there is to say: a third of the work. */
export function decideBriefly(
  categories: readonly ErrorCategory[],
  signals: Signals,
): Pick<Decision, 'category' | 'level'> | undefined {
  for (const [level, witnesses] of prepare(categories)) {
    const witness = witnesses.find(each => speaks(each, signals));
    if (witness !== undefined) {
      return { category: witness.category, level };
    }
  }
  return undefined;
}

/** How many signs spoke, and where; nowhere when they came beside the message (a status, a type). */
interface Testimony {
  readonly signs: number;
  readonly places: readonly Place[];
}

/** Signs with all that is the same for every message worked out. */
interface PreparedSigns {
  readonly codes: readonly string[];
  readonly words: readonly PreparedWords[];
}

interface PreparedWords extends GuardedWords {
  readonly mayMatch: MayMatch;
}

/** A category and its signs of one level; none at the level of the status. */
interface Witness {
  readonly category: ErrorCategory;
  readonly signs: PreparedSigns | undefined;
}

/** The strongest level first. */
type Witnesses = ReadonlyMap<Level, readonly Witness[]>;

const prepared = new WeakMap<readonly ErrorCategory[], Witnesses>();

function prepare(categories: readonly ErrorCategory[]): Witnesses {
  const known = prepared.get(categories);
  if (known !== undefined) {
    return known;
  }
  const made = new Map(
    levels.map((level): [Level, readonly Witness[]] => [
      level,
      categories.flatMap(category => witnessOf(category, level) ?? []),
    ]),
  );
  prepared.set(categories, made);
  return made;
}

function witnessOf(category: ErrorCategory, level: Level): Witness | undefined {
  if (level === 'status') {
    return { category, signs: undefined };
  }
  const signs = category[level];
  return signs && { category, signs: prepareSigns(signs) };
}

function prepareSigns({ codes = [], words = [] }: Signs): PreparedSigns {
  return {
    codes: codes.map(normaliseCode),
    words: words.map(sign => {
      const guarded: GuardedWords = sign instanceof RegExp ? { words: sign } : sign;
      return { ...guarded, mayMatch: mayMatch(guarded.words) };
    }),
  };
}

function hasStatus({ status }: ErrorCategory, signals: Signals): boolean {
  return signals.status !== undefined && status?.includes(signals.status) === true;
}

function speaks({ category, signs }: Witness, signals: Signals): boolean {
  return signs === undefined
    ? hasStatus(category, signals)
    : signs.codes.some(name => signals.codes.has(name)) ||
        signs.words.some(
          sign => sign.mayMatch(signals.grams) && findWords(sign, signals) !== undefined,
        );
}

/** Of a witness that speaks. */
function testimonyOf({ signs }: Witness, signals: Signals): Testimony {
  if (signs === undefined) {
    return { signs: 1, places: listed(signals.statusPlace) };
  }
  const codes = signs.codes.filter(name => signals.codes.has(name));
  const words = signs.words.flatMap(sign =>
    sign.mayMatch(signals.grams) ? listed(findWords(sign, signals)) : [],
  );
  return {
    signs: codes.length + words.length,
    places: [...codes.flatMap(name => listed(signals.codes.get(name))), ...words],
  };
}

function findWords(sign: GuardedWords, signals: Signals): Place | undefined {
  const { status } = signals;
  if (status !== undefined) {
    const contradicted =
      sign.exceptStatus?.includes(status) === true || sign.status?.includes(status) === false;
    if (contradicted) {
      return undefined;
    }
  }
  const text = sign.anywhere === true ? signals.flat.text : signals.masked;
  const match = sign.words.exec(text);
  if (match === null || sign.unless?.test(text) === true || sign.along?.test(text) === false) {
    return undefined;
  }
  return { start: match.index, end: match.index + match[0].length };
}

function listed(place: Place | undefined): readonly Place[] {
  return place === undefined ? [] : [place];
}
