/** The runs of three characters that a text has, upper and lower case alike. */
export type Grams = Uint8Array;

export const gramLength = 3;
// Two runs may share a slot: then a pattern is tried in vain.
const slots = 1 << 14;

/** Where a run at `index` is noted. */
export function slotAt(text: string, index: number): number {
  const first = text.charCodeAt(index);
  const second = text.charCodeAt(index + 1);
  const third = text.charCodeAt(index + 2);
  return (first ^ (second << 4) ^ (third << 8) ^ (third >> 6)) & (slots - 1);
}

/** Linear in the text. */
export function readGrams(text: string): Grams {
  const grams = new Uint8Array(slots);
  const lower = text.toLowerCase();
  for (let index = 0; index + gramLength <= lower.length; index++) {
    grams[slotAt(lower, index)] = 1;
  }
  return grams;
}

/** What a pattern cannot match without. */
export interface Need {
  /** Runs of characters of which a text must have at least one. */
  readonly oneOf: readonly string[];
  /** How likely a text has one of them by chance, for comparing only. */
  readonly chance: number;
  /** All that is needed, each branch of the pattern by itself. */
  readonly isMet: (grams: Grams) => boolean;
}

// Loops, because these run five hundred times a message: `every` and `some` were on top of the profile.

/** Whether one of these slots is set. */
export function hasOne(grams: Grams, wanted: readonly number[]): boolean {
  for (let index = 0; index < wanted.length; index++) {
    if (grams[wanted[index] ?? 0] === 1) {
      return true;
    }
  }
  return false;
}

function hasAll(grams: Grams, wanted: Uint16Array): boolean {
  for (let index = 0; index < wanted.length; index++) {
    if (grams[wanted[index] ?? 0] === 0) {
      return false;
    }
  }
  return true;
}

// The letters of English prose, most frequent first: a rare run of characters rules more texts out.
const frequentFirst = ' etaoinsrhldcumfpgwybvkxjqz';

// By character. A thread that has just started works this out for every word of a pattern: no strings are made for it.
const ranks = new Uint8Array(128).fill(frequentFirst.length);
frequentFirst.split('').forEach((character, rank) => {
  ranks[character.charCodeAt(0)] = rank;
});

function chanceOf(literal: string, index: number): number {
  let chance = 1;
  for (let at = index; at < index + gramLength; at++) {
    chance /= (ranks[literal.charCodeAt(at)] ?? frequentFirst.length) + 2;
  }
  return chance;
}

/** The need of a literal, in lower case and of at least `gramLength` characters. */
export function text(literal: string): Need {
  const wanted = new Uint16Array(literal.length - gramLength + 1);
  let rarest = 0;
  let least = Number.POSITIVE_INFINITY;
  for (let index = 0; index < wanted.length; index++) {
    wanted[index] = slotAt(literal, index);
    const chance = chanceOf(literal, index);
    if (chance < least) {
      rarest = index;
      least = chance;
    }
  }
  return {
    oneOf: [literal.slice(rarest, rarest + gramLength)],
    chance: least,
    isMet: grams => hasAll(grams, wanted),
  };
}

/** All of these needs; undefined for none. */
export function all(needs: readonly Need[]): Need | undefined {
  const [rarest, ...others] = needs.toSorted((one, other) => one.chance - other.chance);
  if (rarest === undefined || others.length === 0) {
    return rarest;
  }
  return {
    ...rarest,
    isMet: grams => {
      for (const need of others) {
        if (!need.isMet(grams)) {
          return false;
        }
      }
      return rarest.isMet(grams);
    },
  };
}

/** One of these needs; undefined for none. */
export function any(needs: readonly Need[]): Need | undefined {
  return needs.length < 2
    ? needs[0]
    : {
        oneOf: [...new Set(needs.flatMap(({ oneOf }) => oneOf))],
        chance: needs.reduce((sum, { chance }) => sum + chance, 0),
        isMet: grams => {
          for (const need of needs) {
            if (need.isMet(grams)) {
              return true;
            }
          }
          return false;
        },
      };
}
