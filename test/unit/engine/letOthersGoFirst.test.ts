import assert from 'node:assert/strict';
import os from 'node:os';
import { Worker } from 'node:worker_threads';
import { build } from 'esbuild';

describe('a thread that lets others go first', () => {
  before(function () {
    if (process.platform !== 'linux') {
      this.skip();
    }
  });

  it('is nicer than the one that started it, which stays as it is', async () => {
    const { outputFiles } = await build({
      stdin: {
        contents: `
          import os from 'node:os';
          import { parentPort } from 'node:worker_threads';
          import { letOthersGoFirst } from './src/engine/letOthersGoFirst';
          letOthersGoFirst();
          parentPort.postMessage(os.getPriority());`,
        resolveDir: '.',
        loader: 'ts',
      },
      bundle: true,
      platform: 'node',
      format: 'cjs',
      write: false,
    });
    const before = os.getPriority();
    const worker = new Worker(outputFiles[0]?.text ?? '', { eval: true });
    const inside = await new Promise((resolve, reject) => {
      worker.once('message', resolve);
      worker.once('error', reject);
    });
    await worker.terminate();
    assert.deepEqual([os.getPriority(), inside], [before, Math.min(19, before + 3)]);
  });
});
