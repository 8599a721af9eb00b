import { finish, type Steps } from '../analysis/steps';
import type { Span } from '../model/span';

/** Works something out of the spans of a trace once, however many of them are looked at. */
export function perTrace<T>(make: (spans: readonly Span[]) => T): (spans: readonly Span[]) => T {
  const known = new WeakMap<readonly Span[], { readonly value: T }>();
  return spans => {
    const found = known.get(spans) ?? { value: make(spans) };
    known.set(spans, found);
    return found.value;
  };
}

/** The same of what takes long where there are very many spans: step by step, or else at once for whoever asks. */
export interface SteppedPerTrace<T> {
  of(spans: readonly Span[]): T;
  inSteps(spans: readonly Span[]): Steps<T>;
}

export function perTraceInSteps<T>(make: (spans: readonly Span[]) => Steps<T>): SteppedPerTrace<T> {
  const known = new WeakMap<readonly Span[], { readonly value: T }>();
  function* inSteps(spans: readonly Span[]): Steps<T> {
    const found = known.get(spans) ?? { value: yield* make(spans) };
    known.set(spans, found);
    return found.value;
  }
  return { inSteps, of: spans => finish(inSteps(spans)) };
}
