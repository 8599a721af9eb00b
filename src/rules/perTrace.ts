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
