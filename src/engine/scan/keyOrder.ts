import type { FieldPath } from './fieldPaths';
import { look } from './lineScanner';

/** In which order the object at a field of the record has its keys. */
export type KeyOrder = (field: FieldPath, keys: readonly string[]) => readonly string[];

/** Some of the fields. */
export type FieldChoice = (field: FieldPath) => boolean;
export const all: FieldChoice = () => true;
export const none: FieldChoice = () => false;

/** Whether its names are looked at, and it is not known that their order matters. */
export function isFreeInOrder(field: FieldPath): boolean {
  return (field.flags & look.names) !== 0 && !field.isOrdered;
}

/** Of the objects at some fields the keys come in another order, in every second round from the last to the first. */
export function otherOrder(round: number, isTurned: FieldChoice): KeyOrder {
  return (field, keys) => {
    if (!isFreeInOrder(field) || !isTurned(field)) {
      return keys;
    }
    const first = Math.floor(round / 2) % Math.max(1, keys.length);
    const turned = [...keys.slice(first), ...keys.slice(0, first)];
    return round % 2 === 0 ? turned : turned.reverse();
  };
}
