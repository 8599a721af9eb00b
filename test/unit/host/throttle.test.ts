import assert from 'node:assert/strict';
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
    await sleep(60);
    assert.equal(runs, 2);
    assert.equal(most, 1);
    throttle.dispose();
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
    await sleep(20);
    assert.equal(runs, 2);
    assert.equal(errors.length, 2);
    throttle.dispose();
  });
});
