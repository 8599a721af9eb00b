import assert from 'node:assert/strict';
import fs from 'node:fs';
import fc from 'fast-check';
import { stampOf } from '../../../src/engine/read/fileStamp';
import { type FileAtRest, RestingFiles } from '../../../src/engine/read/restingFiles';
import { lines } from './folder';
import { later, LookedAtFolder } from './lookedAt';

const bytes = fc.nat(2 ** 40);
const checksum = fc.nat(0xffff_ffff);
const long = fc.bigInt({ min: 0n, max: 2n ** 64n - 1n });
const time = fc.bigInt({ min: 0n, max: 4_000_000_000_000_000_000n });

const filesAtRest: fc.Arbitrary<FileAtRest> = fc.record({
  stamp: fc
    .record({ device: long, number: long, size: bytes, mtimeNs: time, ctimeNs: time })
    .map(({ device, number, ...rest }) => ({
      ...rest,
      identity: `${device}:${number}`,
      device: Number(device),
      fileNumber: Number(number),
      isRacy: false,
    })),
  content: fc.option(
    fc.record({
      consumed: fc.record({
        offset: bytes,
        checksum,
        headLength: fc.nat(4096),
        headChecksum: checksum,
        tailLength: fc.nat(5000),
        tailChecksum: checksum,
      }),
      gate: fc.record({
        recordBytes: bytes,
        skippedBytes: bytes,
        linesInRow: fc.nat(),
        lastItemLength: bytes,
      }),
      line: fc.nat(),
      isDocument: fc.boolean(),
    }),
    { nil: undefined },
  ),
});

describe('Files at rest', () => {
  it('are what they were when they came to rest, whichever leave and come again', () => {
    const actions = fc.array(fc.tuple(fc.constantFrom('a', 'b', 'c', 'd'), filesAtRest), {
      maxLength: 30,
    });
    fc.assert(
      fc.property(actions, list => {
        const expected = new Map<string, FileAtRest>();
        const resting = new RestingFiles();
        for (const [name, file] of list) {
          if (expected.delete(name)) {
            resting.remove(name);
          } else {
            expected.set(name, structuredClone(file)); // the generator makes objects without a prototype
            resting.add(name, file);
          }
        }
        const sum = (of: (file: FileAtRest) => number): number =>
          [...expected.values()].reduce((all, file) => all + of(file), 0);
        assert.deepEqual(
          new Map([...resting.files()].map(name => [name, resting.get(name)])),
          expected,
        );
        assert.deepEqual(resting.bytes, {
          size: sum(({ stamp }) => stamp.size),
          read: sum(({ stamp, content }) => content?.consumed.offset ?? stamp.size),
        });
      }),
    );
  });

  it('are stale when a glance shows another state', () => {
    const folder = new LookedAtFolder();
    try {
      const file = folder.path('a.jsonl');
      fs.writeFileSync(file, lines(1));
      const resting = new RestingFiles();
      const stamp = { ...stampOf(fs.statSync(file, { bigint: true })), isRacy: false };
      resting.add(file, { stamp, content: undefined });
      assert.equal(resting.isSame(file, fs.statSync(file)), true);
      fs.appendFileSync(file, lines(2));
      assert.equal(resting.isSame(file, fs.statSync(file)), false);
      assert.equal(resting.isSame(folder.path('b.jsonl'), fs.statSync(file)), false);
    } finally {
      folder.dispose();
    }
  });
});

