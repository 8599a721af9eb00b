import assert from 'node:assert/strict';
import { HeldLists, isFlood } from '../../../src/host/trees/heldLists';

describe('a list of traces that somebody stays in', () => {
  let lists: HeldLists;
  const today = { level: 'today', traceKey: 'chosen' };
  const yesterday = { level: 'yesterday', traceKey: 'one' };
  beforeEach(() => {
    lists = new HeldLists();
    lists.note('today', ['newest', 'newer', 'chosen']);
    lists.note('yesterday', ['other', 'one']);
  });

  it('stays where it is from when so many come that its rows would be gone, whatever comes then', () => {
    lists.stayAt(today, false);
    assert.equal(lists.startOf('today'), undefined);
    lists.stayAt(today, true);
    lists.note('today', ['even newer', 'newest']);
    lists.stayAt(today, true);
    lists.stayAt(today, false);
    assert.equal(lists.startOf('today'), 'newest');
    assert.equal(lists.startOf('yesterday'), undefined);
  });

  it('is the one that the trace is in, though others were asked for since', () => {
    lists.note('today', ['even newer', 'newest']);
    lists.stayAt(today, true);
    assert.equal(lists.startOf('today'), 'newest');
    lists.stayAt({ ...yesterday, traceKey: 'long gone' }, true);
    assert.equal(lists.startOf('yesterday'), 'long gone');
  });

  it('goes on when somebody wants that, or has left it', () => {
    lists.stayAt(today, true);
    lists.release('today');
    assert.equal(lists.startOf('today'), undefined);
    lists.stayAt(today, true);
    lists.stayAt(yesterday, true);
    assert.equal(lists.startOf('today'), undefined);
    assert.equal(lists.startOf('yesterday'), 'other');
    lists.stayAt(undefined, true);
    assert.equal(lists.startOf('yesterday'), 'other');
  });

  it('is flooded by more traces than a person makes by trying something out', () => {
    assert.equal(isFlood(['a', 'b', 'c']), false);
    assert.equal(isFlood(Array.from({ length: 10 }, (_, at) => `${at}`)), true);
    assert.equal(isFlood(undefined), true);
  });
});
