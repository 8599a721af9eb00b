import type { GroupBy } from '../protocol/engineContract';
import { settings } from './manifest';

// zod would do all this, but loading it takes longer than all the rest of the activation (60 of 67 ms of processor time,
// measured): in the extension host only the trace panel loads it, when the first one opens.

export function isBoolean(value: unknown): value is boolean {
  return typeof value === 'boolean';
}

export function isGroupBy(value: unknown): value is GroupBy {
  const groupings: readonly unknown[] = settings.groupBy.enum satisfies readonly GroupBy[];
  return groupings.includes(value);
}

/** An object of JSON whose values are of one kind. */
export function isRecordOf<T>(
  value: unknown,
  isItem: (item: unknown) => item is T,
): value is Record<string, T> {
  return (
    typeof value === 'object' &&
    value !== null &&
    !Array.isArray(value) &&
    Object.values(value).every(isItem)
  );
}

export function isStrings(value: unknown): value is readonly string[] {
  return Array.isArray(value) && value.every(item => typeof item === 'string');
}

/** A property of something that came from outside; undefined when there is none. */
export function propertyOf(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null && Object.hasOwn(value, name)
    ? new Map<string, unknown>(Object.entries(value)).get(name)
    : undefined;
}
