import type { Place } from '../signals';

/** Something read out of a message, and the words that say it. */
export interface Fact {
  readonly name: string;
  readonly value: string | number;
  readonly place: Place;
}

/** The whole of a match: the number and the words around it that tell what it is. */
export function placeOf(match: RegExpExecArray): Place {
  return { start: match.index, end: match.index + match[0].length };
}

/** The first group of the first pattern that matches; `read` may refuse it with undefined. */
export function readFirst(
  name: string,
  patterns: readonly RegExp[],
  text: string,
  read: (found: string) => string | number | undefined = found => found,
): readonly Fact[] {
  for (const pattern of patterns) {
    const match = pattern.exec(text);
    const value = match?.[1] === undefined ? undefined : read(match[1]);
    if (match !== null && value !== undefined && value !== '') {
      return [{ name, value, place: placeOf(match) }];
    }
  }
  return [];
}
