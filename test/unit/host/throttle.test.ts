import assert from 'node:assert/strict';
import { mock } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { Throttle } from '../../../src/host/throttle';

describe('a throttle', () => {
  it('runs at once, never twice at a time, and does not lose the last request', async () => {
    let runs = 0;
    let at = 0;
    let most = 0;
    const throttle = new Throttle(
      5,
      async () => {
        runs++;
        at++;
        most = Math.max(most, at);
        await sleep(5);
        at--;
      },
      error => assert.fail(String(error)),
    );
    throttle.request();
    assert.equal(runs, 1);
    throttle.request();
    throttle.request();
    while (runs < 2) {
      await sleep(5);
    }
    await sleep(60);
    assert.equal(runs, 2);
    assert.equal(most, 1);
    throttle.dispose();
  });

  it('rests longer after a run that took long', async () => {
    mock.timers.enable({ apis: ['setTimeout'] });
    let runs = 0;
    const busyMs = 20;
    const throttle = new Throttle(
      1,
      () => {
        runs++;
        const end = performance.now() + busyMs;
        while (performance.now() < end) {
          // the time is spent
        }
        return Promise.resolve();
      },
      error => assert.fail(String(error)),
    );
    try {
      throttle.request();
      await Promise.resolve();
      throttle.request();
      await new Promise(setImmediate);
      mock.timers.tick(busyMs);
      assert.equal(runs, 1);
      mock.timers.tick(60_000);
      assert.equal(runs, 2);
    } finally {
      throttle.dispose();
      mock.timers.reset();
    }
  });

  it('goes on after a run that failed', async () => {
    const errors: unknown[] = [];
    let runs = 0;
    const throttle = new Throttle(
      1,
      () => {
        runs++;
        return Promise.reject(new Error('once'));
      },
      error => errors.push(error),
    );
    throttle.request();
    await sleep(20);
    throttle.request();
    while (errors.length < 2) {
      await sleep(5);
    }
    assert.equal(runs, 2);
    throttle.dispose();
  });
});
