import { forEachRow, type Row } from './rows';

/** A row where it stands now. */
export interface VisibleRow {
  readonly row: Row;
  readonly depth: number;
  readonly parentId: string | undefined;
  /** undefined: nothing to open. */
  readonly expanded: boolean | undefined;
  /** Shown only because something inside matches the filter. */
  readonly context: boolean;
}

/** Rows with more children than this open closed, unless what failed is in them. */
const closedBeyond = 500;

/** Whether a row is open when nobody has said otherwise. */
export function opensByDefault(row: Row, failing: ReadonlySet<string>): boolean {
  return row.children.length <= closedBeyond || failing.has(row.id) || row.type === 'root';
}

/** Ids of the rows that contain a failed one, at any depth. */
export function failingRows(rows: readonly Row[]): ReadonlySet<string> {
  const parents = new Map<string, string>();
  const failing = new Set<string>();
  forEachRow(rows, (row, _depth, parent) => {
    if (parent) {
      parents.set(row.id, parent.id);
    }
    if (row.type === 'span' && row.span.status === 'error') {
      for (
        let at = parents.get(row.id);
        at !== undefined && !failing.has(at);
        at = parents.get(at)
      ) {
        failing.add(at);
      }
    }
  });
  return failing;
}

/** The rows to show, in order: folds applied, or with a filter only what matches and what it is in. */
export function visibleRows(
  rows: readonly Row[],
  isOpen: (row: Row) => boolean,
  matches?: (row: Row) => boolean,
): readonly VisibleRow[] {
  const kept = matches ? keptRows(rows, matches) : undefined;
  const visible: VisibleRow[] = [];
  const shownAndOpen = new Set<string>();
  forEachRow(rows, (row, depth, parent) => {
    if ((parent && !shownAndOpen.has(parent.id)) || (kept && !kept.has(row.id))) {
      return;
    }
    // under a filter everything that matches stands open: a hit in a closed row would be invisible
    const expanded = row.children.length === 0 ? undefined : kept !== undefined || isOpen(row);
    if (expanded) {
      shownAndOpen.add(row.id);
    }
    const context = kept?.get(row.id) === 'context';
    visible.push({ row, depth, parentId: parent?.id, expanded, context });
  });
  return visible;
}

function keptRows(
  rows: readonly Row[],
  matches: (row: Row) => boolean,
): ReadonlyMap<string, 'match' | 'context'> {
  const parents = new Map<string, string>();
  const kept = new Map<string, 'match' | 'context'>();
  forEachRow(rows, (row, _depth, parent) => {
    if (parent) {
      parents.set(row.id, parent.id);
    }
    if (!matches(row)) {
      return;
    }
    kept.set(row.id, 'match');
    for (let at = parents.get(row.id); at !== undefined && !kept.has(at); at = parents.get(at)) {
      kept.set(at, 'context');
    }
  });
  return kept;
}
