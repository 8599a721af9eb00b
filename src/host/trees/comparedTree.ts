import type * as vscode from 'vscode';
import { NodeTree } from './nodeTree';
import type { TreeNode } from './treeNode';

const rootId = '';

/**
 * A tree whose rows are listed anew when something may have changed, and of which only those are drawn again that read
 * differently. VS Code forgets the rows below one that is drawn again until it has asked for them: a click on one of
 * them meanwhile is a click on nothing.
 */
export abstract class ComparedTree extends NodeTree {
  /** The rows that VS Code was given, by the id of the row above them. */
  private readonly given = new Map<string, readonly TreeNode[]>();
  /** What a row that VS Code was given is by now: it wants to hear of the very objects it has. */
  private readonly newest = new WeakMap<TreeNode, TreeNode>();
  private readonly listings = new Set<Promise<readonly TreeNode[]>>();

  override async getChildren(node?: TreeNode): Promise<TreeNode[]> {
    const listing = super.getChildren(node && this.newestOf(node));
    this.listings.add(listing);
    try {
      const nodes = await listing;
      this.given.set(node?.id ?? rootId, nodes);
      return nodes;
    } finally {
      this.listings.delete(listing);
    }
  }

  override getTreeItem(node: TreeNode): vscode.TreeItem {
    return super.getTreeItem(this.newestOf(node));
  }

  override resolveTreeItem(item: vscode.TreeItem, node: TreeNode): vscode.TreeItem {
    return super.resolveTreeItem(item, this.newestOf(node));
  }

  override refresh(nodes?: readonly TreeNode[]): void {
    if (nodes === undefined) {
      this.given.clear();
    }
    for (const node of nodes ?? []) {
      this.forgetBelow(node.id);
    }
    super.refresh(nodes);
  }

  /** Draws again what reads differently by now. What VS Code has not asked for is not looked at. */
  async update(): Promise<void> {
    await Promise.allSettled(this.listings);
    const stale = await this.staleBelow(undefined);
    this.refresh(stale === 'rows' ? undefined : stale);
  }

  /** The rows to be drawn again below a node; `rows`: it has other rows by now. */
  private async staleBelow(parent: TreeNode | undefined): Promise<readonly TreeNode[] | 'rows'> {
    const id = parent?.id ?? rootId;
    if (!this.given.has(id)) {
      return [];
    }
    const now = await super.getChildren(parent && this.newestOf(parent));
    const before = this.given.get(id) ?? [];
    if (before.length !== now.length || before.some((node, index) => node.id !== now[index]?.id)) {
      return 'rows';
    }
    const stale: TreeNode[] = [];
    for (const [index, node] of before.entries()) {
      const newer = now[index] ?? node;
      const reads = textOf(this.newestOf(node));
      this.newest.set(node, newer);
      const below = reads === textOf(newer) ? await this.staleBelow(node) : 'rows';
      stale.push(...(below === 'rows' ? [node] : below));
    }
    return stale;
  }

  private newestOf(node: TreeNode): TreeNode {
    return this.newest.get(node) ?? node;
  }

  private forgetBelow(id: string): void {
    for (const node of this.given.get(id) ?? []) {
      this.forgetBelow(node.id);
    }
    this.given.delete(id);
  }
}

/** All that is to be seen of a row, and what its commands act on. */
function textOf(node: TreeNode): string {
  const { contextValue, target, children } = node;
  return JSON.stringify([node.row(), contextValue, target, children !== undefined]);
}
