import type { FieldPath } from './fieldPaths';
import type { Leaf } from './recordLeaves';
import { nonsense } from './sentinels';
import type { TriedRecord } from './triedRecord';

/** As in assembly/: longer texts, and those of several words, are not asked about. Bytes. */
const maxTextLength = 64;

/** Texts of a record of which it is not known whether they matter, at fields that have too many to be told apart. */
export function openTexts(leaves: readonly Leaf[]): readonly (Leaf & { value: string })[] {
  return leaves.flatMap(({ field, value }) =>
    typeof value === 'string' &&
    field.reading === 'opaque' &&
    field.isAsked &&
    field.texts?.has(value) === false &&
    Buffer.byteLength(value) <= maxTextLength &&
    !value.includes(' ')
      ? [{ field, value }]
      : [],
  );
}

/** Whether it was found that a text matters, at a field of which most do not. */
export function isTelling({ reading, texts }: FieldPath, value: string | number): boolean {
  return reading === 'opaque' && texts?.get(String(value)) === true;
}

/** Finds out which texts of a record matter. True when some do: the line has another shape then. */
export function judgeTexts(record: TriedRecord, leaves: readonly Leaf[]): boolean {
  const open = openTexts(leaves);
  const isLikeAny = (texts: readonly Leaf[]): boolean =>
    nonsense.every(other =>
      record.isLike(
        record.readWith(({ field, value }) =>
          texts.some(text => text.field === field && text.value === value) ? other : value,
        ),
      ),
    );
  const areLikeAny = open.length === 0 || isLikeAny(open);
  for (const text of open) {
    record.paths.noteText(text.field, text.value, !areLikeAny && !isLikeAny([text]));
  }
  return open.some(({ field, value }) => isTelling(field, value));
}
