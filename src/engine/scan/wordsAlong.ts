import type { FieldPath } from './fieldPaths';
import type { Leaf } from './recordLeaves';
import type { WordsOfShape } from './shapeWords';

/** Words that stand at fields of a record on trial. */
export type TriedWords = ReadonlyMap<FieldPath, string>;
export const noWords: TriedWords = new Map();

/**
 * Words that other lines have had at the fields of a record at which its own does not matter. They are tried along with a plan, in place of
 * texts that mean nothing, one of each field in a round: else each of them would cost a look at a line of its own.
 */
export class WordsAlong {
  /** Rounds in which there are such words. */
  readonly rounds: number;
  readonly #words: readonly (readonly [FieldPath, readonly string[]])[];

  constructor(leaves: readonly Leaf[], words: WordsOfShape) {
    this.#words = leaves.flatMap(({ field, value }) =>
      field.reading === 'word' && typeof value === 'string' && words.isNeutral(field, value)
        ? [[field, words.openWords(field)] as const]
        : [],
    );
    this.rounds = Math.max(0, ...this.#words.map(([, open]) => open.length));
  }

  /** `round`: from 0. */
  of(round: number): TriedWords {
    return new Map(
      this.#words.flatMap(([field, open]) => {
        const word = open[round];
        return word === undefined ? [] : [[field, word]];
      }),
    );
  }
}
