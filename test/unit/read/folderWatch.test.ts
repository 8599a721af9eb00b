import assert from 'node:assert/strict';
import fs from 'node:fs';
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
});
