import * as vscode from 'vscode';
import { Disposable } from '../disposable';
import { toMarkdown, toTreeItem } from './treeItem';
import type { TreeNode } from './treeNode';

/** Shows nodes that know themselves what is below them. */
export abstract class NodeTree extends Disposable implements vscode.TreeDataProvider<TreeNode> {
  private readonly changed = this.register(
    new vscode.EventEmitter<TreeNode | TreeNode[] | undefined>(),
  );
  readonly onDidChangeTreeData = this.changed.event;

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

  /** Asks again: all rows, or only those given and what is below them. */
  refresh(nodes?: readonly TreeNode[]): void {
    if (nodes === undefined) {
      this.changed.fire(undefined);
      return;
    }
    if (nodes.length > 0) {
      this.changed.fire([...nodes]);
    }
  }
}
