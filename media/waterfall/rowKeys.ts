import type { VisibleRow } from './visibleRows';

/** What a key does in the tree of rows. */
export type RowTarget =
  | { readonly kind: 'move'; readonly index: number }
  /** Shows the row and goes into its detail. */
  | { readonly kind: 'enter'; readonly index: number }
  | { readonly kind: 'open'; readonly open: boolean };

/** Where a key leads from row `at`; undefined for keys that mean nothing to the tree. */
export function targetOf(
  key: string,
  rows: readonly VisibleRow[],
  at: number,
  pageRows: number,
): RowTarget | undefined {
  const last = rows.length - 1;
  const move = (index: number): RowTarget => ({
    kind: 'move',
    index: Math.min(last, Math.max(0, index)),
  });
  const current = rows[at];
  switch (key) {
    case 'ArrowDown':
      return move(at + 1);
    case 'ArrowUp':
      return move(at - 1);
    case 'Home':
      return move(0);
    case 'End':
      return move(last);
    case 'PageDown':
      return move(at + Math.max(1, pageRows));
    case 'PageUp':
      return move(at - Math.max(1, pageRows));
    case ' ':
      return move(at);
    case 'Enter':
      return { kind: 'enter', index: at };
    case 'ArrowRight':
      if (current?.expanded === undefined) {
        return undefined;
      }
      return current.expanded ? move(at + 1) : { kind: 'open', open: true };
    case 'ArrowLeft':
      if (current?.expanded) {
        return { kind: 'open', open: false };
      }
      return move(rows.findIndex(({ row }) => row.id === current?.parentId));
    default:
      return undefined;
  }
}
