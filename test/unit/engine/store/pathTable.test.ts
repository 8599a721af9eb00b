import assert from 'node:assert/strict';
import fc from 'fast-check';
import { PathNumbers, PathTable } from '../../../../src/engine/store/pathTable';

const names = [
  'a',
  'b',
  '1',
  '1 a',
  ' ',
  '',
  'ä',
  '日本',
  '\u0000x',
  'debug_0001.json',
  'debug_0002.json',
];
const paths = fc
  .tuple(
    fc.constantFrom('', '/', '/logs/', '/logs/1 ', '/日/', '/logs/app/'),
    fc.constantFrom(...names),
  )
  .map(([folder, name]) => folder + name);

describe('Numbers of paths', () => {
  it('are what a map would say, whichever come and go', () => {
    const actions = fc.array(fc.tuple(paths, fc.option(fc.nat(70_000), { nil: undefined })));
    fc.assert(
      fc.property(actions, list => {
        const expected = new Map<string, number>();
        const table = new PathTable();
        const others = new PathNumbers(table);
        const numbers = new PathNumbers(table);
        for (const [path, number] of list) {
          assert.equal(numbers.get(path), expected.get(path));
          others.set(path, 7);
          if (number === undefined) {
            expected.delete(path);
            numbers.delete(path);
          } else {
            expected.set(path, number);
            numbers.set(path, number);
          }
          assert.equal(numbers.size, expected.size);
        }
        assert.deepEqual(new Map(numbers), expected);
        assert.equal(others.size, new Set(list.map(([path]) => path)).size);
      }),
    );
  });

  it('give the same path back, and one number to each', () => {
    fc.assert(
      fc.property(fc.array(paths), list => {
        const table = new PathTable();
        const ids = list.map(path => table.id(path));
        assert.deepEqual(
          ids.map(id => table.path(id)),
          list,
        );
        assert.deepEqual(
          list.map(path => table.find(path)),
          ids,
        );
        assert.equal(new Set(ids).size, new Set(list).size);
        assert.equal(table.find('/never/seen'), 0);
      }),
    );
  });
});
