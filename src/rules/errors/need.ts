import { gramLength, type Grams, slotAt } from './grams';

/**
 * What a pattern cannot match without, all of it: texts in lower case, of which all runs of characters must be there, and lists of
 * alternatives. What is least likely there comes first. Empty: nothing is needed. Plain data, which the build writes down.
 */
export type Need = readonly NeedPart[];
export type NeedPart = string | readonly (string | Need)[];

/** Says whether a pattern may match a text with these grams: yes too often, and never wrongly no. */
export type MayMatch = (grams: Grams) => boolean;

// The letters of English prose, most frequent first: a rare run of characters rules more texts out.
const frequentFirst = ' etaoinsrhldcumfpgwybvkxjqz';

/** Of so many alternatives a text has one by chance: beside other needs they are not worth their room. */
const manyAlternatives = 12;

/** All of these needs. */
export function all(needs: readonly Need[]): Need {
  const [rarest, ...others] = needs
    .flat()
    .toSorted((one, other) => chanceOf(one) - chanceOf(other));
  const telling = others.filter(part => typeof part === 'string' || part.length < manyAlternatives);
  return rarest === undefined ? [] : [rarest, ...telling];
}

/** One of these needs. */
export function any(needs: readonly Need[]): Need {
  const [only] = needs;
  if (only === undefined || needs.some(need => need.length === 0)) {
    return [];
  }
  if (needs.length === 1) {
    return only;
  }
  const alternatives = needs.flatMap((need): readonly (string | Need)[] => {
    const [first] = need;
    return need.length > 1 || first === undefined
      ? [need]
      : typeof first === 'string'
        ? [first]
        : first;
  });
  const isSaidShorter = (one: string | Need) =>
    typeof one === 'string' &&
    alternatives.some(
      other => typeof other === 'string' && other.length < one.length && one.includes(other),
    );
  return [[...new Set(alternatives.filter(one => !isSaidShorter(one)))]];
}

/** Runs of characters of which a text must have at least one; none when nothing is needed. */
export function rarestRuns([rarest]: Need): readonly string[] {
  if (rarest === undefined) {
    return [];
  }
  if (typeof rarest === 'string') {
    const at = rarestAt(rarest);
    return [rarest.slice(at, at + gramLength)];
  }
  return [...new Set(rarest.flatMap(one => rarestRuns(asNeed(one))))];
}

// Loops below, because these run five hundred times a message: `every` and `some` were on top of the profile.

/** How a need is held against texts. */
export function testOf(need: Need): MayMatch {
  const tests = need.map(part => (typeof part === 'string' ? hasText(part) : meetsOne(part)));
  return grams => {
    // a run of the first one was looked for before anything else
    for (let index = tests.length - 1; index >= 0; index--) {
      if (tests[index]?.(grams) === false) {
        return false;
      }
    }
    return true;
  };
}

function meetsOne(alternatives: readonly (string | Need)[]): MayMatch {
  const tests = alternatives.map(one => (typeof one === 'string' ? hasText(one) : testOf(one)));
  return grams => {
    for (const test of tests) {
      if (test(grams)) {
        return true;
      }
    }
    return false;
  };
}

function hasText(text: string): MayMatch {
  const wanted = new Uint16Array(text.length - gramLength + 1);
  for (let index = 0; index < wanted.length; index++) {
    wanted[index] = slotAt(text, index);
  }
  return grams => {
    for (let index = 0; index < wanted.length; index++) {
      if (grams[wanted[index] ?? 0] === 0) {
        return false;
      }
    }
    return true;
  };
}

function asNeed(one: string | Need): Need {
  return typeof one === 'string' ? [one] : one;
}

/** How likely a text has what is needed by chance, for comparing only. */
function chanceOf(part: NeedPart): number {
  return typeof part === 'string'
    ? chanceAt(part, rarestAt(part))
    : part.reduce((sum, one) => sum + chanceOf(asNeed(one)[0] ?? ''), 0);
}

/** Where the least likely run of a text begins. */
function rarestAt(text: string): number {
  let rarest = 0;
  for (let index = 1; index + gramLength <= text.length; index++) {
    rarest = chanceAt(text, index) < chanceAt(text, rarest) ? index : rarest;
  }
  return rarest;
}

function chanceAt(text: string, index: number): number {
  let chance = 1;
  for (let at = index; at < index + gramLength; at++) {
    const rank = frequentFirst.indexOf(text.charAt(at));
    chance /= (rank < 0 ? frequentFirst.length : rank) + 2;
  }
  return chance;
}