describe('A file to which nobody has written for long', () => {
  const longAgo = new Date('2020-01-01T00:00:00Z');
  let folder: LookedAtFolder;
  beforeEach(() => {
    folder = new LookedAtFolder();
  });
  afterEach(() => folder.dispose());

  /** Written long ago and read; nothing looks at it any more. */
  async function restingFile(name: string, content: string): Promise<void> {
    fs.writeFileSync(folder.path(name), content);
    fs.utimesSync(folder.path(name), longAgo, longAgo);
    // until its times tell of each later write
    await new Promise(resolve => setTimeout(resolve, 50));
    await folder.look('whole');
    await folder.look('changed'); // the first folder is listed again at once
    await folder.look('changed');
    assert.equal(folder.glanced.has(name), false);
  }

  async function lookAll(): Promise<void> {
    await folder.look('changed', () => true);
  }

  it('is read on when it grows, its record and what it said before being kept', async () => {
    await restingFile('a.jsonl', lines(1, 2));
    fs.appendFileSync(folder.path('a.jsonl'), lines(3));
    await lookAll();
    assert.deepEqual(folder.ids('a.jsonl'), [1, 2, 3]);
    const { resets, records } = folder.believed.file(folder.path('a.jsonl'));
    assert.equal(resets, 0);
    assert.deepEqual(
      [...records.values()].map(({ line }) => line),
      [1, 2, 3],
    );
  });

  it('is read on at once when an event tells of it', async () => {
    await restingFile('a.jsonl', lines(1));
    fs.appendFileSync(folder.path('a.jsonl'), lines(2));
    await folder.hint('a.jsonl');
    assert.deepEqual(folder.ids('a.jsonl'), [1, 2]);
  });

  it('is read again when its bytes were exchanged, whatever its size says', async () => {
    await restingFile('a.jsonl', lines(1, 2));
    fs.writeFileSync(folder.path('a.jsonl'), lines(3, 4));
    await lookAll();
    assert.deepEqual(folder.ids('a.jsonl'), [3, 4]);
  });

  it('is read again when another file has its name', async () => {
    await restingFile('a.jsonl', lines(1, 2));
    fs.writeFileSync(folder.path('b'), lines(1, 2, 3));
    fs.renameSync(folder.path('b'), folder.path('a.jsonl'));
    await lookAll();
    assert.deepEqual(folder.ids('a.jsonl'), [1, 2, 3]);
    assert.equal(folder.believed.file(folder.path('a.jsonl')).resets, 1);
  });

  it('is forgotten when it is gone', async () => {
    await restingFile('a.jsonl', lines(1));
    await restingFile('b.jsonl', lines(2));
    fs.rmSync(folder.path('a.jsonl'));
    await folder.look('changed');
    assert.deepEqual(folder.ids('a.jsonl'), []);
    assert.equal(folder.believed.file(folder.path('a.jsonl')).status?.state, 'gone');
    fs.rmSync(folder.path('b.jsonl'));
    await folder.hint('b.jsonl');
    assert.deepEqual(folder.ids('b.jsonl'), []);
  });

  it('is kept as it was while it is a document that is being written again', async () => {
    const document = (text: string): string => `{\n  "id": 1,\n  "text": "${text}"\n}\n`;
    await restingFile('a.json', document('before'));
    const half = document('after'.repeat(9));
    fs.writeFileSync(folder.path('a.json'), half.slice(0, 30));
    await lookAll();
    assert.deepEqual(folder.believed.values(folder.path('a.json')), [{ id: 1, text: 'before' }]);
    fs.writeFileSync(folder.path('a.json'), half);
    await lookAll();
    assert.deepEqual(folder.believed.values(folder.path('a.json')), [
      { id: 1, text: 'after'.repeat(9) },
    ]);
  });

  it('that turns out to be a log tells of all that is in it', async () => {
    await restingFile('README', 'a word\n');
    assert.deepEqual(folder.believed.file(folder.path('README')).skipped, []);
    fs.appendFileSync(folder.path('README'), lines(1));
    await lookAll();
    assert.deepEqual(folder.ids('README'), [1]);
    assert.equal(folder.believed.file(folder.path('README')).skipped.length, 1);
  });

  it('comes to rest also when it was lively for a while', async () => {
    await restingFile('a.jsonl', lines(1));
    fs.appendFileSync(folder.path('a.jsonl'), lines(2));
    await folder.hint('a.jsonl');
    fs.utimesSync(folder.path('a.jsonl'), longAgo, longAgo);
    await new Promise(resolve => setTimeout(resolve, 50));
    await lookAll();
    await later(3_600_000, async () => {
      await folder.look('changed', () => false);
      await folder.look('changed', () => false);
    });
    fs.appendFileSync(folder.path('a.jsonl'), lines(3));
    await lookAll();
    assert.deepEqual(folder.ids('a.jsonl'), [1, 2, 3]);
  });
});
