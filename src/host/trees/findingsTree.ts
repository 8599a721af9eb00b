import type * as vscode from 'vscode';
import type { Finding, FindingGroup } from '../../protocol/engineContract';
import {
  toShareMessage,
  toFindingGroupHover,
  toFindingGroupRow,
  toFindingHover,
  toFindingRow,
} from '../display/findingRow';
import type { Hover, Row } from '../display/row';
import type { EngineClient } from '../engineClient';
import { ComparedTree } from './comparedTree';
import { fetchFirst, PageSizes, withMore } from './paging';
import { openTraceCommand } from './traceNodes';
import type { CallTarget, TreeNode } from './treeNode';

/** What the rules say, by category, with the calls below. */
export class FindingsTree extends ComparedTree {
  private readonly sizes = new PageSizes();

  constructor(private readonly engine: EngineClient) {
    super();
  }

  protected async roots(): Promise<readonly TreeNode[]> {
    if (!this.engine.isRunning) {
      this.showMessage('');
      return [];
    }
    const found = await this.engine.client.listFindingGroups({});
    const { groups } = found;
    this.showMessage(toShareMessage(found));
    return groups.map(group => new CategoryNode(group, node => this.listFindings(node)));
  }

  private async listFindings(node: CategoryNode): Promise<readonly TreeNode[]> {
    const { category } = node.group;
    const page = await fetchFirst(this.sizes.get(node.id), range =>
      this.engine.client.listFindings({ category, ...range }),
    );
    const findings = page.items.map(finding => new FindingNode(node, finding));
    return withMore(findings, node, node.id, page.total, () => {
      const last = this.sizes.get(node.id);
      this.sizes.grow(node.id);
      this.refresh([node]);
      void this.goOnAt(last, node);
    });
  }
}

class CategoryNode implements TreeNode {
  readonly id: string;
  readonly parent = undefined;
  readonly contextValue = 'category';

  constructor(
    readonly group: FindingGroup,
    private readonly list: (node: CategoryNode) => Promise<readonly TreeNode[]>,
  ) {
    this.id = group.category;
  }

  row(): Row {
    return toFindingGroupRow(this.group, Date.now());
  }

  hover(): Hover {
    return toFindingGroupHover(this.group);
  }

  readonly children = (): Promise<readonly TreeNode[]> => this.list(this);
}

class FindingNode implements TreeNode {
  readonly id: string;
  readonly contextValue = 'finding';

  constructor(
    readonly parent: CategoryNode,
    private readonly finding: Finding,
  ) {
    this.id = `${parent.id}/${finding.diagnostic.ruleId}/${finding.spanKey}`;
  }

  get target(): CallTarget {
    return { traceKey: this.finding.traceKey, spanKey: this.finding.spanKey };
  }

  row(): Row {
    return toFindingRow(this.finding, Date.now());
  }

  hover(): Hover {
    return toFindingHover(this.finding);
  }

  command(): vscode.Command {
    return openTraceCommand(this);
  }
}
