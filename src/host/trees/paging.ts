import type { Page } from '../../protocol/engineContract';
import { formatCount } from '../display/format';
import type { TreeNode } from './treeNode';

/** Rows that a level shows at first, and gets more of at a time. */
const pageSize = 100;
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

  grow(levelId: string): void {
    this.sizes.set(levelId, this.get(levelId) + pageSize);
  }
}

/** The last row of a level that is longer than what it shows. */
export class MoreNode implements TreeNode {
  readonly id: string;
  readonly contextValue = 'more';

  constructor(
    readonly parent: TreeNode | undefined,
    readonly levelId: string,
    private readonly remaining: number,
    private readonly load: () => void,
  ) {
    this.id = `${levelId}/more`;
  }

  row(): { label: string } {
    return { label: `Load ${formatCount(Math.min(this.remaining, pageSize))} more…` };
  }

  command(): { command: string; title: string; arguments: unknown[] } {
    return { command: 'callsight.loadMore', title: 'Load More', arguments: [this] };
  }

  loadMore(): void {
    this.load();
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
  return remaining > 0 ? [...nodes, new MoreNode(parent, levelId, remaining, load)] : nodes;
}
