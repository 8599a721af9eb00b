import assert from 'node:assert/strict';
import { MoreNode, PageSizes, withMore } from '../../../src/host/trees/paging';

describe('a level of many rows', () => {
  it('shows a hundred at first, and gets as many more as it shows, five hundred at most, as its last row says', () => {
    const total = 1650;
    const sizes = new PageSizes();
    const rows = Array.from(
      { length: total },
      () => new MoreNode(undefined, 'row', 0, () => undefined),
    );
    const seen: string[] = [];
    for (let shown = 0; shown < total;) {
      shown = Math.min(total, sizes.get('level'));
      const level = withMore(rows.slice(0, shown), undefined, 'level', total, () =>
        sizes.grow('level'),
      );
      const last = level.at(-1);
      if (level.length === shown || !(last instanceof MoreNode)) {
        break;
      }
      seen.push(last.row().label);
      last.loadMore();
    }
    assert.deepEqual(seen, [
      'Load 100 more…',
      'Load 200 more…',
      'Load 400 more…',
      'Load 500 more…',
      'Load 350 more…',
    ]);
  });
});
