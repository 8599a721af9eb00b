import type { Span } from '../../model/span';
import { nestSpans, type NestedSpan } from '../display/spanTree';
import type { EngineClient } from '../engineClient';
import { MessageNode } from './messageNode';
import { type PageSizes, withMore } from './paging';
import { SpanNode, ToolCallNode, type TraceNode } from './traceNodes';
import type { TreeNode } from './treeNode';

/** What stands below a trace: its spans below their parents, and the tools that calls asked for. */
export class SpanLevels {
  constructor(
    private readonly engine: EngineClient,
    private readonly sizes: PageSizes,
    private readonly redraw: (node: TreeNode) => void,
  ) {}

  readonly list = async (node: TraceNode): Promise<readonly TreeNode[]> => {
    const detail = await this.engine.client.getTrace({ traceKey: node.trace.key });
    if (!detail) {
      return [new MessageNode(node, 'This trace is no longer in the logs.')];
    }
    const tools = detail.spans.filter(span => span.kind === 'tool').map(span => span.name);
    const known = new Set(tools);
    return this.level(node, nestSpans(detail.spans), span =>
      span.toolCallNames.filter(name => !known.has(name)),
    );
  };

  private level(
    parent: TreeNode,
    nested: readonly NestedSpan[],
    missingTools: (span: Span) => string[],
  ): readonly TreeNode[] {
    const shown = nested.slice(0, this.sizes.get(parent.id)).map(child => {
      const id = `${parent.id}/${child.span.key}`;
      return new SpanNode(id, parent, child, missingTools(child.span), node =>
        Promise.resolve([
          ...node.toolCalls.map((name, at) => new ToolCallNode(`${id}/tool/${at}`, node, name)),
          ...this.level(node, child.children, missingTools),
        ]),
      );
    });
    return withMore(shown, parent, parent.id, nested.length, () => {
      this.sizes.grow(parent.id);
      this.redraw(parent);
    });
  }
}
