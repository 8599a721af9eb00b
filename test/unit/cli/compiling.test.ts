import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mock } from 'node:test';
import v8 from 'node:v8';
import { compileSmaller } from '../../../src/cli/compiling';

describe('the compiler of V8', () => {
  /** The flags that are set on a version. */
  function flagsOn(version: string): readonly string[] {
    const setFlags = mock.method(v8, 'setFlagsFromString', (_flags: string) => {});
    try {
      compileSmaller(version);
      return setFlags.mock.calls.map(({ arguments: [flag] }) => flag);
    } finally {
      setFlags.mock.restore();
    }
  }

  it('inlines less where that makes a command quicker: on Node 20 and 22', () => {
    const inlineLess = ['--max-inlined-bytecode-size-cumulative=250'];
    assert.deepEqual(flagsOn('11.3.244.8-node.38'), inlineLess);
    assert.deepEqual(flagsOn('12.4.254.21-node.57'), inlineLess);
  });

  it('is left alone where it makes no difference, or nobody knows', () => {
    assert.deepEqual(flagsOn('10.2.154.26-node.36'), []);
    assert.deepEqual(flagsOn('13.6.233.17-node.53'), []);
    assert.deepEqual(flagsOn('14.1.146.11-node.25'), []);
    assert.deepEqual(flagsOn('unknown'), []);
  });

  it('is told in words that this version knows', () => {
    const flag = flagsOn('12.4')[0] ?? '';
    const { stderr, status } = spawnSync(process.execPath, [flag, '-e', '0'], { encoding: 'utf8' });
    assert.equal(stderr, '');
    assert.equal(status, 0);
  });
});
