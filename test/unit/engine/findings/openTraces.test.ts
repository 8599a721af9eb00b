import assert from 'node:assert/strict';
import { OpenTraces } from '../../../../src/engine/findings/openTraces';
import type { TraceGroup } from '../../../../src/engine/grouping/traceGroup';

const trace = (key: string): TraceGroup => ({
  key,
  traceId: undefined,
  sessionId: undefined,
  heads: new Set(),
  version: 1,
});

describe('the traces that are still to be looked at', () => {
  it('come in order, each until it is known, and are asked for once while the list is the same', () => {
    const asked: string[] = [];
    const known = new Set(['a', 'c']);
    let groups = ['a', 'b', 'c', 'd'].map(trace);
    let revision = 1;
    const open = new OpenTraces(
      () => groups,
      ({ key }) => {
        asked.push(key);
        return known.has(key);
      },
      () => revision,
    );
    assert.equal(open.share, 0);
    assert.equal(open.next()?.key, 'b');
    assert.equal(open.next()?.key, 'b');
    known.add('b');
    assert.equal(open.next()?.key, 'd');
    assert.deepEqual(asked, ['a', 'b', 'b', 'b', 'c', 'd']);

    groups = ['e', 'b', 'd'].map(trace);
    assert.equal(open.next()?.key, 'e');
    known.add('e').add('d');
    assert.equal(open.next(), undefined);
    assert.equal(open.share, 1);
    // as long as nothing has changed nobody is asked about
    asked.length = 0;
    assert.equal(open.next(), undefined);
    assert.deepEqual(asked, []);
    // one of them is another trace now
    known.delete('b');
    revision++;
    assert.equal(open.next()?.key, 'b');
    assert.equal(open.share, 1 / 3);
    // somebody else looks at it
    open.pass();
    assert.equal(open.next(), undefined);
  });
});
