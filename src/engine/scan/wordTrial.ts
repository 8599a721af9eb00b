import type { SpanPatch } from '../../model/span';
import type { FieldPath } from './fieldPaths';
import { type Exchange, isSameButForTexts } from './patches';
import type { Leaf } from './recordLeaves';
import { nonsense } from './sentinels';
import type { WordsOfShape } from './shapeWords';
import type { TriedRecord } from './triedRecord';
import { WordsAlong } from './wordsAlong';

interface OwnWord {
  readonly field: FieldPath;
  readonly word: string;
}

/** Which words of a record under trial are read like any other: they are no part of its shape. */
export class WordTrial {
  constructor(
    private readonly record: TriedRecord,
    private readonly leaves: readonly Leaf[],
    private readonly words: WordsOfShape,
  ) {}

  /** True when there are some that were not judged, or fields of which there are too many: the line has another shape then. */
  judge(): boolean {
    let hasNews = false;
    for (const { field, value } of this.leaves) {
      const isFew = field.reading === 'word' || field.reading === 'label';
      if (isFew && !this.record.paths.addLabel(field, String(value))) {
        this.record.paths.spill(field);
        hasNews = true;
      }
    }
    return this.#judgeOwnWords() || hasNews;
  }

  /** Those of the line that are not judged beside those that matter. True when there were some: each changes what the line is told by. */
  #judgeOwnWords(): boolean {
    const open = this.leaves.flatMap(({ field, value }) =>
      field.reading === 'word' && typeof value === 'string' && this.words.isOpen(field, value)
        ? [{ field, word: value }]
        : [],
    );
    this.#findOut(open);
    const telling = open.filter(({ field }) => this.record.wordsThatMatter.get(field) === true);
    // beside these the others are judged anew
    for (const { field, word } of telling.length > 0 ? telling : open) {
      this.words.note(field, word, telling.length === 0);
    }
    return open.length > 0;
  }

  /** Words that others have had where the record's own do not matter, one of each field at once. What is not read alike is judged where it is met. */
  judgeOthers(): void {
    const { patch } = this.record;
    if (patch === undefined) {
      return;
    }
    const along = new WordsAlong(this.leaves, this.words);
    const own = new Map(this.leaves.map(({ field, value }) => [field, String(value)]));
    for (let round = 0; round < along.rounds; round++) {
      const tried = along.of(round);
      const said = this.record.readWith(({ field, value }) => tried.get(field) ?? value);
      const exchanges = [...tried].map(([field, word]): Exchange => [own.get(field) ?? '', word]);
      if (said !== undefined && said !== 'other' && isSameButForTexts(patch, said, exchanges)) {
        tried.forEach((word, field) => this.words.note(field, word, true));
      }
    }
  }

  /** In one go if they have not mattered in any other line, else one by one. */
  #findOut(words: readonly OwnWord[]): void {
    const found = this.record.wordsThatMatter;
    for (const { field } of words) {
      if (this.words.alwaysMatters(field)) {
        found.set(field, true);
      }
    }
    const open = words.filter(({ field }) => !found.has(field));
    const quiet = open.filter(({ field, word }) => !this.words.hasMattered(field, word));
    const fields = quiet.map(({ field }) => field);
    const texts = quiet.map(({ word }) => word);
    const areQuiet = quiet.length > 1 && this.#areLikeAny(this.record.patch, fields, texts);
    for (const { field, word } of open) {
      const isLikeAny =
        (areQuiet && fields.includes(field)) ||
        this.#areLikeAny(this.record.patch, [field], [word]);
      found.set(field, !isLikeAny);
    }
  }

  /** A word that another line has had at the field. */
  judgeOther(field: FieldPath, word: string): void {
    const patch = this.#readWith([field], [word]);
    this.words.note(field, word, this.#areLikeAny(patch, [field], [word]));
  }

  /**
   * Whether words are read like nonsense, but for being repeated in the patch. Where there is no patch, any word may be why. `patch`: what is
   * made of the record with them.
   */
  #areLikeAny(
    patch: SpanPatch | 'other' | undefined,
    fields: readonly FieldPath[],
    tried: readonly string[],
  ): boolean {
    return (
      patch !== undefined &&
      patch !== 'other' &&
      nonsense.every(other => {
        const said = this.#readWith(
          fields,
          fields.map(() => other),
        );
        const exchanges = tried.map((word): Exchange => [word, other]);
        return said !== undefined && said !== 'other' && isSameButForTexts(patch, said, exchanges);
      })
    );
  }

  /** What is made of the record with these texts at these fields. */
  #readWith(
    fields: readonly FieldPath[],
    texts: readonly string[],
  ): SpanPatch | 'other' | undefined {
    return this.record.readWith(({ field, value }) => texts[fields.indexOf(field)] ?? value);
  }
}
