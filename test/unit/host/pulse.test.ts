import assert from 'node:assert/strict';
import { mock } from 'node:test';
import { Pulse } from '../../../src/host/pulse';

describe('the pulse of a thread', () => {
  let waiting = 0;
  let answers: (() => void)[] = [];
  let said: boolean[] = [];
  let pulse: Pulse;

  beforeEach(() => {
    mock.timers.enable({ apis: ['setTimeout'] });
    waiting = 0;
    answers = [];
    said = [];
    pulse = new Pulse({
      isAwaited: () => waiting > 0,
      ask: () => new Promise<void>(resolve => answers.push(resolve)),
      onDidChange: isSilent => said.push(isSilent),
      bounds: { everyMs: 5, patienceMs: 10 },
    });
  });
  afterEach(() => {
    pulse.dispose();
    mock.timers.reset();
  });

  async function answer(): Promise<void> {
    answers.shift()?.();
    await new Promise(resolve => setImmediate(resolve));
  }

  it('is not looked for where nobody waits', () => {
    pulse.watch();
    mock.timers.tick(1000);
    assert.deepEqual(answers, []);
  });

  it('is there while it answers in time, however long somebody waits', async () => {
    waiting = 1;
    pulse.watch();
    for (let looks = 0; looks < 4; looks++) {
      mock.timers.tick(5);
      assert.equal(answers.length, 1);
      mock.timers.tick(9);
      await answer();
    }
    assert.deepEqual(said, []);
  });

  it('is missed when it does not answer, once, and found again when it does', async () => {
    waiting = 1;
    pulse.watch();
    pulse.watch();
    mock.timers.tick(5);
    mock.timers.tick(10);
    assert.deepEqual(said, [true]);
    mock.timers.tick(1000);
    assert.equal(answers.length, 1);
    assert.deepEqual(said, [true]);
    await answer();
    assert.deepEqual(said, [true, false]);
    waiting = 0;
    mock.timers.tick(1000);
    assert.deepEqual(answers, []);
  });

  it('is no matter any more once it is disposed of', async () => {
    waiting = 1;
    pulse.watch();
    mock.timers.tick(5);
    pulse.dispose();
    mock.timers.tick(1000);
    await answer();
    assert.deepEqual(said, []);
  });
});
