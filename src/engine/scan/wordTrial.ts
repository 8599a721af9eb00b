import type { SpanPatch } from '../../model/span';
import type { FieldPath } from './fieldPaths';
import { isSameButForText } from './patches';
import type { Leaf } from './recordLeaves';
import { nonsense } from './sentinels';
import type { WordsOfShape } from './shapeWords';
import type { TriedRecord } from './triedRecord';

/** Which words of a record under trial are read like any other: they are no part of its shape. */
export class WordTrial {
  constructor(
    private readonly record: TriedRecord,
    private readonly leaves: readonly Leaf[],
    private readonly words: WordsOfShape,
  ) {}

  /** True when there are some that do not matter, or fields of which there are too many: the line has another shape then. */
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

  /** Those of the line: in one go if they have not mattered in any other, else one by one. True when there are some that do not matter. */
  #judgeOwnWords(): boolean {
    const open = this.leaves.flatMap(({ field, value }) =>
      field.reading === 'word' && typeof value === 'string' && this.words.isOpen(field, value)
        ? [{ field, word: value }]
        : [],
    );
    const quiet = open.filter(({ field, word }) => !this.words.hasMattered(field, word));
    const fields = quiet.map(({ field }) => field);
    const texts = quiet.map(({ word }) => word);
    const areQuiet = quiet.length > 1 && this.#areLikeAny(this.record.patch, fields, texts);
    let hasNews = false;
    for (const { field, word } of open) {
      const isLikeAny =
        (areQuiet && fields.includes(field)) ||
        this.#areLikeAny(this.record.patch, [field], [word]);
      this.words.note(field, word, isLikeAny);
      hasNews ||= isLikeAny;
    }
    return hasNews;
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
        return (
          said !== undefined && said !== 'other' && isSameButForText(patch, said, tried, other)
        );
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
