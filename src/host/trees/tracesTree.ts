import type * as vscode from 'vscode';
import type { Trace } from '../../model/trace';
import type { EngineChange, Group } from '../../protocol/engineContract';
import { filterWords } from '../display/words';
import { answerMs, type EngineClient } from '../engineClient';
import type { ViewState } from '../viewState';
import { NodeTree } from './nodeTree';
import { HeldLists, isFlood, type StayedAt } from './heldLists';
import { fetchFirst, NewerNode, PageSizes, withMore } from './paging';
import { SpanLevels } from './spanLevels';
import { GroupNode, TraceNode } from './traceNodes';
import type { TreeNode } from './treeNode';

const rootLevel = 'traces';
/** Groups of a filtered view open by themselves when there are no more traces in them. */
const maxTracesToOpen = 50;
/** Rows of a level that are shown so that a trace that is wanted is among them: VS Code asks for each of them. */
const maxShownRows = 2000;
/** Traces that may come between the question where one stands and that for the rows. */
const meanwhile = 50;

/** Traces by group, newest first; below a trace its spans. A change redraws only the rows that differ. */
export class TracesTree extends NodeTree {
  /** Rows that VS Code knows, by id: it wants to hear of the very objects it was given. */
  private readonly known = new Map<string, GroupNode | TraceNode | NewerNode>();
  private readonly held = new HeldLists();
  /** At the last change of the data. */
  private isFlooded = false;
  private rootIds: readonly string[] = [];
  private readonly sizes = new PageSizes();
  private readonly spans: SpanLevels;

  constructor(
    private readonly engine: EngineClient,
    private readonly state: ViewState,
  ) {
    super();
    this.spans = new SpanLevels(
      engine,
      this.sizes,
      () => state.filter,
      (node, last) => {
        this.refresh([node]);
        void this.goOnAt(last, node);
      },
    );
    this.register(
      state.onDidChange(() => {
        this.held.clear();
        this.reset();
      }),
    );
  }

  override createView(id: string): vscode.TreeView<TreeNode> {
    const view = super.createView(id);
    // at once: by the next change the row may be gone
    this.register(view.onDidChangeSelection(() => this.stay()));
    return view;
  }

  /** The list that somebody stays in stays, too. */
  private stay(): void {
    this.held.stayAt(stayedAt(this.selected), this.isFlooded);
  }

  /** Redraws what a change of the data makes different. */
  async update(change: EngineChange): Promise<void> {
    if (change.traceKeys?.length !== 0) {
      this.isFlooded = isFlood(change.traceKeys);
    }
    this.stay();
    const before = new Map([...this.known].map(([id, node]) => [id, JSON.stringify(dataOf(node))]));
    const rootIds = this.rootIds;
    const roots = await this.roots();
    const ids = roots.map(root => root.id);
    if (!sameIds(rootIds, ids)) {
      this.reset();
      return;
    }
    if (change.traceKeys === undefined) {
      // never the whole tree: VS Code forgets its rows until it has asked for them, and a click meanwhile is one on nothing
      this.refresh(roots);
      return;
    }
    const changedRoots = roots.filter(
      root => this.known.has(root.id) && before.get(root.id) !== JSON.stringify(dataOf(root)),
    );
    const inside = await this.updateTraces(change.traceKeys, changedRoots);
    this.refresh([...changedRoots, ...inside]);
  }

  /** The row of a trace; lists that do not reach down to it become longer, up to a bound. */
  async findTrace(traceKey: string): Promise<TreeNode | 'hidden' | 'far'> {
    const { groupBy, filter } = this.state;
    const place = await this.engine.client.findPlace({
      traceKey,
      groupBy,
      filter,
      withinMs: answerMs,
    });
    if (!place) {
      return 'hidden';
    }
    const { group, index } = place;
    if (Math.max(group?.index ?? 0, index) >= maxShownRows) {
      return 'far';
    }
    const isWanted = (node: TreeNode): boolean =>
      node instanceof TraceNode && node.trace.key === traceKey;
    if (!group) {
      return (await this.reach(rootLevel, index, undefined)).find(isWanted) ?? 'hidden';
    }
    const isOfGroup = (node: TreeNode): boolean =>
      node instanceof GroupNode && node.group.id === group.id;
    const parent = (await this.reach(rootLevel, group.index, undefined)).find(isOfGroup);
    const rows = parent instanceof GroupNode ? await this.reach(parent.id, index, parent) : [];
    return rows.find(isWanted) ?? 'hidden';
  }

  /** The rows of a level, of which there are enough by now that one of them stands there. */
  private async reach(
    level: string,
    index: number,
    parent: GroupNode | undefined,
  ): Promise<readonly TreeNode[]> {
    const isHeld = this.held.startOf(level) !== undefined;
    if (isHeld || index >= this.sizes.get(level)) {
      this.held.release(level);
      this.sizes.raise(level, index + 1 + meanwhile);
      this.refresh(parent && [parent]);
    }
    // a row can be selected once VS Code has it
    await this.whenTold();
    return parent ? parent.children() : this.roots();
  }

