import type { Span } from '../../model/span';
import { nestSpans, type NestedSpan } from '../display/spanTree';
import { formatPlural } from '../display/format';
import type { EngineClient } from '../engineClient';
import { MessageNode } from './messageNode';
import { type PageSizes, withMore } from './paging';
import { SpanNode, ToolCallNode, type TraceNode } from './traceNodes';
import type { TreeNode } from './treeNode';

interface AboutSpans {
  /** Names of tools that a call asked for and that have no span of their own. */
  readonly missingTools: (span: Span) => string[];
  /** Keys of the spans that the filter is about. */
  readonly matches: ReadonlySet<string>;
}

/** What stands below a trace: its spans below their parents, and the tools that calls asked for. */
export class SpanLevels {
  constructor(
    private readonly engine: EngineClient,
    private readonly sizes: PageSizes,
    private readonly filter: () => string,
    /** The level below a node has become longer than so many rows. */
    private readonly redraw: (node: TreeNode, last: number) => void,
  ) {}

  readonly list = async (node: TraceNode): Promise<readonly TreeNode[]> => {
    const traceKey = node.trace.key;
    const filter = this.filter();
    const [detail, matches] = await Promise.all([
      this.engine.client.getTrace({ traceKey }),
      filter === '' ? [] : this.engine.client.listMatches({ traceKey, filter }),
    ]);
    if (!detail) {
      return [new MessageNode(node, 'This trace is no longer in the logs.')];
    }
    const tools = detail.spans.filter(span => span.kind === 'tool').map(span => span.name);
    const known = new Set(tools);
    const rows = this.level(node, nestSpans(detail.spans), {
      missingTools: span => span.toolCallNames.filter(name => !known.has(name)),
      matches: new Set(matches),
    });
    const left = detail.trace.spans - detail.spans.length;
    return left > 0
      ? [
          ...rows,
          new MessageNode(node, `${formatPlural(left, 'more span')}: open the trace to see them`),
        ]
      : rows;
  };

  private level(
    parent: TreeNode,
    nested: readonly NestedSpan[],
    about: AboutSpans,
  ): readonly TreeNode[] {
    const shown = nested.slice(0, this.sizes.get(parent.id)).map(child => {
      const id = `${parent.id}/${child.span.key}`;
      const facts = {
        toolCalls: about.missingTools(child.span),
        isMatch: about.matches.has(child.span.key),
      };
      return new SpanNode(id, parent, child, facts, node =>
        Promise.resolve([
          ...node.toolCalls.map((name, at) => new ToolCallNode(`${id}/tool/${at}`, node, name)),
          ...this.level(node, child.children, about),
        ]),
      );
    });
    return withMore(shown, parent, parent.id, nested.length, () => {
      const last = this.sizes.get(parent.id);
      this.sizes.grow(parent.id);
      this.redraw(parent, last);
    });
  }
}
