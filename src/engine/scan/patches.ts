import { isDeepStrictEqual } from 'node:util';
import type { Reading } from '../../formats/format';
import type { SpanPatch } from '../../model/span';
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

/** The same but for what reads the bodies. */
export function isSamePatch(one: SpanPatch | undefined, other: SpanPatch | undefined): boolean {
  if (one === undefined || other === undefined) {
    return one === other;
  }
  return isDeepStrictEqual(defined(one), defined(other));
}

/** A field that is undefined is one that is not there. */
function defined({ content: _content, usage, ...patch }: SpanPatch): unknown {
  const known = (fields: object): unknown =>
    Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined));
  return [known(patch), usage === undefined ? undefined : known(usage)];
}

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
