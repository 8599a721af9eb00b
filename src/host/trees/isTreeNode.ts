import type { TreeNode } from './treeNode';

/** Commands get a row from menus, something else from keybindings and other extensions. */
export function isTreeNode(value: unknown): value is TreeNode {
  return (
    typeof value === 'object' &&
    value !== null &&
    'contextValue' in value &&
    'row' in value &&
    typeof value.row === 'function'
  );
}
