import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';
import * as vscode from 'vscode';
import { EngineClient } from '../../src/host/engineClient';
import { temporaryFolder } from './support';

/** A thread that keeps the sources it is told, lists them, never answers whenIdle, ends when asked to discover, and is held by a folder on a dead drive. */
const mortalWorker = `
const { parentPort } = require('node:worker_threads');
const sources = [];
const answers = {
  addSource: ({ path }) => {
    if (path === '/dead') {
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0);
    }
    sources.push(path);
  },
  removeSource: () => null,
  listSources: () => sources,
  configure: () => null,
  discover: () => process.exit(3),
};
parentPort.on('message', ({ id, method, params }) => {
  if (Object.hasOwn(answers, method)) {
    parentPort.postMessage({ kind: 'reply', id, ok: answers[method](params) ?? null });
  }
});
`;

describe('the engine client', () => {
  let engine: EngineClient;
  const log = vscode.window.createOutputChannel('Callsight test', { log: true });

  beforeEach(() => {
    const workerFile = path.join(temporaryFolder(), 'worker.js');
    fs.writeFileSync(workerFile, mortalWorker);
    engine = new EngineClient(
      workerFile,
      { inferTraces: true, rules: {}, budget: {}, mappings: [], poll: false, keepsIndex: false },
      log,
      undefined,
      { everyMs: 20, patienceMs: 300 },
    );
  });
  afterEach(() => engine.dispose());
  after(() => log.dispose());

  it('starts no thread until something is asked', async () => {
    assert.equal(engine.isRunning, false);
    await engine.client.listSources({});
    assert.equal(engine.isRunning, true);
  });

  it('rejects what was asked of a thread that ends, and starts it again with its sources', async () => {
    await engine.addSource('/logs/a');
    const waiting = assert.rejects(engine.client.whenIdle({}), /stopped unexpectedly/);
    await assert.rejects(engine.client.discover({ path: '/' }), /stopped unexpectedly/);
    await waiting;
    assert.deepEqual(await engine.client.listSources({}), ['/logs/a']);
  });

  it('leaves a thread alone that ends again', async () => {
    await assert.rejects(engine.client.discover({ path: '/' }));
    await assert.rejects(engine.client.discover({ path: '/' }));
    assert.throws(() => engine.client, /not running/);
  });

  it('ends the thread when nothing is followed and nothing is asked', async () => {
    await engine.addSource('/logs/a');
    engine.rest();
    assert.equal(engine.isRunning, true);
    const asked = engine.client.listSources({});
    await engine.removeSource('/logs/a');
    await asked;
    const unanswered = assert.rejects(engine.client.whenIdle({}));
    engine.rest();
    assert.equal(engine.isRunning, true);
    engine.dispose();
    await unanswered;
  });

  it('rests when the last source is closed', async () => {
    await engine.addSource('/logs/a');
    await engine.removeSource('/logs/a');
    engine.rest();
    assert.equal(engine.isRunning, false);
  });

  it('says that a thread does not answer, and goes on without the folder that holds it when that is removed', async () => {
    const said: boolean[] = [];
    const silent = new Promise<void>(resolve => {
      engine.onDidFallSilent(isSilent => {
        said.push(isSilent);
        resolve();
      });
    });
    await engine.addSource('/logs/a');
    const held = assert.rejects(engine.addSource('/dead'));
    await silent;
    await engine.removeSource('/dead');
    await held;
    assert.deepEqual(await engine.client.listSources({}), ['/logs/a']);
    assert.deepEqual(said, [true, false]);
  });
});
