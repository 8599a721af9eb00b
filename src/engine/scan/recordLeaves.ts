import type { FieldPath, FieldPaths } from './fieldPaths';

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
  return replaced(record, [], paths, replace);
}

function replaced(
  value: unknown,
  path: readonly (string | undefined)[],
  paths: FieldPaths,
  replace: Replacement,
): unknown {
  if (typeof value === 'string' || typeof value === 'number') {
    const field = paths.get(path);
    return field === undefined ? value : replace({ field, value });
  }
  if (typeof value !== 'object' || value === null) {
    return value;
  }
  if (path.length > 0 && paths.get(path) === undefined) {
    return value;
  }
  if (Array.isArray(value)) {
    return value.map(element => replaced(element, [...path, undefined], paths, replace));
  }
  const copy: Record<string, unknown> = {};
  for (const [key, inner] of Object.entries(value)) {
    // `copy['__proto__'] = …` would be no field
    Object.defineProperty(copy, key, {
      value: replaced(inner, [...path, key], paths, replace),
      enumerable: true,
      configurable: true,
      writable: true,
    });
  }
  return copy;
}
