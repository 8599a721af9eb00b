import assert from 'node:assert/strict';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import zlib from 'node:zlib';
import { createEngine } from '../../../src/engine/createEngine';
import type { Engine } from '../../../src/engine/engine';
import { callLine } from '../../callLine';
import { zipOf } from '../read/packed/zipWriter';

const range = { start: 0, end: 100 };

describe('the engine on packed files', () => {
  let folder: string;
  let engine: Engine;

  beforeEach(() => {
    folder = fs.mkdtempSync(path.join(os.tmpdir(), 'callsight-packed-'));
    engine = createEngine({ hashRecords: true });
  });

  afterEach(async () => {
    await engine.dispose();
    fs.rmSync(folder, { recursive: true });
  });

  async function open(name: string, bytes: Buffer): Promise<string> {
    const file = path.join(folder, name);
    fs.writeFileSync(file, bytes);
    await engine.handlers.addSource({ path: folder });
    await engine.handlers.whenIdle({});
    return file;
  }

  it('shows an archive as one file, with the records of its entries', async () => {
    const file = await open(
      'logs.zip',
      zipOf([
        { name: 'a.jsonl', content: `${line('a')}broken\n` },
        { name: 'b/b.jsonl', content: `broken\n${line('b')}` },
      ]),
    );
    const files = await engine.handlers.listFiles({ source: folder, ...range });
    assert.equal(files.total, 1);
    const [status] = files.items;
    assert.deepEqual(
      [status?.path, status?.name, status?.state, status?.entries],
      [file, 'logs.zip', 'live', 2],
    );
    assert.deepEqual([status?.records, status?.calls, status?.skipped], [2, 2, 2]);
    const skipped = await engine.handlers.listSkipped({ file, ...range });
    assert.deepEqual(
      skipped.items.map(({ entry, line: at }) => [entry, at]),
      [
        ['a.jsonl', 2],
        ['b/b.jsonl', 1],
      ],
    );
  });

  it('opens the record of a call in an entry, by a key that names the entry', async () => {
    const text = line('a')
      .replace('"request_id":"a",', '')
      .replace(/"tags".*\}\}/, '"tags":{}}');
    const file = await open('logs.zip', zipOf([{ name: 'a.jsonl', content: text }]));
    const span = await engine.handlers.getSpan({ key: 'at:logs.zip!/a.jsonl:0' });
    assert.equal(span?.raw[0]?.text, text.trimEnd());
    assert.equal(span.raw[0]?.source.entry, 'a.jsonl');
    assert.equal(span.content?.inputMessages.length, 1);
    const groups = await engine.handlers.listGroups({ groupBy: 'file', ...range });
    assert.deepEqual(
      groups.items.map(group => [group.id, group.label]),
      [[file, 'logs.zip']],
    );
  });

  it('says that an archive without a call is no log, and forgets one that is removed', async () => {
    await open('logs.zip', zipOf([{ name: 'a.json', content: '{"not":"a call"}' }]));
    const files = async () =>
      (await engine.handlers.listFiles({ source: folder, ...range })).items[0];
    assert.equal((await files())?.state, 'notALog');
    await engine.handlers.removeSource({ path: folder });
    const file = await open('logs.zip', zipOf([{ name: 'a.jsonl', content: line('a') }]));
    assert.equal((await files())?.calls, 1);
    await engine.handlers.removeSource({ path: folder });
    assert.deepEqual((await engine.handlers.listSkipped({ file, ...range })).items, []);
    assert.equal(await engine.handlers.getSpan({ key: 'request:a' }), null);
  });

  it('takes a rotated log once, also when it is compressed', async () => {
    const file = await open('a.jsonl', Buffer.from(line('a')));
    fs.writeFileSync(`${file}.1.gz`, zlib.gzipSync(line('a') + line('b')));
    fs.writeFileSync(file, line('c'));
    await engine.handlers.whenIdle({});
    const { total } = await engine.handlers.listTraces(range);
    assert.equal(total, 3);
  });
});

function line(id: string): string {
  const tags = { trace_id: `trace-${id}` };
  return callLine(`question ${id}`, { request_id: id, timestamp: '2026-10-05T08:00:00', tags });
}
