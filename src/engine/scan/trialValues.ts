import { toTime } from '../../formats/fields/time';
import type { FieldPath } from './fieldPaths';
import type { SlotValues } from './plan';
import type { SlotPair } from './planDerivation';
import type { Leaf } from './recordLeaves';
import { isTimeText, numbers, otherNumber, scramble, scrambleMixed } from './sentinels';

/** A record to be tried, and what would be in its slots. */
export interface ChangedRecord {
  readonly record: unknown;
  readonly values: SlotValues;
  readonly pairs: readonly SlotPair[];
}

/** Another value of the kind that the field is told apart by; the same where it is told apart by itself. `isNear`: see `NumberKind`. */
export function otherValue(
  { field, value }: Leaf,
  round: number,
  isNear: boolean,
): string | number {
  if (typeof value === 'number') {
    if (field.reading === 'opaque') {
      return numbers[round % numbers.length] ?? value;
    }
    return field.reading === 'label'
      ? value
      : otherNumber(value, round, { magnitude: field.magnitude, mixing: field.mixing, isNear });
  }
  if (field.reading === 'label') {
    return value;
  }
  if (value === '') {
    return value;
  }
  return field.mixing === 'mixed' ? scrambleMixed(value, round) : scramble(value, round);
}

/** What the slot of a field holds of two values. */
export function pairOf(
  { reading }: FieldPath,
  slot: number,
  one: string | number,
  other: string | number,
): SlotPair {
  if (typeof one === 'number' && typeof other === 'number') {
    return { slot, texts: undefined, numbers: [one, other] };
  }
  const times = [one, other].map(value =>
    reading === 'kind' && typeof value === 'string' && isTimeText(value)
      ? toTime(value)
      : undefined,
  );
  const [first, second] = times;
  return {
    slot,
    texts: [String(one), String(other)],
    numbers: first === undefined || second === undefined ? undefined : [first, second],
  };
}
