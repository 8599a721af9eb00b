import type { AccessPath } from './accessLog';
import type { FieldNode, FieldPath, FieldPaths } from './fieldPaths';

/** The lists of a record at one field; several where that is in a list itself. */
export interface ListField {
  readonly field: FieldPath;
  /** Lists around it. */
  readonly depth: number;
  readonly values: (readonly unknown[])[];
}

/** The lists of a record that are looked into. */
export function listsOf(record: unknown, { root }: FieldPaths): readonly ListField[] {
  const lists = new Map<FieldPath, ListField>();
  addLists(record, root, lists);
  return [...lists.values()];
}

function addLists(value: unknown, node: FieldNode, lists: Map<FieldPath, ListField>): void {
  if (typeof value !== 'object' || value === null || node.field === undefined) {
    return;
  }
  if (!Array.isArray(value)) {
    for (const [key, child] of node.children) {
      if (key !== undefined && Object.hasOwn(value, key)) {
        addLists(Reflect.get(value, key), child, lists);
      }
    }
    return;
  }
  const known = lists.get(node.field);
  if (known === undefined) {
    const depth = node.field.path.filter(name => name === undefined).length;
    lists.set(node.field, { field: node.field, depth, values: [value] });
  } else {
    known.values.push(value);
  }
  const child = node.children.get(undefined);
  if (child !== undefined) {
    value.forEach(element => addLists(element, child, lists));
  }
}

/** Lists with the same sorts of elements; of an ordered one, with the same elements as far as it is looked at. */
export function longerLists(
  list: readonly unknown[],
  { isOrdered, elements }: FieldPath,
): readonly (readonly unknown[])[] {
  if (isOrdered) {
    return list.length > elements ? [[...list, list.at(-1)]] : [];
  }
  return list.length === 0
    ? []
    : [[...list, ...list], list.flatMap(element => [element, element]), [...list, list[0]]];
}
/** The most of them. */
export const waysOfList = 3;

/** A copy of the record with other lists at the path. */
export function withLists(
  value: unknown,
  path: AccessPath,
  change: (list: readonly unknown[]) => readonly unknown[],
): unknown {
  if (path.length === 0) {
    return Array.isArray(value) ? change(value) : value;
  }
  const [name, ...rest] = path;
  if (name === undefined) {
    return Array.isArray(value) ? value.map(element => withLists(element, rest, change)) : value;
  }
  return typeof value === 'object' &&
    value !== null &&
    !Array.isArray(value) &&
    Object.hasOwn(value, name)
    ? { ...value, [name]: withLists(Reflect.get(value, name), rest, change) }
    : value;
}
