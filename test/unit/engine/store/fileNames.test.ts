import assert from 'node:assert/strict';
import fc from 'fast-check';
import { SpanStore } from '../../../../src/engine/store/spanStore';

const roots = ['/logs/', '/logs/app/', '/'];
const paths = fc
  .tuple(fc.constantFrom(...roots), fc.constantFrom('a', 'b', 'app/a', 'logs/a'))
  .map(([root, name]) => root + name);

const actions = fc.array(
  fc.record({
    file: paths,
    entry: fc.constantFrom(undefined, undefined, 'x', 'app/a'),
    root: fc.constantFrom(...roots),
    isGone: fc.boolean(),
  }),
  { maxLength: 30 },
);

describe('names of files', () => {
  it('mean one file each, and none that is gone', () => {
    fc.assert(
      fc.property(actions, list => {
        let root = '';
        const store = new SpanStore(path =>
          path.startsWith(root) ? path.slice(root.length) : path,
        );
        for (const { file, entry, root: given, isGone } of list) {
          root = given;
          if (isGone) {
            store.apply({ type: 'forget', file, entry });
          } else {
            store.fileAt({ file, entry });
          }
        }
        const names = store.files().map(({ name }) => name);
        assert.equal(new Set(names).size, names.length);
        for (const file of store.files()) {
          assert.equal(store.fileByName(file.name), file);
        }
        for (const name of ['a', 'b', 'app/a', 'logs/a', 'c', '/logs/a', 'a!/x']) {
          assert.ok(names.includes(name) || store.fileByName(name) === undefined);
        }
      }),
      { numRuns: 500 },
    );
  });
});
