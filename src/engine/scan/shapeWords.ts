import type { FieldPath } from './fieldPaths';
import type { LineScanner, ScanHash } from './lineScanner';

/** Words that are judged, over all shapes; more are not, and lines with them are parsed. */
const maxJudged = 20_000;

/** Of a field, as many words that matter, and none that does not: then all of them do. To tell a line by a word is never wrong. */
const enoughTelling = 3;

/** The words of lines that have the same ones that are known to matter. */
export interface WordsOfShape {
  /** Whether a word of the line is still to be judged. */
  isOpen(field: FieldPath, word: string): boolean;
  /** Whether it was found to matter, in lines of some shape. */
  hasMattered(field: FieldPath, word: string): boolean;
  /** Whether all words of a field are told apart: nobody asks what they mean. */
  alwaysMatters(field: FieldPath): boolean;
  isNeutral(field: FieldPath, word: string): boolean;
  /** Words of the field that were met in other lines, where they do not matter, and are not judged in these. */
  openWords(field: FieldPath): readonly string[];
  /** What was found out of a word. */
  note(field: FieldPath, word: string, isLikeAny: boolean): void;
}

/**
 * Which words matter, each beside those that are known to: a level may mean nothing in one record and all in another, and so it may in two with
 * the same fields, of which one is a call by another word.
 */
export class ShapeWords {
  readonly #scanner: LineScanner;
  readonly #judged = new Map<string, boolean>();
  /** Words that matter in lines of some shape: they are judged where they are met, and nowhere else. */
  readonly #telling = new Map<FieldPath, Set<string>>();
  /** Fields of which some word does not matter somewhere. */
  readonly #withNeutral = new Set<FieldPath>();

  constructor(scanner: LineScanner) {
    this.#scanner = scanner;
  }

  get isFull(): boolean {
    return this.#judged.size >= maxJudged;
  }

  /** `text`: what stands in a slot of the line that is judged by, as it is written. */
  of(context: ScanHash, text: (slot: number) => string): WordsOfShape {
    // with an escape in it, it matters to the scanner
    const isPlain = (field: FieldPath, word: string): boolean =>
      field.slot !== undefined && text(field.slot) === word;
    const keyOf = (field: FieldPath, word: string): string => `${context} ${field.key} ${word}`;
    const note = (field: FieldPath, word: string, isLikeAny: boolean): void => {
      this.#judged.set(keyOf(field, word), isLikeAny);
      const { hash } = field;
      this.#scanner.learn({ about: 'word', context, path: hash, word, matters: !isLikeAny });
      if (isLikeAny) {
        this.#withNeutral.add(field);
      } else {
        this.#telling.set(field, this.#tellingOf(field).add(word));
      }
    };
    const hasMattered = (field: FieldPath, word: string): boolean =>
      this.#tellingOf(field).has(word);
    return {
      note,
      openWords: field =>
        this.isFull || field.slot === undefined
          ? []
          : [...field.labels].filter(
              word => !this.#judged.has(keyOf(field, word)) && !hasMattered(field, word),
            ),
      isOpen: (field, word) =>
        !this.#judged.has(keyOf(field, word)) &&
        !this.isFull &&
        (field.slot === undefined || isPlain(field, word)),
      alwaysMatters: field =>
        field.slot === undefined ||
        (this.#tellingOf(field).size >= enoughTelling && !this.#withNeutral.has(field)),
      hasMattered,
      isNeutral: (field, word) =>
        this.#judged.get(keyOf(field, word)) === true && isPlain(field, word),
    };
  }

  #tellingOf(field: FieldPath): Set<string> {
    return this.#telling.get(field) ?? new Set();
  }
}
