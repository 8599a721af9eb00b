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
  return (
    plainFields.every(name => one[name] === other[name]) &&
    tokenFields.every(name => one.usage?.[name] === other.usage?.[name]) &&
    deepFields.every(name => one[name] === other[name] || isDeepStrictEqual(one[name], other[name]))
  );
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

/** The patch with another text wherever a field is exactly that text. */
export function withText(
  patch: SpanPatch | undefined,
  text: string,
  other: string,
): SpanPatch | undefined {
  if (patch === undefined) {
    return undefined;
  }
  const changed = Object.fromEntries(
    planTexts.filter(name => patch[name] === text).map(name => [name, other]),
  );
  return { ...patch, ...changed };
}
