import assert from 'node:assert/strict';
import fs from 'node:fs';
import fc from 'fast-check';
import { placeOf } from '../../../../src/model/source';
import { FollowedFolder, lines } from '../folder';
import { zipOf } from './zipWriter';

describe('zip archives', () => {
  let folder: FollowedFolder;
  afterEach(() => folder.dispose());

  async function readOnce(...archives: readonly Buffer[]): Promise<void> {
    folder = new FollowedFolder({ final: true });
    archives.forEach((bytes, i) => folder.append(`${i}.zip`, bytes));
    await folder.source.start();
    await folder.settle();
  }

  const status = (name: string) => folder.believed.file(folder.path(name)).status;
  const ids = (entry: string): unknown[] => folder.ids('0.zip', entry);

  /** Entries that were told of, in the order they were read. */
  const entries = (): string[] =>
    [...folder.believed.files]
      .filter(([place, file]) => place.includes('\0') && file.records.size > 0)
      .map(([place]) => place.slice(place.indexOf('\0') + 1));

  const every = [
    { name: 'logs/c.jsonl', content: lines(3) },
    { name: 'logs/a.jsonl', content: lines(1), method: 0 },
    { name: 'b.jsonl', content: lines(2), isLarge: true },
    { name: 'folder/', content: '', method: 0 },
    { name: 'empty.jsonl', content: '', method: 0 },
    { name: 'readme.md', content: '# words\n' },
    { name: 'picture.png', content: Buffer.from([0x89, 0x50, 0x4e, 0x47, 0, 1, 2]) },
  ];

  it('are read entry by entry, in the order of their names', async () => {
    await readOnce(zipOf(every, { comment: 'PK\u0005\u0006 a comment' }));
    assert.deepEqual(entries(), ['b.jsonl', 'logs/a.jsonl', 'logs/c.jsonl']);
    assert.deepEqual([ids('logs/a.jsonl'), ids('b.jsonl'), ids('logs/c.jsonl')], [[1], [2], [3]]);
    assert.equal(status('0.zip')?.state, 'live');
    assert.equal(status('0.zip')?.message, undefined);
  });

  it('are read by what stands before each entry while there is no directory', async () => {
    const streams = every.map(entry => ({ ...entry, isStream: entry.content !== '' }));
    const stored = { name: 'z.jsonl', content: lines(9), method: 0, isStream: true };
    await readOnce(zipOf([...streams, stored], { withoutDirectory: true }));
    assert.deepEqual(entries(), ['b.jsonl', 'logs/a.jsonl', 'logs/c.jsonl', 'z.jsonl']);
    assert.deepEqual(ids('z.jsonl'), [9]);
    assert.equal(status('0.zip')?.message, 'It is cut off: the end is missing.');
  });

  it('say which entries cannot be read, and read the others', async () => {
    await readOnce(
      zipOf([
        { name: 'good.jsonl', content: lines(1) },
        { name: 'secret.jsonl', content: lines(2), isEncrypted: true },
        { name: 'lzma.jsonl', content: lines(3), method: 14 },
        { name: 'wrong.jsonl', content: lines(4), says: { crc: 1 } },
        { name: 'torn.jsonl', content: lines(5), packed: Buffer.from('nothing') },
        { name: 'inner.jsonl.gz', content: Buffer.from([0x1f, 0x8b, 8, 0, 0]) },
      ]),
    );
    assert.deepEqual(entries(), ['good.jsonl']);
    const reason = (entry: string): string | undefined => folder.reasons('0.zip', entry)[0];
    assert.equal(reason('secret.jsonl'), 'Encrypted: unpack it to read it.');
    assert.match(reason('lzma.jsonl') ?? '', /^Packed with method 14/);
    assert.equal(reason('wrong.jsonl'), 'It is damaged: its checksum is another one.');
    assert.match(reason('torn.jsonl') ?? '', /^It is damaged/);
    assert.equal(reason('inner.jsonl.gz'), 'Compressed with gzip: unpack it to read it.');
    assert.match(status('0.zip')?.message ?? '', /^In lzma\.jsonl: Packed with method 14/);
  });

  it('do not blow up: what is too large when unpacked is said, whatever the archive says', async () => {
    const zeros = Buffer.alloc(40 * 1024 * 1024);
    await readOnce(
      zipOf([
        { name: 'bomb.jsonl', content: zeros },
        { name: 'liar.jsonl', content: zeros, says: { unpackedBytes: 10 } },
        { name: 'good.jsonl', content: lines(1) },
      ]),
    );
    assert.deepEqual(ids('good.jsonl'), [1]);
    for (const entry of ['bomb.jsonl', 'liar.jsonl']) {
      assert.match(folder.reasons('0.zip', entry)[0] ?? '', /more than 500 times its packed size/);
    }
  });

  it('write nothing anywhere, whatever their entries are called', async () => {
    const names = ['../../../evil.jsonl', '/etc/evil.jsonl', 'C:\\evil.jsonl', 'a\u0000b.jsonl'];
    await readOnce(zipOf(names.map(name => ({ name, content: lines(name) }))));
    for (const name of names) {
      assert.deepEqual(folder.ids('0.zip', name), [name]);
    }
    assert.deepEqual(fs.readdirSync(folder.root), ['0.zip']);
  });

  it('are read again when they grow; what is the same in them stands', async () => {
    folder = new FollowedFolder();
    await folder.source.start();
    const first = [
      { name: 'a.jsonl', content: lines(1) },
      { name: 'b.jsonl', content: lines(2) },
    ];
    folder.append('0.zip', zipOf(first));
    await folder.settle();
    assert.deepEqual([ids('a.jsonl'), ids('b.jsonl')], [[1], [2]]);
    const next = [
      { name: 'a.jsonl', content: lines(1) },
      { name: 'c.jsonl', content: lines(3) },
    ];
    fs.writeFileSync(folder.path('0.zip'), zipOf(next));
    await folder.settle();
    assert.deepEqual([ids('a.jsonl'), ids('b.jsonl'), ids('c.jsonl')], [[1], [], [3]]);
    assert.equal(folder.believed.file(placeOf(folder.path('0.zip'), 'a.jsonl')).resets, 0);
  });

  it('of any bytes are survived', async () => {
    const archive = zipOf(every);
    await fc.assert(
      fc
        .asyncProperty(
          fc.array(fc.tuple(fc.nat(archive.length - 1), fc.nat(255)), { maxLength: 8 }),
          fc.nat(archive.length),
          async (edits, length) => {
            const bytes = Buffer.from(archive.subarray(0, Math.max(8, length)));
            for (const [at, value] of edits) {
              if (at >= 4 && at < bytes.length) {
                bytes[at] = value;
              }
            }
            await readOnce(bytes);
            const { state, message } = status('0.zip') ?? {};
            assert.ok(state === 'live' || state === 'notALog', `${state}: ${message}`);
          },
        )
        .afterEach(() => folder.dispose()),
      { numRuns: 150 },
    );
  });
});
