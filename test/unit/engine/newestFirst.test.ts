import assert from 'node:assert/strict';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { createEngine } from '../../../src/engine/createEngine';
import type { Engine } from '../../../src/engine/engine';
import { previewBounds } from '../../../src/engine/read/bounds';
import type { SourceStatus } from '../../../src/protocol/sourceStatus';

const calls = 6000;
const patienceMs = 20_000;

/** 2 KB, without an id: its key is its place. */
function line(serial: number): string {
  const record = {
    timestamp: new Date(1_790_000_000_000 + serial * 60_000).toISOString(),
    model: 'gpt-4o',
    messages: [{ role: 'user', content: `question ${serial} ${'x'.repeat(1900)}` }],
    prompt_tokens: 10,
    completion_tokens: 5,
    latency_ms: 100,
  };
  return `${JSON.stringify(record)}\n`;
}

describe('a log of megabytes, newest first', () => {
  let folder: string;
  let file: string;
  let engine: Engine;
  const text = Array.from({ length: calls }, (_, serial) => line(serial)).join('');
  const lastOffset = Buffer.byteLength(text) - Buffer.byteLength(line(calls - 1));
  const lastKey = `at:big.jsonl:${lastOffset}`;

  beforeEach(async () => {
    folder = fs.mkdtempSync(path.join(os.tmpdir(), 'callsight-newest-'));
    file = path.join(folder, 'big.jsonl');
    fs.writeFileSync(file, text);
    engine = createEngine({ newestFirst: true });
    await engine.handlers.addSource({ path: folder });
    await until(() => engine.span(lastKey) !== undefined);
  });

  afterEach(async () => {
    await engine.dispose();
    fs.rmSync(folder, { recursive: true });
  });

  async function until(condition: () => boolean): Promise<void> {
    const start = performance.now();
    while (!condition() && performance.now() - start < patienceMs) {
      await new Promise(resolve => setImmediate(resolve));
    }
    assert.ok(condition());
  }

  async function status(): Promise<SourceStatus> {
    const [source] = await engine.handlers.listSources({});
    assert.ok(source);
    return source;
  }

  function offsets(): number[] {
    return [...engine.records()].map(({ source }) => source.offset);
  }

  it('shows the last call, all of it but its line, before the first ones are read, and nothing twice', async () => {
    const { state, previewed, records, progress = 1 } = await status();
    assert.equal(state, 'reading');
    assert.ok(previewed >= previewBounds.glimpse.lines && records < calls && progress < 1);
    const shown = offsets();
    assert.deepEqual(
      shown,
      [...new Set(shown)].toSorted((one, other) => one - other),
    );
    const detail = await engine.handlers.getSpan({ key: lastKey });
    assert.equal(detail?.span.sources[0]?.line, undefined);
    assert.match(JSON.stringify(detail?.content), new RegExp(`question ${calls - 1} `));
    const { items } = await engine.handlers.listFiles({ source: folder, start: 0, end: 9 });
    assert.deepEqual(
      items.map(item => [item.name, item.records, item.previewed, item.entries]),
      [['big.jsonl', records, previewed, undefined]],
    );
  });

  it('is in the end what it is when it is read in order', async () => {
    await engine.handlers.whenIdle({});
    const { state, previewed, records, unreadBytes } = await status();
    assert.deepEqual([state, previewed, records, unreadBytes], ['live', 0, calls, 0]);
    assert.equal(engine.span(lastKey)?.sources[0]?.line, calls);
    assert.equal(offsets().length, calls);
    assert.equal((await engine.handlers.getStats({})).calls, calls);
    const again = createEngine();
    try {
      await again.handlers.addSource({ path: folder });
      await again.handlers.whenIdle({});
      assert.deepEqual([...engine.spans()], [...again.spans()]);
    } finally {
      await again.dispose();
    }
  });

  it('stays as it is when the reading is stopped, goes on with what is written, and is read to its end when it is resumed', async () => {
    await engine.handlers.stopReading({ path: folder });
    await engine.handlers.whenIdle({});
    const stopped = await status();
    assert.equal(stopped.state, 'stopped');
    assert.ok((stopped.progress ?? 1) < 1 && stopped.unreadBytes > 0);
    fs.appendFileSync(file, line(calls));
    await until(() => engine.span(`at:big.jsonl:${Buffer.byteLength(text)}`) !== undefined);
    // it is shown before the look at the file is over
    await engine.handlers.whenIdle({});
    const { state, records } = await status();
    assert.deepEqual([state, records], ['stopped', stopped.records + 1]);
    await engine.handlers.resumeReading({ path: folder });
    await engine.handlers.whenIdle({});
    assert.deepEqual([(await status()).state, (await status()).records], ['live', calls + 1]);
  });

  it('forgets the calls of a file that goes while it is read', async () => {
    fs.rmSync(file);
    await until(() => engine.span(lastKey) === undefined);
    assert.deepEqual(offsets(), []);
  });
});
