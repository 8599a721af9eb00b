import type * as vscode from 'vscode';
import type { Hover, Row } from '../display/row';

/** The trace, and the span in it, that a row stands for. */
export interface CallTarget {
  readonly traceKey: string;
  /** Absent: the trace as a whole. */
  readonly spanKey?: string | undefined;
}

/** A row of a tree and how to get what is below it. Ids are unique in the tree and the same after a reload. */
export interface TreeNode {
  readonly id: string;
  readonly parent: TreeNode | undefined;
  /** What `when` clauses of menus see as `viewItem`. */
  readonly contextValue: string;
  /** What commands on the row act on. */
  readonly target?: CallTarget;
  row(): Row;
  hover?(): Hover;
  /** What a click does. */
  command?(): vscode.Command | undefined;
  /** Absent: a leaf. */
  readonly children?: (() => Promise<readonly TreeNode[]>) | undefined;
  readonly expanded?: boolean;
}
