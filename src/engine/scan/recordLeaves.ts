import type { FieldNode, FieldPath, FieldPaths } from './fieldPaths';

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

/** A copy of the record with other values at its leaves; what is not looked at is not copied. */
export function replaceLeaves(record: unknown, paths: FieldPaths, replace: Replacement): unknown {
  return replaced(record, paths.root, replace);
}

function replaced(value: unknown, node: FieldNode, replace: Replacement): unknown {
  if (typeof value === 'string' || typeof value === 'number') {
    return node.field === undefined ? value : replace({ field: node.field, value });
  }
  if (typeof value !== 'object' || value === null || node.children.size === 0) {
    return value;
  }
  if (Array.isArray(value)) {
    const child = node.children.get(undefined);
    return child === undefined ? value : value.map(element => replaced(element, child, replace));
  }
  const copy: Record<string, unknown> = { ...value };
  for (const key of Object.keys(value)) {
    const child = node.children.get(key);
    // `copy['__proto__'] = …` would be no field
    if (child !== undefined && key !== '__proto__') {
      copy[key] = replaced(copy[key], child, replace);
    }
  }
  return copy;
}
