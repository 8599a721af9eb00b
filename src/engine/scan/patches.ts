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

/** A word of a record, and the one that was put in its place. */
export type Exchange = readonly [word: string, other: string];

/** Whether two patches are the same but for the texts in which one says a word and the other the one that was put in its place. */
export function isSameButForTexts(
  patch: SpanPatch,
  changed: SpanPatch,
  exchanges: readonly Exchange[],
): boolean {
  // a status may be one of these words, too: that is no text that was taken over
  const texts = planTexts.filter(name => exchanges.some(([, other]) => changed[name] === other));
  return (
    texts.every(name =>
      exchanges.some(([word, other]) => patch[name] === word && changed[name] === other),
    ) &&
    plainFields.every(name => patch[name] === changed[name] || texts.some(text => text === name)) &&
    areSameDetails(patch, changed)
  );
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
