/** A row of an export as far as its place in the tree matters. */
export interface TreeRow {
  readonly id: string | undefined;
  readonly parentId: string | undefined;
  /** Whether it could be a call to a model. */
  readonly isCall: boolean;
}

/** Steps up to the root that are followed; a hostile log makes a circle of them. */
const maxAncestors = 200;

/**
 * Ids of all rows that have a call somewhere below them: frameworks trace a call on several levels, and only the innermost
 * one is the request.
 */
export function outerSpans(rows: readonly TreeRow[]): ReadonlySet<string> {
  const parents = new Map(rows.map(row => [row.id, row.parentId]));
  const outer = new Set<string>();
  for (const row of rows) {
    let parent = row.isCall ? row.parentId : undefined;
    for (let step = 0; parent !== undefined && step < maxAncestors; step += 1) {
      if (outer.has(parent)) {
        break;
      }
      outer.add(parent);
      parent = parents.get(parent);
    }
  }
  return outer;
}
