import type { SpanPatch } from '../../model/span';
import type { FieldPath, FieldPaths } from './fieldPaths';
import { isSameButForText } from './patches';
import { type Leaf, replaceLeaves } from './recordLeaves';
import { nonsense } from './sentinels';
import type { WordsOfShape } from './shapeWords';
import type { Read } from './trialValues';

/** Which words of a record under trial are read like any other: they are no part of its shape. */
export class WordTrial {
  constructor(
    private readonly record: unknown,
    private readonly leaves: readonly Leaf[],
    private readonly paths: FieldPaths,
    private readonly words: WordsOfShape,
    private readonly read: Read,
  ) {}

  /** True when there are some that do not matter, or fields of which there are too many: the line has another shape then. */
  judge(): boolean {
    let hasNews = false;
    for (const { field, value } of this.leaves) {
      const isFew = field.reading === 'word' || field.reading === 'label';
      if (isFew && !this.paths.addLabel(field, String(value))) {
        this.paths.change(field, { reading: 'opaque' });
        hasNews = true;
      }
    }
    hasNews = this.#judgeOwnWords() || hasNews;
    this.#judgeOtherWords();
    return hasNews;
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
    const areQuiet =
      quiet.length > 1 && this.#areLikeAny(fields, texts, this.#readNonsense(fields));
    let hasNews = false;
    for (const { field, word } of open) {
      const isLikeAny = (areQuiet && fields.includes(field)) || this.#isLikeAny(field, word);
      this.words.note(field, word, isLikeAny);
      hasNews ||= isLikeAny;
    }
    return hasNews;
  }

  /**
   * Words that other lines have had at these fields are judged along, so that not each of them costs a look at a line of its own: one of
   * each field in one go, and one by one where that does not come out.
   */
  #judgeOtherWords(): void {
    const open = [...new Set(this.leaves.map(leaf => leaf.field))]
      .filter(field => field.reading === 'word')
      .map(field => ({ field, words: this.words.openWords(field) }))
      .filter(({ words: known }) => known.length > 0);
    if (open.length === 0) {
      return;
    }
    const fields = open.map(({ field }) => field);
    const plain = this.#readNonsense(fields);
    const rounds = Math.max(...open.map(({ words: known }) => known.length));
    for (let round = 0; round < rounds; round++) {
      const tried = open.map(({ words: known }) => known[round] ?? nonsense[0] ?? '');
      const judged = open.filter(({ words: known }) => round < known.length);
      const areAll = this.#areLikeAny(fields, tried, plain);
      for (const { field, words: known } of judged) {
        const word = known[round] ?? '';
        this.words.note(field, word, areAll || (fields.length > 1 && this.#isLikeAny(field, word)));
      }
    }
  }

  #isLikeAny(field: FieldPath, word: string): boolean {
    return this.#areLikeAny([field], [word], this.#readNonsense([field]));
  }

  /**
   * Whether words are read like nonsense, but for being repeated in the patch. Where there is no patch, any word may be why. `plain`:
   * what was made of nonsense at these fields.
   */
  #areLikeAny(
    fields: readonly FieldPath[],
    tried: readonly string[],
    plain: readonly (SpanPatch | 'other' | undefined)[],
  ): boolean {
    const patch = this.#readWith(fields, tried);
    return (
      patch !== undefined &&
      patch !== 'other' &&
      plain.every(
        (said, index) =>
          said !== undefined &&
          said !== 'other' &&
          isSameButForText(patch, said, tried, nonsense[index] ?? ''),
      )
    );
  }

  #readNonsense(fields: readonly FieldPath[]): readonly (SpanPatch | 'other' | undefined)[] {
    return nonsense.map(other =>
      this.#readWith(
        fields,
        fields.map(() => other),
      ),
    );
  }

  /** What is made of the record with these texts at these fields. */
  #readWith(
    fields: readonly FieldPath[],
    texts: readonly string[],
  ): SpanPatch | 'other' | undefined {
    return this.read(
      replaceLeaves(
        this.record,
        this.paths,
        ({ field, value }) => texts[fields.indexOf(field)] ?? value,
      ),
    );
  }
}
