import assert from 'node:assert/strict';
import { HeldLists, isFlood } from '../../../src/host/trees/heldLists';

describe('a list of traces that somebody stays in', () => {
  let lists: HeldLists;
  beforeEach(() => {
    lists = new HeldLists();
    lists.note('today', 'newest');
    lists.note('yesterday', 'other');
  });

  it('stays where it is from when so many come that its rows would be gone, whatever comes then', () => {
    lists.stayAt('today', false);
    assert.equal(lists.startOf('today'), undefined);
    lists.stayAt('today', true);
    lists.note('today', 'newer');
    lists.stayAt('today', true);
    lists.stayAt('today', false);
    assert.equal(lists.startOf('today'), 'newest');
    assert.equal(lists.startOf('yesterday'), undefined);
  });

  it('goes on when somebody wants that, or has left it', () => {
    lists.stayAt('today', true);
    lists.release('today');
    assert.equal(lists.startOf('today'), undefined);
    lists.stayAt('today', true);
    lists.stayAt('yesterday', true);
    assert.equal(lists.startOf('today'), undefined);
    assert.equal(lists.startOf('yesterday'), 'other');
    lists.stayAt(undefined, true);
    assert.equal(lists.startOf('yesterday'), undefined);
  });

  it('is flooded by more traces than a person makes by trying something out', () => {
    assert.equal(isFlood(['a', 'b', 'c']), false);
    assert.equal(isFlood(Array.from({ length: 10 }, (_, at) => `${at}`)), true);
    assert.equal(isFlood(undefined), true);
  });
});
