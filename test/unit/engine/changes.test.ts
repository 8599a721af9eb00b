import assert from 'node:assert/strict';
import { mock } from 'node:test';
import { setTimeout } from 'node:timers/promises';
import { ChangeTeller } from '../../../src/engine/changes';
import type { EngineChange } from '../../../src/protocol/engineContract';

describe('telling changes', () => {
  function tellerOf(spanKeys: readonly string[] | undefined) {
    const told: EngineChange[] = [];
    let revision = 0;
    const teller = new ChangeTeller(
      () => ({ revision: ++revision, traceKeys: [], spanKeys }),
      change => told.push(change),
    );
    return { told, teller };
  }

  it('tells the first at once and the others together', async () => {
    const { told, teller } = tellerOf(['a']);
    teller.changed();
    teller.changed(true);
    await setTimeout(30);
    assert.deepEqual(told, [{ revision: 1, traceKeys: [], spanKeys: ['a'], sources: true }]);
    for (let count = 0; count < 100; count++) {
      teller.changed();
    }
    await setTimeout(300);
    assert.equal(told.length, 2);
    assert.equal(told[1]?.sources, false);
  });

  it('tells of data at once after it has told of sources', async () => {
    const { told, teller } = tellerOf(['a']);
    mock.timers.enable({ apis: ['setTimeout'] });
    const tell = (sources: boolean): number => {
      teller.changed(sources);
      mock.timers.tick(1);
      return told.length;
    };
    try {
      assert.equal(tell(true), 1);
      assert.equal(tell(true), 1, 'sources wait');
      assert.equal(tell(false), 2);
      assert.equal(tell(false), 2, 'data waits');
      assert.deepEqual(
        told.map(change => change.sources),
        [true, true],
      );
    } finally {
      mock.timers.reset();
    }
  });

  it('says "all" instead of more keys than anybody looks at', async () => {
    const { told, teller } = tellerOf(Array.from({ length: 501 }, (_, at) => `key ${at}`));
    teller.changed();
    await setTimeout(30);
    assert.equal(told[0]?.spanKeys, undefined);
    assert.deepEqual(told[0]?.traceKeys, []);
  });

  it('tells nothing any more once it is disposed', async () => {
    const { told, teller } = tellerOf([]);
    teller.changed();
    teller.dispose();
    await setTimeout(30);
    assert.equal(told.length, 0);
  });
});
