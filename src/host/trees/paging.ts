import type { Page } from '../../protocol/engineContract';
import { formatCount, formatPlural } from '../display/format';
import type { Row } from '../display/row';
import type { TreeNode } from './treeNode';

/** Rows that a level shows at first. */
const pageSize = 100;
/** It gets as many more as it shows, up to here: of a hundred thousand rows nobody wants to ask for each hundred. */
const maxMore = 500;
/** Items that are asked for at a time; the engine gives out twice as many at most. */
const rangeSize = 500;

/** The first `count` items of a list that is asked for in ranges. */
export async function fetchFirst<T>(
  count: number,
  fetchPage: (range: { start: number; end: number }) => Promise<Page<T>>,
): Promise<Page<T>> {
  const items: T[] = [];
  let total = 0;
  do {
    const page = await fetchPage({
      start: items.length,
      end: Math.min(count, items.length + rangeSize),
    });
    total = page.total;
    items.push(...page.items);
    if (page.items.length === 0) {
      break;
    }
  } while (items.length < Math.min(count, total));
  return { total, items };
}

/** How many rows each level shows by now. */
export class PageSizes {
  private readonly sizes = new Map<string, number>();

  get(levelId: string): number {
    return this.sizes.get(levelId) ?? pageSize;
  }

  /** At least so many from now on. */
  raise(levelId: string, count: number): void {
    this.sizes.set(levelId, Math.max(count, this.get(levelId)));
  }

  grow(levelId: string): void {
    const shown = this.get(levelId);
    this.sizes.set(levelId, shown + moreAfter(shown));
  }
}

/** How many rows a level gets when it shows so many. */
function moreAfter(shown: number): number {
  return Math.min(maxMore, Math.max(pageSize, shown));
}

/** The last row of a level that is longer than what it shows. */
export class MoreNode implements TreeNode {
  readonly id: string;
  readonly contextValue = 'more';

  constructor(
    readonly parent: TreeNode | undefined,
    readonly levelId: string,
    private readonly count: number,
    private readonly load: () => void,
  ) {
    this.id = `${levelId}/more`;
  }

  row(): { label: string } {
    return { label: `Load ${formatCount(this.count)} more…` };
  }

  command(): { command: string; title: string; arguments: unknown[] } {
    return { command: 'callsight.loadMore', title: 'Load More', arguments: [this] };
  }

  loadMore(): void {
    this.load();
  }
}

/** The first row of a level that does not begin with the newest. */
export class NewerNode implements TreeNode {
  readonly id: string;
  readonly contextValue = 'newer';

  constructor(
    readonly parent: TreeNode | undefined,
    levelId: string,
    public count: number,
    readonly loadMore: () => void,
  ) {
    this.id = `${levelId}/newer`;
  }

  row(): Row {
    return { label: `Show ${formatPlural(this.count, 'newer trace')}`, icon: 'arrow-up' };
  }

  command(): { command: string; title: string; arguments: unknown[] } {
    return { command: 'callsight.loadMore', title: 'Load More', arguments: [this] };
  }
}

/** The rows of a level, and one more row when there are more than these. */
export function withMore(
  nodes: readonly TreeNode[],
  parent: TreeNode | undefined,
  levelId: string,
  total: number,
  load: () => void,
): readonly TreeNode[] {
  const remaining = total - nodes.length;
  if (remaining <= 0) {
    return nodes;
  }
  const count = Math.min(remaining, moreAfter(nodes.length));
  return [...nodes, new MoreNode(parent, levelId, count, load)];
}
