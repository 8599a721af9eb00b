import assert from 'node:assert/strict';
import { byKeys, candidatesIn } from '../../../src/formats/fields/shape';
import { paths } from '../../../src/formats/fields/values';

describe('sets of keys', () => {
  it('are the same in any order, and what depends on them is worked out once', () => {
    let times = 0;
    const count = byKeys(keys => {
      times++;
      return keys.length;
    });
    for (const record of [
      { one: 1, two: 2, three: 3 },
      { three: 1, one: 2, two: 3 },
      { two: 1, three: 2, one: 3 },
    ]) {
      assert.equal(count(record), 3);
    }
    assert.equal(times, 1);
    assert.equal(count({ one: 1, two: 2 }), 2);
    assert.equal(times, 2);
  });

  it('leave the order of a list of paths as it is', () => {
    const list = paths('usage.in model usage.out name');
    const first = candidatesIn({ name: 1, usage: {} }, list);
    assert.deepEqual(first, paths('usage.in usage.out name'));
    assert.equal(candidatesIn({ usage: {}, name: 1 }, list), first);
    assert.deepEqual(candidatesIn({ name: 1, model: 2 }, list), paths('model name'));
  });

  it('find every path of a list, in its order, that begins with one of them', () => {
    const list = paths('c.x a b.x c b.y a.x');
    for (const keys of ['', 'a', 'b', 'c', 'ab', 'cb', 'bca', 'dac', 'd']) {
      const fields = Object.fromEntries([...keys].map(key => [key, 1]));
      const wanted = list.filter(([key]) => key !== undefined && keys.includes(key));
      assert.deepEqual(candidatesIn(fields, list), wanted, keys);
    }
  });
});
