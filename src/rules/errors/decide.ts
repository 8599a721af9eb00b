import type { ErrorCategory, GuardedWords, Signs } from './category';
import type { MayMatch } from './need';
import { mayMatch } from './prefilter';
import { normaliseCode, type Place, type Signals } from './signals';

const wordLevels = ['decisive', 'strong', 'hint', 'weak'] as const;

export type Level = (typeof wordLevels)[number] | 'status';

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
  const ready = prepare(categories);
  for (const level of levels) {
    let first: (Testimony & { readonly category: ErrorCategory }) | undefined;
    let contested = false;
    for (const { category, signs } of ready.get(level) ?? []) {
      const testimony =
        signs === undefined ? readStatus(category, signals) : readSigns(signs, signals);
      if (testimony.signs > 0) {
        contested = first !== undefined;
        first ??= { category, ...testimony };
      }
    }
    if (first !== undefined) {
      return { ...first, level, contested };
    }
  }
  return undefined;
}

/** Category and level as `decide` finds them, without what else there is to say: a third of the work. */
export function decideBriefly(
  categories: readonly ErrorCategory[],
  signals: Signals,
): Pick<Decision, 'category' | 'level'> | undefined {
  const ready = prepare(categories);
  for (const level of levels) {
    const witness = ready
      .get(level)
      ?.find(({ category, signs }) =>
        signs === undefined ? hasStatus(category, signals) : speaks(signs, signals),
      );
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

const silence: Testimony = { signs: 0, places: [] };

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

type Witnesses = ReadonlyMap<Level, readonly Witness[]>;

const prepared = new WeakMap<readonly ErrorCategory[], Witnesses>();

function prepare(categories: readonly ErrorCategory[]): Witnesses {
  const known = prepared.get(categories);
  if (known !== undefined) {
    return known;
  }
  const made = new Map<Level, readonly Witness[]>([
    ['status', categories.map(category => ({ category, signs: undefined }))],
  ]);
  for (const level of wordLevels) {
    made.set(
      level,
      categories.flatMap(category => {
        const signs = category[level];
        return signs === undefined ? [] : [{ category, signs: prepareSigns(signs) }];
      }),
    );
  }
  prepared.set(categories, made);
  return made;
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

function readStatus(category: ErrorCategory, signals: Signals): Testimony {
  return hasStatus(category, signals) ? { signs: 1, places: listed(signals.statusPlace) } : silence;
}

function speaks({ codes, words }: PreparedSigns, signals: Signals): boolean {
  return (
    codes.some(name => signals.codes.has(name)) ||
    words.some(sign => sign.mayMatch(signals.grams) && findWords(sign, signals) !== undefined)
  );
}

function readSigns(signs: PreparedSigns, signals: Signals): Testimony {
  let found = 0;
  let places: Place[] | undefined;
  for (const name of signs.codes) {
    if (signals.codes.has(name)) {
      found++;
      (places ??= []).push(...listed(signals.codes.get(name)));
    }
  }
  for (const sign of signs.words) {
    const place = sign.mayMatch(signals.grams) ? findWords(sign, signals) : undefined;
    if (place !== undefined) {
      found++;
      (places ??= []).push(place);
    }
  }
  return found === 0 ? silence : { signs: found, places: places ?? [] };
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
