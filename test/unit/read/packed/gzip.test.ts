import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';
import zlib from 'node:zlib';
import type { LogSourceOptions } from '../../../../src/engine/read/logSourceOptions';
import { recordText, readRecordBytes } from '../../../../src/engine/read/readRecord';
import { placeOf } from '../../../../src/model/source';
import { unaccounted } from '../believed';
import { FollowedFolder, lines } from '../folder';

describe('compressed logs', () => {
  let folder: FollowedFolder;
  afterEach(() => folder.dispose());

  async function follow(options: Partial<LogSourceOptions> = {}): Promise<void> {
    folder = new FollowedFolder(options);
    await folder.source.start();
  }

  /** Reads once, as the command line does. */
  async function readOnce(files: Readonly<Record<string, Buffer>>): Promise<void> {
    folder = new FollowedFolder({ final: true });
    for (const [name, bytes] of Object.entries(files)) {
      folder.append(name, bytes);
    }
    await folder.source.start();
    await folder.settle();
  }

  const status = (name: string) => folder.believed.file(folder.path(name)).status;

  it('are read by their unpacked bytes, member after member', async () => {
    const text = `${lines(1, 2)}broken\n${lines(3)}`;
    const packed = Buffer.concat([zlib.gzipSync(text), zlib.gzipSync(lines(4))]);
    await readOnce({ 'a.jsonl.gz': packed });
    assert.deepEqual(folder.ids('a.jsonl.gz', 'a.jsonl'), [1, 2, 3, 4]);
    assert.deepEqual(folder.reasons('a.jsonl.gz', 'a.jsonl'), ['no format knows this line']);
    assert.equal(status('a.jsonl.gz')?.state, 'live');
    const entry = folder.believed.file(placeOf(folder.path('a.jsonl.gz'), 'a.jsonl'));
    const unpacked = Buffer.from(text + lines(4));
    const statusOfEntry = { state: 'live', sizeBytes: 0, pendingBytes: 0 } as const;
    const said = [...entry.records.values(), ...entry.skipped];
    const blankBytes = unpacked.length - said.reduce((sum, { length }) => sum + length, 0);
    assert.deepEqual(
      unaccounted({ ...entry, status: { ...statusOfEntry, blankBytes } }, unpacked),
      [],
    );
  });

  it('give their records again when one is opened', async () => {
    await readOnce({ 'a.jsonl.gz': zlib.gzipSync(lines(1, 2)) });
    const source = {
      file: folder.path('a.jsonl.gz'),
      entry: 'a.jsonl',
      offset: 9,
      length: 8,
      line: 2,
    };
    const read = readRecordBytes(source, 1000);
    assert.equal(read.state === 'read' && recordText(read.bytes, read.encoding), '{"id":2}');
    fs.writeFileSync(source.file, zlib.gzipSync(lines(1)));
    const cut = readRecordBytes(source, 1000);
    assert.equal(cut.state === 'read' && cut.changedOnDisk, true);
    assert.equal(readRecordBytes({ ...source, entry: 'b' }, 1000).state, 'unreadable');
    fs.writeFileSync(source.file, lines(1));
    assert.equal(readRecordBytes(source, 1000).state, 'unreadable');
  });

  it('are read as far as they go when their end is missing, and say so', async () => {
    const packed = zlib.gzipSync(
      lines(...Array.from({ length: 2000 }, (_, i) => `${i}${Math.sin(i)}`)),
    );
    await readOnce({ 'a.jsonl.gz': packed.subarray(0, packed.length >> 1) });
    assert.ok(folder.ids('a.jsonl.gz', 'a.jsonl').length > 500);
    assert.deepEqual(folder.reasons('a.jsonl.gz', 'a.jsonl'), [
      'cut off: no line break at the end of the file',
    ]);
    assert.equal(status('a.jsonl.gz')?.message, 'It is cut off: the end is missing.');
  });

  it('are kept as they were while they are written again, and read when they are whole', async () => {
    await follow();
    folder.append('a.jsonl.gz', zlib.gzipSync(lines(1)));
    await folder.settle();
    assert.deepEqual(folder.ids('a.jsonl.gz', 'a.jsonl'), [1]);
    const packed = zlib.gzipSync(lines(2, 3));
    fs.writeFileSync(folder.path('a.jsonl.gz'), packed.subarray(0, 20));
    await folder.settle();
    assert.deepEqual(folder.ids('a.jsonl.gz', 'a.jsonl'), [1]);
    assert.match(status('a.jsonl.gz')?.message ?? '', /still being written/);
    assert.equal(status('a.jsonl.gz')?.pendingBytes, 20);
    folder.append('a.jsonl.gz', packed.subarray(20));
    await folder.settle();
    assert.deepEqual(folder.ids('a.jsonl.gz', 'a.jsonl'), [2, 3]);
    assert.equal(status('a.jsonl.gz')?.message, undefined);
    assert.equal(status('a.jsonl.gz')?.pendingBytes, 0);
  });

  it('give only what is new when a member is added', async () => {
    await follow();
    folder.append('a.jsonl.gz', zlib.gzipSync(lines(1)));
    await folder.settle();
    folder.append('a.jsonl.gz', zlib.gzipSync(lines(2)));
    await folder.settle();
    assert.deepEqual(folder.ids('a.jsonl.gz', 'a.jsonl'), [1, 2]);
    const entry = folder.believed.file(placeOf(folder.path('a.jsonl.gz'), 'a.jsonl'));
    assert.equal(entry.resets, 0);
    assert.deepEqual([...entry.records.values()].at(-1)?.line, 2);
  });

  it('leave nothing behind when they go, or become a text file', async () => {
    await follow();
    folder.append('a.jsonl', zlib.gzipSync(lines(1)));
    folder.append('b.jsonl.gz', zlib.gzipSync(lines(1)));
    await folder.settle();
    assert.deepEqual(folder.ids('a.jsonl', 'a.jsonl'), [1]);
    fs.writeFileSync(folder.path('a.jsonl'), lines(2));
    fs.rmSync(folder.path('b.jsonl.gz'));
    await folder.settle();
    assert.deepEqual(folder.ids('a.jsonl', 'a.jsonl'), []);
    assert.deepEqual(folder.ids('a.jsonl'), [2]);
    assert.deepEqual(folder.ids('b.jsonl.gz', 'b.jsonl'), []);
    assert.equal(status('b.jsonl.gz')?.state, 'gone');
  });

  it('are refused, with the reason, when they are damaged, no text, or a bomb', async () => {
    const damaged = zlib.gzipSync(lines(1, 2, 3));
    damaged.writeUInt32LE(0, damaged.length - 8);
    await readOnce({
      'damaged.jsonl.gz': damaged,
      'bomb.jsonl.gz': zlib.gzipSync(Buffer.alloc(40 * 1024 * 1024)),
      'archive.tgz': zlib.gzipSync(zlib.gzipSync('x')),
      'nothing.gz': zlib.gzipSync('only words\n'),
    });
    assert.equal(status('damaged.jsonl.gz')?.message, 'It is damaged: incorrect data check.');
    assert.deepEqual(folder.reasons('damaged.jsonl.gz'), ['It is damaged: incorrect data check.']);
    assert.match(status('bomb.jsonl.gz')?.message ?? '', /more than 500 times its packed size/);
    assert.equal(status('archive.tgz')?.state, 'notALog');
    assert.equal(status('nothing.gz')?.message, 'No record of a known format in it.');
    assert.deepEqual(folder.believed.reasons(folder.path('nothing.gz')), []);
  });

  it('are all read, however many there are', async () => {
    folder = new FollowedFolder({ final: true });
    const names = Array.from({ length: 60 }, (_, i) => `a.jsonl.${i}.gz`);
    names.forEach((name, i) => folder.append(name, zlib.gzipSync(lines(i, 'x'.repeat(300_000)))));
    await folder.source.start();
    await folder.settle();
    const found = names.map(name => folder.ids(name, path.basename(name, '.gz'))[0]);
    assert.deepEqual(
      found,
      names.map((_, i) => i),
    );
  });

  it('with Zstandard are read frame by frame where this Node can, else it is said', async () => {
    // Node has it since 22.15, our types of Node are older
    const compress = Reflect.get(zlib, 'zstdCompressSync') as
      | ((text: string) => Buffer)
      | undefined;
    if (compress === undefined) {
      await readOnce({ 'a.jsonl.zst': Buffer.from([0x28, 0xb5, 0x2f, 0xfd, 0]) });
      assert.match(status('a.jsonl.zst')?.message ?? '', /needs Node 22\.15 or newer/);
      return;
    }
    const packed = Buffer.concat([compress(lines(1)), compress(lines(2, 3))]);
    await readOnce({ 'a.jsonl.zst': packed, 'b.jsonl.zst': packed.subarray(0, -4) });
    assert.deepEqual(folder.ids('a.jsonl.zst', 'a.jsonl'), [1, 2, 3]);
    assert.deepEqual(folder.ids('b.jsonl.zst', 'b.jsonl')[0], 1);
    assert.equal(status('b.jsonl.zst')?.message, 'It is cut off: the end is missing.');
  });
});
