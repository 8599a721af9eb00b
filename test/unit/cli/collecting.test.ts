import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { transformSync } from 'esbuild';
import fs from 'node:fs';

const file = new URL('../../../src/cli/collecting.ts', import.meta.url);

/** Keeps many objects for a while, then prints the bytes of the space for new ones. */
const work = `
  const kept = [];
  for (let i = 0; i < 3e6; i++) { kept[i % 1e5] = { i }; }
  console.log(require('node:v8').getHeapSpaceStatistics().find(space => space.space_name === 'new_space').space_size);`;

const mebibyte = 2 ** 20;

describe('the space for new objects', () => {
  /** What a program prints, in a process of its own. */
  function printed(program: string): number {
    const { stdout, stderr } = spawnSync(process.execPath, ['-e', program], { encoding: 'utf8' });
    assert.equal(stderr, '');
    return Number(stdout);
  }

  const { code } = transformSync(fs.readFileSync(file, 'utf8'), { loader: 'ts', format: 'cjs' });
  const keepYoungSmall = `${code}; module.exports.keepYoungSmall();`;

  it('grows while objects survive, and does not in a command', () => {
    assert.ok(printed(work) >= 8 * mebibyte);
    assert.ok(printed(keepYoungSmall + work) <= 4 * mebibyte);
  });

  it('does not either when another thread has set up a heap of its own', () => {
    const thread = `const { Worker } = require('node:worker_threads');`;
    const begun = `new Worker('', { eval: true }).once('exit', () => { ${work} });`;
    assert.ok(printed(keepYoungSmall + thread + begun) <= 4 * mebibyte);
  });
});
