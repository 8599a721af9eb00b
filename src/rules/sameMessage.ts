import type { Message } from '../model/message';

/**
 * Whether both say the same. A conversation that is one record gives each of its calls the same objects, and there may be thousands of
 * them before each call.
 */
export function sameMessage(one: Message | undefined, other: Message | undefined): boolean {
  return (
    one !== undefined &&
    other !== undefined &&
    (one === other || JSON.stringify(one) === JSON.stringify(other))
  );
}

const lengths = new WeakMap<object, number>();

/** Characters of a list as JSON; each of its elements is written once, in however many lists it is. */
export function writtenLength(list: readonly object[]): number {
  const commas = Math.max(0, list.length - 1);
  return list.length === 0
    ? 0
    : list.reduce((sum, element) => sum + lengthOf(element), '[]'.length + commas);
}

function lengthOf(element: object): number {
  const known = lengths.get(element);
  if (known !== undefined) {
    return known;
  }
  const { length } = JSON.stringify(element);
  lengths.set(element, length);
  return length;
}
