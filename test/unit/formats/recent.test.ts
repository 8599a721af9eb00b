import assert from 'node:assert/strict';
import { Recent } from '../../../src/formats/fields/recent';

describe('what is remembered of late', () => {
  it('are as many entries as were asked for, and never more than twice as many', () => {
    const recent = new Recent<number>(100);
    for (let at = 0; at < 1000; at++) {
      recent.set(`key ${at}`, at);
      const known = Array.from({ length: at + 1 }, (_, each) => recent.get(`key ${each}`)).filter(
        value => value !== undefined,
      );
      assert.ok(known.length >= Math.min(at + 1, 100) && known.length <= 200);
      assert.equal(known.at(-1), at);
      assert.equal(known[0], at + 1 - known.length);
    }
  });

  it('is what was said last of a key, and nothing of no key', () => {
    const recent = new Recent<string>(2);
    recent.set('a', 'old');
    recent.set('b', 'b');
    recent.set('a', 'new');
    recent.set(undefined, 'nothing');
    assert.equal(recent.get('a'), 'new');
    assert.equal(recent.get('b'), 'b');
    assert.equal(recent.get(undefined), undefined);
  });
});