  protected async roots(): Promise<readonly TreeNode[]> {
    const { groupBy, filter } = this.state;
    if (!this.engine.isRunning) {
      return [];
    }
    if (groupBy === 'trace') {
      const nodes = await this.listTraces(undefined);
      this.rootIds = nodes.map(node => node.id);
      return nodes;
    }
    const page = await fetchFirst(this.sizes.get(rootLevel), range =>
      this.engine.client.listGroups({ groupBy, filter, withinMs: answerMs, ...range }),
    );
    // what a filter finds is to be seen at once
    const found = page.items.reduce((sum, group) => sum + group.traces, 0);
    const openAll = filter !== '' && found <= maxTracesToOpen;
    const nodes = page.items.map((group, index) => this.groupNode(group, openAll || index === 0));
    const level = withMore(nodes, undefined, rootLevel, page.total, () => this.loadMore(rootLevel));
    this.rootIds = level.map(node => node.id);
    return level;
  }

  private async listTraces(parent: GroupNode | undefined): Promise<readonly TreeNode[]> {
    const { groupBy, filter } = this.state;
    const level = parent?.id ?? rootLevel;
    const group = parent ? { groupBy, group: parent.group.id } : {};
    let newer = 0;
    const page = await fetchFirst(this.sizes.get(level), async range => {
      const listed = await this.engine.client.listTraces({
        ...group,
        filter,
        from: this.held.startOf(level),
        withinMs: answerMs,
        ...range,
      });
      ({ newer } = listed);
      return listed;
    });
    // others may have come between two questions: then some are given twice
    const shown = [...new Map(page.items.map(trace => [trace.key, trace])).values()];
    this.held.note(
      level,
      shown.map(({ key }) => key),
    );
    const nodes = shown.map(trace => this.traceNode(trace, parent));
    const more = (): void => this.loadMore(level, parent);
    const rows = withMore(nodes, parent, level, page.total, more);
    return newer > 0 ? [this.newerNode(level, parent, newer), ...rows] : rows;
  }

  private newerNode(level: string, parent: GroupNode | undefined, count: number): NewerNode {
    const show = (): void => {
      this.held.release(level);
      this.refresh(parent && [parent]);
    };
    const made = new NewerNode(parent, level, count, show);
    const known = this.known.get(made.id);
    if (known instanceof NewerNode) {
      known.count = count;
      return known;
    }
    this.known.set(made.id, made);
    return made;
  }

  private async updateTraces(
    traceKeys: readonly string[],
    covered: readonly TreeNode[],
  ): Promise<TreeNode[]> {
    const keys = new Set(traceKeys);
    const nodes = [...this.known.values()].filter(
      node =>
        node instanceof TraceNode &&
        keys.has(node.trace.key) &&
        !covered.some(root => root === node || root === node.parent),
    );
    const updates = nodes.map(async node => {
      const detail =
        node instanceof TraceNode
          ? await this.engine.client.getTrace({ traceKey: node.trace.key })
          : null;
      if (detail && node instanceof TraceNode) {
        node.trace = detail.trace;
      }
    });
    await Promise.all(updates);
    return nodes;
  }

  private groupNode(group: Group, first: boolean): GroupNode {
    // under a filter other groups are open than without one
    const id = `${this.state.groupBy}${this.state.filter === '' ? '' : '?'}:${group.id}`;
    const known = this.known.get(id);
    if (known instanceof GroupNode) {
      known.group = group;
      return known;
    }
    const node = new GroupNode(id, this.state.groupBy, group, first, parent =>
      this.listTraces(parent),
    );
    this.known.set(id, node);
    return node;
  }

  private traceNode(trace: Trace, parent: GroupNode | undefined): TraceNode {
    const id = `${parent?.id ?? rootLevel}/${trace.key}`;
    const known = this.known.get(id);
    if (known instanceof TraceNode) {
      known.trace = trace;
      return known;
    }
    const node = new TraceNode(
      id,
      parent,
      trace,
      () => filterWords(this.state.filter),
      this.spans.list,
    );
    this.known.set(id, node);
    return node;
  }

  private loadMore(level: string, node?: TreeNode): void {
    const last = this.sizes.get(level);
    this.sizes.grow(level);
    this.refresh(node ? [node] : undefined);
    void this.goOnAt(last, node);
  }

  private reset(): void {
    this.known.clear();
    this.refresh();
  }
}

/** The trace that a row is of, at whatever depth, and the list that it stands in. */
function stayedAt(row: TreeNode | undefined): StayedAt | undefined {
  let node = row;
  while (node && !(node instanceof TraceNode)) {
    node = node.parent;
  }
  return node && { level: node.parent?.id ?? rootLevel, traceKey: node.trace.key };
}

function dataOf(node: TreeNode): unknown {
  if (node instanceof NewerNode) {
    return node.count;
  }
  return node instanceof GroupNode
    ? node.group
    : node instanceof TraceNode
      ? node.trace
      : undefined;
}

function sameIds(before: readonly string[], now: readonly string[]): boolean {
  return before.length === now.length && before.every((id, index) => id === now[index]);
}
