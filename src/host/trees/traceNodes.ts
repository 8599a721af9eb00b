import * as vscode from 'vscode';
import type { Span } from '../../model/span';
import type { Trace } from '../../model/trace';
import type { Group, GroupBy } from '../../protocol/engineContract';
import type { Hover, Row } from '../display/row';
import { toSpanHover, toSpanRow, toToolCallRow } from '../display/spanRow';
import type { NestedSpan } from '../display/spanTree';
import { toGroupHover, toGroupRow, toTraceHover, toTraceRow } from '../display/traceRow';
import type { CallTarget, TreeNode } from './treeNode';

/** A level of the tree as the tree itself fetches and pages it. */
export type ListChildren<Node> = (node: Node) => Promise<readonly TreeNode[]>;

/** A session, a model, a file or a day. */
export class GroupNode implements TreeNode {
  readonly parent = undefined;
  readonly contextValue = 'group';

  constructor(
    readonly id: string,
    readonly groupBy: GroupBy,
    public group: Group,
    readonly expanded: boolean,
    private readonly list: ListChildren<GroupNode>,
  ) {}

  row(): Row {
    return toGroupRow(this.group, this.groupBy, Date.now());
  }

  hover(): Hover {
    return toGroupHover(this.group, this.groupBy, Date.now());
  }

  readonly children = (): Promise<readonly TreeNode[]> => this.list(this);
}

export class TraceNode implements TreeNode {
  constructor(
    readonly id: string,
    readonly parent: GroupNode | undefined,
    public trace: Trace,
    private readonly filterWords: () => readonly string[],
    private readonly list: ListChildren<TraceNode>,
  ) {}

  get contextValue(): string {
    return this.trace.errors > 0 ? 'trace.failed' : 'trace';
  }

  get target(): CallTarget {
    return { traceKey: this.trace.key };
  }

  row(): Row {
    return toTraceRow(this.trace, this.filterWords(), Date.now());
  }

  hover(): Hover {
    return toTraceHover(this.trace, nameOf);
  }

  command(): vscode.Command {
    return openTraceCommand(this);
  }

  readonly children = (): Promise<readonly TreeNode[]> => this.list(this);
}

export class SpanNode implements TreeNode {
  readonly children: (() => Promise<readonly TreeNode[]>) | undefined;
  /** Names of tools that the call asked for and that have no span of their own. */
  readonly toolCalls: readonly string[];
  private readonly isMatch: boolean;

  /** `isMatch`: it is what the filter looks for. */
  constructor(
    readonly id: string,
    readonly parent: TreeNode,
    readonly nested: NestedSpan,
    { toolCalls, isMatch }: { readonly toolCalls: readonly string[]; readonly isMatch: boolean },
    list: ListChildren<SpanNode>,
  ) {
    this.toolCalls = toolCalls;
    this.isMatch = isMatch;
    const isLeaf = nested.children.length === 0 && toolCalls.length === 0;
    this.children = isLeaf ? undefined : () => list(this);
  }

  get span(): Span {
    return this.nested.span;
  }

  get contextValue(): string {
    return this.span.status === 'error' ? 'span.failed' : 'span';
  }

  get target(): CallTarget {
    return { traceKey: this.span.traceKey, spanKey: this.span.key };
  }

  row(): Row {
    return toSpanRow(this.span, this.isMatch);
  }

  hover(): Hover {
    return toSpanHover(this.span, nameOf);
  }

  command(): vscode.Command {
    return openTraceCommand(this);
  }
}

/** A tool that a call asked for, in a log that has no span of the tool. */
export class ToolCallNode implements TreeNode {
  readonly contextValue = 'toolCall';

  constructor(
    readonly id: string,
    readonly parent: SpanNode,
    private readonly name: string,
  ) {}

  get target(): CallTarget {
    return this.parent.target;
  }

  row(): Row {
    return toToolCallRow(this.name);
  }

  command(): vscode.Command {
    return openTraceCommand(this);
  }
}

/** A click shows; the focus stays in the tree. */
export function openTraceCommand(node: TreeNode): vscode.Command {
  return {
    command: 'callsight.openTrace',
    title: 'Open Trace',
    arguments: [node, { preserveFocus: true }],
  };
}

/** As the Explorer names it: from the workspace folder on. */
function nameOf(file: string): string {
  return vscode.workspace.asRelativePath(file);
}
