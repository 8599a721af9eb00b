import { type Row, warningColor } from '../display/row';
import { toVisibleLine } from '../display/visibleText';
import type { TreeNode } from './treeNode';

/** Stands where rows would be if they could be had. */
export class MessageNode implements TreeNode {
  readonly id: string;
  readonly contextValue = 'message';

  constructor(
    readonly parent: TreeNode | undefined,
    private readonly text: string,
  ) {
    this.id = `${parent?.id ?? ''}/message`;
  }

  row(): Row {
    return { label: toVisibleLine(this.text), icon: 'warning', iconColor: warningColor };
  }
}
