import { isDeepStrictEqual } from 'node:util';
import type { Reading } from '../../formats/format';
import type { SpanPatch } from '../../model/span';
import { timeFields, tokenFields } from '../store/rowValues';
import { planTexts } from './plan';

/** The one patch of a reading that holds nothing else; `other` when it holds more. */
export function onlyPatch({
  spans,
  audit,
  turn,
  sessionId,
}: Reading): SpanPatch | 'other' | undefined {
  if (audit !== undefined || turn !== undefined || sessionId !== undefined || spans.length > 1) {
    return 'other';
  }
  return spans[0];
}

/** The same but for what reads the bodies; a field that is undefined is one that is not there. */
export function isSamePatch(one: SpanPatch | undefined, other: SpanPatch | undefined): boolean {
  if (one === undefined || other === undefined) {
    return one === other;
  }
  return plainFields.every(name => one[name] === other[name]) && areSameDetails(one, other);
}

const plainFields = [
  ...planTexts,
  ...timeFields,
  'part',
  'kind',
  'status',
  'hasInput',
  'hasOutput',
] as const satisfies readonly (keyof SpanPatch)[];
const deepFields = [
  'error',
  'tags',
  'toolCallNames',
] as const satisfies readonly (keyof SpanPatch)[];

/** Whether two patches are the same but that one says `other` where the other one says one of some words. */
export function isSameButForText(
  patch: SpanPatch,
  changed: SpanPatch,
  words: readonly string[],
  other: string,
): boolean {
  const texts = planTexts.filter(name => changed[name] === other);
  return (
    texts.every(name => isOneOf(patch[name], words)) &&
    plainFields.every(name => patch[name] === changed[name] || isOneOf(name, texts)) &&
    areSameDetails(patch, changed)
  );
}

/** The same where several words were exchanged for others: pairs of the word in the first patch and that in the second. */
export function isSameButForTexts(
  patch: SpanPatch,
  changed: SpanPatch,
  pairs: readonly (readonly [string, string])[],
): boolean {
  const isExchanged = (one: unknown, other: unknown): boolean =>
    pairs.some(([word, said]) => one === word && other === said);
  return (
    plainFields.every(
      name => patch[name] === changed[name] || isExchanged(patch[name], changed[name]),
    ) && areSameDetails(patch, changed)
  );
}

function isOneOf(text: string | undefined, texts: readonly string[]): boolean {
  return text !== undefined && texts.includes(text);
}

function areSameDetails(one: SpanPatch, other: SpanPatch): boolean {
  return (
    tokenFields.every(name => one.usage?.[name] === other.usage?.[name]) &&
    deepFields.every(
      name => one[name] === other[name] || isDeepStrictEqual(one[name], other[name]),
    ) &&
    isDeepStrictEqual(tagNames(one), tagNames(other))
  );
}

/** Tags are shown in the order in which they are logged. */
export function tagNames({ tags }: SpanPatch): readonly string[] {
  return tags === undefined ? [] : Object.keys(tags);
}
