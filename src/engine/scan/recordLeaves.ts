import type { FieldNode, FieldPath, FieldPaths } from './fieldPaths';
import type { KeyOrder } from './keyOrder';

/** A text or a number of a record at a field that is looked at. */
export interface Leaf {
  readonly field: FieldPath;
  readonly value: string | number;
}

type Replacement = (leaf: Leaf) => string | number;

/** All texts and numbers of a record that are looked at, in order. */
export function leavesOf(record: unknown, paths: FieldPaths): readonly Leaf[] {
  const leaves: Leaf[] = [];
  replaceLeaves(record, paths, leaf => {
    leaves.push(leaf);
    return leaf.value;
  });
  return leaves;
}

/** The fields of a record at which there are objects that are looked at. */
export function objectsOf(record: unknown, paths: FieldPaths): readonly FieldPath[] {
  const fields = new Set<FieldPath>();
  const note: KeyOrder = (field, keys) => {
    fields.add(field);
    return keys;
  };
  replaceLeaves(record, paths, leaf => leaf.value, note);
  return [...fields];
}

/** A copy of the record with other values at its leaves, and its keys in another order; what is not looked at is not copied. */
export function replaceLeaves(
  record: unknown,
  paths: FieldPaths,
  replace: Replacement,
  order?: KeyOrder,
): unknown {
  return replaced(record, paths.root, replace, order);
}

function replaced(
  value: unknown,
  node: FieldNode,
  replace: Replacement,
  order: KeyOrder | undefined,
): unknown {
  if (typeof value === 'string' || typeof value === 'number') {
    return node.field === undefined ? value : replace({ field: node.field, value });
  }
  if (typeof value !== 'object' || value === null) {
    return value;
  }
  if (Array.isArray(value)) {
    const child = node.children.get(undefined);
    return child === undefined
      ? value
      : value.map(element => replaced(element, child, replace, order));
  }
  if (node.children.size === 0 && order === undefined) {
    return value;
  }
  const copy: Record<string, unknown> = inOrder(value, node.field, order);
  for (const key of Object.keys(value)) {
    const child = node.children.get(key);
    // `copy['__proto__'] = …` would be no field
    if (child !== undefined && key !== '__proto__') {
      copy[key] = replaced(copy[key], child, replace, order);
    }
  }
  return copy;
}

function inOrder(
  value: object,
  field: FieldPath | undefined,
  order: KeyOrder | undefined,
): Record<string, unknown> {
  if (field === undefined || order === undefined) {
    return { ...value };
  }
  const keys = order(field, Object.keys(value));
  return Object.fromEntries(keys.map(key => [key, Reflect.get(value, key)]));
}
