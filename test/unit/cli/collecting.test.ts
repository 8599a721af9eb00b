import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mock } from 'node:test';
import v8 from 'node:v8';
import { keepYoungSmall } from '../../../src/cli/collecting';

describe('the space for new objects', () => {
  /** Its bytes after many objects that lived for a while, in a process of its own. */
  function bytesWith(flags: readonly string[]): number {
    const program = `
      const v8 = require('node:v8');
      for (const flag of ${JSON.stringify(flags)}) v8.setFlagsFromString(flag);
      const kept = [];
      for (let i = 0; i < 3e6; i++) { kept[i % 1e5] = { i }; }
      console.log(v8.getHeapSpaceStatistics().find(space => space.space_name === 'new_space').space_size);`;
    const { stdout, stderr } = spawnSync(process.execPath, ['-e', program], { encoding: 'utf8' });
    assert.equal(stderr, '');
    return Number(stdout);
  }

  it('does not grow in a command, and would without its flag', () => {
    const setFlags = mock.method(v8, 'setFlagsFromString', (_flags: string) => {});
    try {
      keepYoungSmall();
    } finally {
      setFlags.mock.restore();
    }
    const flags = setFlags.mock.calls.map(({ arguments: [flag] }) => flag);
    const [held, free] = [bytesWith(flags), bytesWith([])];
    assert.ok(held <= 4 * 2 ** 20, `${held} bytes`);
    assert.ok(free >= 2 * held, `${free} bytes`);
  });
});
