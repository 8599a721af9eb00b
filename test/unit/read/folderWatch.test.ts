import assert from 'node:assert/strict';
import fs from 'node:fs';
import { syncBuiltinESMExports } from 'node:module';
import os from 'node:os';
import path from 'node:path';
import { FolderWatch } from '../../../src/engine/read/folderWatch';

const patienceMs = 5000;

describe('FolderWatch', () => {
  const root = fs.mkdtempSync(path.join(os.tmpdir(), 'callsight-watch-'));
  const heard = { hints: new Set<string>(), watching: new Set<string>(), floods: 0 };
  const watch = new FolderWatch({
    hint: hinted => heard.hints.add(hinted),
    watching: folder => heard.watching.add(folder),
    flood: () => heard.floods++,
  });
  after(async () => {
    await watch.dispose();
    fs.rmSync(root, { recursive: true });
  });

  async function until(condition: () => boolean): Promise<void> {
    const start = performance.now();
    while (!condition() && performance.now() - start < patienceMs) {
      await new Promise(resolve => setImmediate(resolve));
    }
    assert.ok(condition());
  }

  it('hears a folder from the moment on at which it says so, and has one watch for all its files', async () => {
    watch.follow(new Map([[root, 'first']]));
    assert.equal(watch.hears(root), false);
    await until(() => heard.watching.has(root));
    assert.equal(watch.hears(root), true);
    const file = path.join(root, 'a.jsonl');
    fs.writeFileSync(file, '1');
    await until(() => heard.hints.has(file));
    heard.hints.clear();
    fs.appendFileSync(file, '2');
    await until(() => heard.hints.has(file));
    assert.equal(heard.floods, 0);
  });

  it('says that events may be lost when very many come at once', async () => {
    for (let serial = 0; serial < 2000; serial++) {
      fs.writeFileSync(path.join(root, `${serial}`), '');
    }
    await until(() => heard.floods > 0);
  });

  it('does not hear a folder that was made again before that one is watched', async () => {
    heard.watching.clear();
    watch.follow(new Map([[root, 'second']]));
    assert.equal(watch.hears(root), false);
    await until(() => heard.watching.has(root));
    assert.equal(watch.hears(root), true);
  });

  it('says why it hears nothing when the kernel has no watch left', async () => {
    // chokidar asks for one watch of a folder, whoever follows it
    const other = path.join(root, 'other');
    fs.mkdirSync(other);
    const { watch: watchOfNode } = fs;
    const silent = new FolderWatch({ hint: () => {}, watching: () => {}, flood: () => {} });
    fs.watch = (): never => {
      throw Object.assign(new Error('ENOSPC: System limit for number of file watchers reached'), {
        code: 'ENOSPC',
      });
    };
    // chokidar is a module that names what it takes of node:fs
    syncBuiltinESMExports();
    try {
      silent.follow(new Map([[other, 'first']]));
      await until(() => silent.problem !== undefined);
    } finally {
      fs.watch = watchOfNode;
      syncBuiltinESMExports();
      await silent.dispose();
    }
    assert.match(String(silent.problem), /some seconds late.*number of file watchers/);
    assert.equal(silent.hears(other), false);
  });
});
