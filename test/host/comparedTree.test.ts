import assert from 'node:assert/strict';
import { ComparedTree } from '../../src/host/trees/comparedTree';
import type { TreeNode } from '../../src/host/trees/treeNode';

/** Rows by name, with their text and what is below them. */
interface Rows {
  readonly [name: string]: { readonly text: string; readonly below?: Rows };
}

class TestTree extends ComparedTree {
  rows: Rows = {};

  protected roots(): Promise<readonly TreeNode[]> {
    return Promise.resolve(toNodes(() => this.rows, undefined));
  }
}

function toNodes(rows: () => Rows, parent: TreeNode | undefined): readonly TreeNode[] {
  return Object.entries(rows()).map(([name, { text, below }]) => {
    const node: TreeNode = {
      id: `${parent?.id ?? ''}/${name}`,
      parent,
      contextValue: 'test',
      row: () => ({ label: text }),
      children: below && (() => Promise.resolve(toNodes(() => below, node))),
    };
    return node;
  });
}

describe('a tree whose rows are compared', () => {
  let tree: TestTree;
  let told: (readonly string[] | 'all')[];
  let roots: readonly TreeNode[];

  beforeEach(async () => {
    tree = new TestTree();
    tree.rows = {
      one: { text: '1', below: { a: { text: 'a' }, b: { text: 'b' } } },
      two: { text: '2', below: { c: { text: 'c' } } },
    };
    told = [];
    tree.onDidChangeTreeData(nodes => {
      told.push(nodes === undefined ? 'all' : [nodes].flat().map(node => node.id));
    });
    roots = await tree.getChildren();
  });
  afterEach(() => tree.dispose());

  it('draws nothing again when all reads as before', async () => {
    await tree.getChildren(roots[0]);
    await tree.update();
    assert.deepEqual(told, []);
  });

  it('draws a row below another alone, and as it is now', async () => {
    const [first] = await tree.getChildren(roots[0]);
    assert.ok(first);
    const below = { a: { text: 'A' }, b: { text: 'b' } };
    tree.rows = { ...tree.rows, one: { text: '1', below } };
    await tree.update();
    assert.deepEqual(told, [['/one/a']]);
    assert.deepEqual(tree.getTreeItem(first).label, { label: 'A', highlights: [] });
  });

  it('draws a row again with what is below it when that became more', async () => {
    await tree.getChildren(roots[0]);
    const below = { a: { text: 'a' }, b: { text: 'b' }, new: { text: 'new' } };
    tree.rows = { ...tree.rows, one: { text: '1', below } };
    await tree.update();
    assert.deepEqual(told, [['/one']]);
    const ids = (await tree.getChildren(roots[0])).map(node => node.id);
    assert.deepEqual(ids, ['/one/a', '/one/b', '/one/new']);
  });

  it('draws all rows again when there are others at the top, and looks at none that was not asked for', async () => {
    tree.rows = { ...tree.rows, two: { text: '2', below: { other: { text: 'not seen' } } } };
    await tree.update();
    assert.deepEqual(told, []);
    tree.rows = { three: { text: '3' } };
    await tree.update();
    assert.deepEqual(told, ['all']);
  });
});
