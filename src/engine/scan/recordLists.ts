import type { AccessPath } from './accessLog';
import type { FieldPath, FieldPaths } from './fieldPaths';

/** A list of a record, at a field of its own. */
export interface ListField {
  readonly field: FieldPath;
  readonly value: readonly unknown[];
}

/** The lists of a record that are looked into. */
export function listsOf(
  value: unknown,
  path: readonly (string | undefined)[],
  paths: FieldPaths,
): readonly ListField[] {
  const field = paths.get(path);
  if (typeof value !== 'object' || value === null || (path.length > 0 && field === undefined)) {
    return [];
  }
  if (Array.isArray(value)) {
    return field === undefined || value.length === 0 ? [] : [{ field, value }];
  }
  return Object.entries(value).flatMap(([key, inner]) => listsOf(inner, [...path, key], paths));
}

/** Lists with the same sorts of elements; of an ordered one, with the same elements as far as it is looked at. */
export function longerLists(
  list: readonly unknown[],
  { isOrdered, elements }: FieldPath,
): readonly unknown[][] {
  if (isOrdered) {
    return list.length > elements ? [[...list, list.at(-1)]] : [];
  }
  return [[...list, ...list], list.flatMap(element => [element, element]), [...list, list[0]]];
}

/** A copy of the record with another list at the path, which leads through objects only. */
export function withList(
  value: unknown,
  [name, ...rest]: AccessPath,
  change: (list: readonly unknown[]) => readonly unknown[],
): unknown {
  if (name === undefined) {
    return Array.isArray(value) ? change(value) : value;
  }
  return typeof value === 'object' && value !== null
    ? { ...value, [name]: withList(Reflect.get(value, name), rest, change) }
    : value;
}
