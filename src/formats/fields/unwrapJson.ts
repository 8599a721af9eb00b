import { parseJson } from './values';

/** Exporters encode a field once for every hop it takes; nobody has been seen to do it more often. */
const maxLevels = 3;

/** The value behind JSON text (an object, a list or a text), however often it was encoded; anything else as it is. */
export function unwrapJson(value: unknown): unknown {
  let current = value;
  for (let level = 0; level < maxLevels; level += 1) {
    if (typeof current !== 'string' || !/^\s*[[{"]/.test(current)) {
      return current;
    }
    const parsed = parseJson(current);
    if (parsed === undefined) {
      return current;
    }
    current = parsed;
  }
  return current;
}
