import * as vscode from 'vscode';
import { Disposable } from '../disposable';
import { PacedChanges } from './pacedChanges';
import { toMarkdown, toTreeItem } from './treeItem';
import type { TreeNode } from './treeNode';

/** Shows nodes that know themselves what is below them. */
export abstract class NodeTree extends Disposable implements vscode.TreeDataProvider<TreeNode> {
  private readonly changed = this.register(
    new vscode.EventEmitter<TreeNode | TreeNode[] | undefined>(),
  );
  readonly onDidChangeTreeData = this.changed.event;
  private view: vscode.TreeView<TreeNode> | undefined;
  private lastSelected: TreeNode | undefined;
  private readonly changes = this.register(
    new PacedChanges<TreeNode>({
      rows: nodes => this.changed.fire(nodes && [...nodes]),
      message: text => {
        if (this.view) {
          this.view.message = text;
        }
      },
    }),
  );

  /** The rows at the top. */
  protected abstract roots(): Promise<readonly TreeNode[]>;

  async getChildren(node?: TreeNode): Promise<TreeNode[]> {
    const nodes = await (node ? (node.children?.() ?? []) : this.roots());
    return [...nodes];
  }

  getTreeItem(node: TreeNode): vscode.TreeItem {
    return toTreeItem(node);
  }

  getParent(node: TreeNode): TreeNode | undefined {
    return node.parent;
  }

  resolveTreeItem(item: vscode.TreeItem, node: TreeNode): vscode.TreeItem {
    const hover = node.hover?.();
    if (hover) {
      item.tooltip = toMarkdown(hover);
    }
    return item;
  }

  /** Makes the view of this tree. */
  createView(id: string): vscode.TreeView<TreeNode> {
    const options = { treeDataProvider: this, showCollapseAll: true };
    const view = this.register(vscode.window.createTreeView(id, options));
    this.register(view.onDidChangeSelection(({ selection }) => (this.lastSelected = selection[0])));
    this.view = view;
    return view;
  }

  /** Says something above the rows; '': nothing. */
  showMessage(text: string): void {
    this.changes.show(text);
  }

  /** The row that is selected. VS Code does not know it for as long as it asks for the rows around it: then it is the one that it told of last. */
  protected get selected(): TreeNode | undefined {
    this.lastSelected = this.view?.selection[0] ?? this.lastSelected;
    return this.lastSelected;
  }

  /** The row for more has gone, and the focus with it: who reads goes on at the first of the rows that came, `at` among those below `parent`. */
  protected async goOnAt(at: number, parent: TreeNode | undefined): Promise<void> {
    await this.whenTold();
    const rows = await this.getChildren(parent);
    const next = rows.filter(
      row => row.contextValue !== 'newer' && row.contextValue !== 'toolCall',
    )[at];
    if (next && this.view) {
      await this.view.reveal(next, { select: false, focus: true });
    }
  }

  /** Resolves when VS Code knows of all that `refresh` was told. */
  protected whenTold(): Promise<void> {
    return this.changes.whenTold();
  }

  /** Asks again: all rows, or only those given and what is below them. */
  refresh(nodes?: readonly TreeNode[]): void {
    this.changes.redraw(nodes);
  }
}
