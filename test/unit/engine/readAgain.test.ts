import assert from 'node:assert/strict';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { leastTogether } from '../../../src/engine/clearing';
import { createEngine } from '../../../src/engine/createEngine';
import type { Engine } from '../../../src/engine/engine';
import { maxPage } from '../../../src/protocol/page';

const lines = 3000; // more than are parsed before lines are read by their shape

/** A log of calls in traces of four, some of which begin in the log before it, and some calls without a trace. */
function writeLog(file: string, log: number): void {
  const records = Array.from({ length: lines }, (_, index) => {
    const number = log * lines + index;
    return JSON.stringify({
      request_id: `req-${number}`,
      timestamp: new Date(1_790_000_000_000 + number * 1700).toISOString(),
      model: ['gpt-4o', 'claude-sonnet-4-5', 'gemini-2.5-pro'][number % 3],
      messages: [{ role: 'user', content: `question ${number}` }],
      prompt_tokens: 10 + (number % 700),
      completion_tokens: number % 90,
      latency_ms: 100 + (number % 1000),
      ...(number % 11 === 0 ? {} : { trace_id: `t${Math.floor((number + 2) / 4)}` }),
      ...(number % 50 === 0 ? { error: 'Error code: 429 - rate limit reached' } : {}),
    });
  });
  fs.writeFileSync(file, `${records.join('\n')}\n`);
}

async function told(engine: Engine): Promise<unknown> {
  const { items, total } = await engine.handlers.listTraces({ start: 0, end: maxPage });

  const stats = await engine.handlers.getStats({});
  const details: unknown[] = [];
  for (const { key } of items) {
    details.push(await engine.handlers.getTrace({ traceKey: key }));
  }
  return { items, total, stats, details };
}

describe('logs that are removed and read again', () => {
  let folder: string;
  let engine: Engine;
  const logs = ['a', 'b', 'c'];
  const folderOf = (name: string) => path.join(folder, name);

  before(() => {
    folder = fs.mkdtempSync(path.join(os.tmpdir(), 'callsight-again-'));
    logs.forEach((name, index) => {
      fs.mkdirSync(folderOf(name));
      writeLog(path.join(folderOf(name), 'app.jsonl'), index);
    });
  });
  after(() => fs.rmSync(folder, { recursive: true }));
  beforeEach(() => {
    engine = createEngine({});
  });
  afterEach(() => engine.dispose());

  async function asIfOpenedNow(names: readonly string[]): Promise<unknown> {
    const fresh = createEngine({});
    for (const name of names) {
      await fresh.handlers.addSource({ path: folderOf(name) });
      await fresh.handlers.whenIdle({});
    }
    const all = await told(fresh);
    await fresh.dispose();
    return all;
  }

  const steps: readonly (readonly [remove: string | undefined, add: string | undefined])[] = [
    [undefined, 'a'],
    ['a', 'b'], // all rows are free
    [undefined, 'c'],
    ['b', undefined], // those of the first half are
    [undefined, 'a'],
    ['c', 'b'],
  ];

  it('are told as in an engine that never knew others', async () => {
    const open: string[] = [];
    for (const [remove, add] of steps) {
      if (remove !== undefined) {
        await engine.handlers.removeSource({ path: folderOf(remove) });
        open.splice(open.indexOf(remove), 1);
      }
      if (add !== undefined) {
        await engine.handlers.addSource({ path: folderOf(add) });
        open.push(add);
      }
      await engine.handlers.whenIdle({});
      assert.deepEqual(await told(engine), await asIfOpenedNow(open), `with ${open.join(', ')}`);
    }
  });

  it('are told of no more at once, also many, and are whole when they are opened again at once', async () => {
    const many = path.join(folder, 'many');
    fs.mkdirSync(many);
    for (let log = 3; log * lines < leastTogether + 4 * lines; log++) {
      writeLog(path.join(many, `${log}.jsonl`), log);
    }
    await engine.handlers.addSource({ path: folderOf('c') });
    await engine.handlers.addSource({ path: many });
    await engine.handlers.whenIdle({});
    const [alone, together] = [await asIfOpenedNow(['c']), await asIfOpenedNow(['c', 'many'])];
    for (let round = 0; round < 2; round++) {
      await engine.handlers.removeSource({ path: many });
      assert.deepEqual(await told(engine), alone, 'when it was removed');
      await engine.handlers.addSource({ path: many });
      await engine.handlers.whenIdle({});
      assert.deepEqual(await told(engine), together, 'when it was added again');
      // it is to be gone before it is there again, however soon that is wished for
      const removed = engine.handlers.removeSource({ path: many });
      await engine.handlers.addSource({ path: many });
      await removed;
      await engine.handlers.whenIdle({});
      assert.deepEqual(await told(engine), together, 'when both were wished for together');
    }
  }).timeout(120_000);

  it('are told anew when a file is written again, in the place of what it was', async () => {
    const written = path.join(folderOf('a'), 'app.jsonl');
    await engine.handlers.addSource({ path: folderOf('a') });
    await engine.handlers.whenIdle({});
    for (const log of [3, 4, 0]) {
      writeLog(written, log);
      await engine.handlers.removeSource({ path: folderOf('a') });
      await engine.handlers.addSource({ path: folderOf('a') });
      await engine.handlers.whenIdle({});
      assert.deepEqual(await told(engine), await asIfOpenedNow(['a']), `log ${log}`);
    }
  });
});
