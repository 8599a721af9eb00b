import assert from 'node:assert/strict';
import { mock } from 'node:test';
import { BackgroundWork, restMs } from '../../../../src/engine/findings/backgroundWork';

describe('BackgroundWork', () => {
  let now = 0;
  let slices: number[];
  let isAsked: boolean;
  let work: BackgroundWork;

  beforeEach(() => {
    now = 0;
    slices = [];
    isAsked = false;
    mock.timers.enable({ apis: ['setTimeout'] });
    mock.method(performance, 'now', () => now);
    work = new BackgroundWork(
      () => {
        slices.push(now);
        return true;
      },
      { isReading: () => false, isAsked: () => isAsked },
    );
  });
  afterEach(() => {
    work.dispose();
    mock.timers.reset();
    mock.restoreAll();
  });

  const pass = (milliseconds: number) => {
    for (let at = 0; at < milliseconds; at++) {
      now++;
      mock.timers.tick(1);
    }
  };

  it('goes on slice after slice, with rests between', () => {
    work.wake();
    pass(5 * restMs);
    assert.deepEqual(
      slices,
      [1, 2, 3, 4, 5].map(slice => slice * restMs),
    );
  });

  it('gives way while questions come, and goes on when they end', () => {
    isAsked = true;
    work.wake();
    pass(100);
    assert.deepEqual(slices, []);
    isAsked = false;
    pass(restMs);
    assert.equal(slices.length, 1);
  });

  it('gives way for half a second at most', () => {
    isAsked = true;
    work.wake();
    pass(2100);
    assert.equal(slices.length, 4);
  });

  it('does nothing more once it is disposed of', () => {
    isAsked = true;
    work.wake();
    pass(20);
    work.dispose();
    isAsked = false;
    pass(1000);
    assert.deepEqual(slices, []);
  });
});
