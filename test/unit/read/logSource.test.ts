import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { diskAccess, type FileAccess } from '../../../src/engine/read/fileAccess';
import type { LogSourceOptions } from '../../../src/engine/read/logSourceOptions';
import { unaccounted } from './believed';
import { FollowedFolder, lines } from './folder';

describe('LogSource', () => {
  let folder: FollowedFolder;
  afterEach(() => folder.dispose());

  async function follow(options: Partial<LogSourceOptions> = {}): Promise<void> {
    folder = new FollowedFolder(options);
    await folder.source.start();
  }

  it('gives a line when it is whole, and not before', async () => {
    await follow();
    folder.append('a.jsonl', '{"id":1}\n{"id":');
    await folder.settle();
    assert.deepEqual(folder.ids('a.jsonl'), [1]);
    assert.equal(folder.believed.file(folder.path('a.jsonl')).status?.pendingBytes, 6);
    folder.append('a.jsonl', '2}\n');
    await folder.settle();
    assert.deepEqual(folder.ids('a.jsonl'), [1, 2]);
    assert.deepEqual(folder.reasons('a.jsonl'), []);
  });

  it('gives a last value without a line break after a silence, and what is appended to it as well', async () => {
    await follow();
    folder.append('a.jsonl', '{"id":1}\n{"id":2}');
    await folder.settle();
    assert.deepEqual(folder.ids('a.jsonl'), [1, 2]);
    folder.append('a.jsonl', '\n{"id":3}\n');
    await folder.settle();
    assert.deepEqual(folder.ids('a.jsonl'), [1, 2, 3]);
    assert.equal(folder.believed.file(folder.path('a.jsonl')).resets, 0);
  });

  it('treats the end of a file as its end when it is asked to read only once', async () => {
    folder = new FollowedFolder({ final: true });
    folder.append('a.jsonl', '{"id":1}\n{"id":2}');
    folder.append('b.jsonl', '{"id":1}\n{"id":2');
    await folder.source.start();
    await folder.settle();
    assert.deepEqual(folder.ids('a.jsonl'), [1, 2]);
    assert.deepEqual(folder.reasons('b.jsonl'), ['cut off: no line break at the end of the file']);
  });

  it('reads a rewritten file again when size, head and times are the same', async () => {
    await follow();
    const log = folder.path('a.jsonl');
    folder.append('a.jsonl', lines(...Array.from({ length: 60 }, (_, i) => 100 + i)));
    await folder.settle();
    const stat = fs.statSync(log);
    const content = fs.readFileSync(log, 'utf8').replace('"id":130', '"id":999');
    const descriptor = fs.openSync(log, 'r+');
    fs.writeSync(descriptor, content, 0);
    fs.closeSync(descriptor);
    fs.utimesSync(log, stat.atime, stat.mtime);
    await folder.settle();
    assert.equal(folder.ids('a.jsonl')[30], 999);
    assert.equal(folder.ids('a.jsonl').length, 60);
  });

  it('reads a file again that was edited in its middle and has grown before anybody looked', async () => {
    await follow();
    const log = folder.path('a.jsonl');
    folder.append('a.jsonl', lines(...Array.from({ length: 900 }, (_, i) => 1000 + i)));
    await folder.settle();
    const content = fs.readFileSync(log, 'utf8').replace('"id":1600', '"id":9999');
    fs.writeFileSync(log, `${content}${lines(1900)}`);
    // longer than the times of a file are doubtful
    await new Promise(resolve => setTimeout(resolve, 50));
    await folder.source.reconcileNow();
    assert.equal(folder.ids('a.jsonl')[600], 9999);
    assert.equal(folder.ids('a.jsonl').length, 901);
  });

  it('reads a file again that was truncated and written larger at once, with the same head', async () => {
    await follow();
    const head = lines('h'.repeat(5000));
    folder.append('a.jsonl', head + lines(1, 2, 3));
    await folder.settle();
    fs.writeFileSync(folder.path('a.jsonl'), head + lines(4, 5, 6, 7, 8));
    await folder.settle();
    assert.deepEqual(folder.ids('a.jsonl').slice(1), [4, 5, 6, 7, 8]);
  });

  it('does not read a file again that was only touched', async () => {
    await follow();
    folder.append('a.jsonl', lines(1, 2));
    await folder.settle();
    fs.utimesSync(folder.path('a.jsonl'), 1, 1);
    await folder.settle();
    assert.equal(folder.believed.file(folder.path('a.jsonl')).resets, 0);
    assert.deepEqual(folder.ids('a.jsonl'), [1, 2]);
  });

  it('reads little more than the line that is appended to a log of megabytes', async () => {
    let bytes = 0;
    const access: FileAccess = {
      ...diskAccess,
      open: file => {
        const opened = diskAccess.open(file);
        return {
          ...opened,
          read: (target, length, offset) => {
            const read = opened.read(target, length, offset);
            bytes += read;
            return read;
          },
        };
      },
    };
    await follow({ access });
    const line = `${JSON.stringify({ id: 1, text: 'x'.repeat(2000) })}\n`;
    folder.append('a.jsonl', line.repeat(4000));
    await folder.settle();
    assert.ok(bytes >= 4000 * line.length);
    bytes = 0;
    folder.append('a.jsonl', lines(2));
    await folder.settle();
    assert.equal(folder.ids('a.jsonl').length, 4001);
    assert.ok(bytes < 64 * 1024, `${bytes} bytes`);
  });

  it('keeps a document until the new one is whole', async () => {
    await follow();
    const doc = folder.path('doc.json');
    fs.writeFileSync(doc, '{\n "id": "old"\n}');
    await folder.settle();
    assert.deepEqual(folder.ids('doc.json'), ['old']);
    fs.writeFileSync(doc, '{\n "id": "new",\n');
    await folder.settle();
    assert.deepEqual(folder.ids('doc.json'), ['old']);
    assert.equal(folder.believed.file(doc).status?.pendingBytes, 16);
    folder.append('doc.json', ' "more": 1\n}\n');
    await folder.settle();
    assert.deepEqual(folder.ids('doc.json'), ['new']);
  });

  it('decodes UTF-16 and names the original bytes', async () => {
    await follow();
    const text = '\ufeff{"id":"ä😀"}\r\n{"id":2}\r\n';
    const little = Buffer.from(text, 'utf16le');
    folder.append('le.jsonl', little);
    folder.append('be.jsonl', Buffer.from(little).swap16());
    await folder.settle();
    for (const name of ['le.jsonl', 'be.jsonl']) {
      assert.deepEqual(folder.ids(name), ['ä😀', 2]);
      const { records } = folder.believed.file(folder.path(name));
      assert.deepEqual(
        [...records.values()].map(({ offset, length }) => ({ offset, length })),
        [
          { offset: 2, length: 24 },
          { offset: 30, length: 16 },
        ],
      );
    }
  });

  it('keeps a record with broken characters', async () => {
    await follow();
    folder.append(
      'a.jsonl',
      Buffer.from([...Buffer.from('{"id":"a'), 0xff, ...Buffer.from('b"}\n')]),
    );
    await folder.settle();
    assert.deepEqual(folder.ids('a.jsonl'), ['a\ufffdb']);
  });

  it('says what a file is that is not a text log', async () => {
    await follow();
    folder.append('a.jsonl.1.bz2', 'BZh91AY&SY');
    folder.append('b.parquet', 'PAR1\0rest');
    folder.append(
      'junk.jsonl',
      Buffer.from(Array.from({ length: 999 }, (_, i) => (i * 7919) % 256)),
    );
    folder.append('README.md', '# Read me\n\nNothing here.\n');
    await folder.settle();
    const message = (name: string): string | undefined =>
      folder.believed.file(folder.path(name)).status?.message;
    assert.equal(message('a.jsonl.1.bz2'), 'Compressed with bzip2: unpack it to read it.');
    assert.equal(message('b.parquet'), 'A Parquet file, not a text log.');
    assert.equal(message('junk.jsonl'), 'Binary data, not a text log.');
    assert.deepEqual(folder.reasons('junk.jsonl'), ['Binary data, not a text log.']);
    assert.equal(message('README.md'), 'No record of a known format in it.');
    assert.deepEqual(folder.reasons('README.md'), []);
  });

  it('says of all of a file that it is not read, also when it has grown or become something else', async () => {
    await follow();
    const log = folder.path('junk.jsonl');
    const ranges = (): unknown[] =>
      folder.believed.file(log).skipped.map(({ offset, length }) => [offset, length]);
    folder.append('junk.jsonl', 'PAR1\0rest');
    await folder.settle();
    folder.append('junk.jsonl', 'and more');
    await folder.settle();
    assert.deepEqual(ranges(), [[0, 17]]);
    const descriptor = fs.openSync(log, 'r+');
    fs.writeSync(descriptor, '%PDF-', 0);
    fs.closeSync(descriptor);
    await folder.settle();
    assert.deepEqual(ranges(), [[0, 17]]);
    assert.deepEqual(folder.reasons('junk.jsonl'), ['A PDF, not a log.']);
  });

  it('tells the unknown lines of a file as soon as it turns out to be a log', async () => {
    await follow();
    folder.append('server', 'starting\nlistening\n');
    await folder.settle();
    assert.deepEqual(folder.reasons('server'), []);
    folder.append('server', lines(1));
    await folder.settle();
    assert.deepEqual(folder.reasons('server'), [
      'no format knows this line',
      'no format knows this line',
    ]);
    assert.deepEqual(folder.ids('server'), [1]);
  });

  it('waits for what a preallocated file will hold and skips the hole that a stale writer leaves', async () => {
    await follow();
    const log = folder.path('a.jsonl');
    fs.writeFileSync(log, Buffer.alloc(4096));
    await folder.settle();
    const descriptor = fs.openSync(log, 'r+');
    fs.writeSync(descriptor, lines(1, 2), 0);
    await folder.settle();
    assert.deepEqual(folder.ids('a.jsonl'), [1, 2]);
    fs.ftruncateSync(descriptor, 0);
    fs.writeSync(descriptor, lines(3), 5000);
    fs.closeSync(descriptor);
    await folder.settle();
    assert.deepEqual(folder.ids('a.jsonl'), [3]);
  });

  it('passes over a giant line that is written slowly, without holding it', async () => {
    await follow({ maxRecordBytes: 300_000 });
    folder.append('a.jsonl', `${lines(1)}{"id":"`);
    for (let i = 0; i < 20; i++) {
      folder.append('a.jsonl', 'x'.repeat(100_000));
      await folder.source.reconcileNow();
    }
    const file = folder.believed.file(folder.path('a.jsonl'));
    assert.equal(file.status?.pendingBytes, 2_000_007);
    folder.append('a.jsonl', `"}\n${lines(2)}`);
    await folder.settle();
    assert.deepEqual(folder.ids('a.jsonl'), [1, 2]);
    assert.deepEqual(folder.reasons('a.jsonl'), [
      'a line of 2,000,009 bytes, longer than the limit of 300,000',
    ]);
    assert.deepEqual(unaccounted(file, fs.readFileSync(folder.path('a.jsonl'))), []);
  });

  it('follows neither links nor pipes, and reads a file of two names once', async () => {
    await follow();
    fs.mkdirSync(folder.path('sub'));
    folder.append('sub/a.jsonl', lines(1));
    fs.symlinkSync('..', folder.path('sub', 'loop'));
    fs.symlinkSync('a.jsonl', folder.path('sub', 'link.jsonl'));
    fs.linkSync(folder.path('sub', 'a.jsonl'), folder.path('sub', 'b.jsonl'));
    execFileSync('mkfifo', [folder.path('pipe.jsonl')]);
    await folder.settle();
    assert.deepEqual(folder.ids('sub/a.jsonl'), [1]);
    assert.deepEqual(folder.ids('sub/b.jsonl'), []);
    assert.equal(
      folder.believed.file(folder.path('sub', 'link.jsonl')).status?.message,
      'A link; links are not followed.',
    );
    assert.equal(
      folder.believed.file(folder.path('pipe.jsonl')).status?.message,
      'A pipe, socket or device, not a regular file.',
    );
  });

  it('says that a file or folder may not be read, and reads it when it may', async () => {
    const forbidden = new Set<string>();
    const check = (file: string): void => {
      if (forbidden.has(path.basename(file))) {
        throw Object.assign(new Error('EACCES: permission denied'), { code: 'EACCES' });
      }
    };
    const access: FileAccess = {
      ...diskAccess,
      open: file => {
        check(file);
        return diskAccess.open(file);
      },
      list: list => {
        check(list);
        return diskAccess.list(list);
      },
    };
    forbidden.add('a.jsonl').add('closed');
    folder = new FollowedFolder({ access });
    fs.mkdirSync(folder.path('closed'));
    folder.append('closed/b.jsonl', lines(2));
    folder.append('a.jsonl', lines(1));
    await folder.source.start();
    await folder.settle();
    const status = (name: string): unknown => folder.believed.file(folder.path(name)).status;
    const nothing = { blankBytes: 0 };
    assert.deepEqual(status('a.jsonl'), {
      ...nothing,
      state: 'unreadable',
      message: 'No permission to read this file.',
      sizeBytes: 9,
      pendingBytes: 9,
    });
    assert.deepEqual(status('closed'), {
      ...nothing,
      state: 'unreadable',
      message: 'No permission to read this folder.',
      sizeBytes: 0,
      pendingBytes: 0,
    });
    forbidden.clear();
    await folder.settle();
    assert.deepEqual([...folder.ids('a.jsonl'), ...folder.ids('closed/b.jsonl')], [1, 2]);
    forbidden.add(path.basename(folder.root));
    await folder.settle();
    assert.equal(folder.source.status().state, 'unreadable');
    assert.equal(folder.source.status().message, 'No permission to read this folder.');
    assert.deepEqual(folder.ids('a.jsonl'), [1]);
  });

  it('says that a folder is empty or missing, and reads it when it comes back', async () => {
    let changes = 0;
    await follow({ onDidChangeStatus: () => changes++ });
    await folder.settle();
    assert.equal(folder.source.status().state, 'empty');
    folder.append('a.jsonl', lines(1));
    await folder.settle();
    assert.equal(folder.source.status().state, 'live');
    fs.rmSync(folder.root, { recursive: true });
    await folder.settle();
    assert.equal(folder.source.status().state, 'missing');
    assert.deepEqual(folder.ids('a.jsonl'), []);
    assert.equal(folder.believed.file(folder.path('a.jsonl')).status?.state, 'gone');
    fs.mkdirSync(folder.root);
    folder.append('a.jsonl', lines(2));
    await folder.settle();
    assert.deepEqual(folder.ids('a.jsonl'), [2]);
    assert.ok(changes >= 4);
  });

  it('tells that everything is read as soon as it is, without another look at the disk', async () => {
    const told: string[] = [];
    folder = new FollowedFolder({
      onDidChangeStatus: () => told.push(folder.source.status().state),
    });
    folder.append('a.json', '{"id":1}');
    fs.utimesSync(folder.path('a.json'), 1_700_000_000, 1_700_000_000);
    await folder.source.start();
    assert.deepEqual(told, ['reading']);
    await new Promise(resolve => setTimeout(resolve, 300));
    assert.deepEqual(told, ['reading', 'live']);
    assert.deepEqual(folder.ids('a.json'), [1]);
  });

  it('passes by the folders of tools', async () => {
    await follow();
    fs.mkdirSync(folder.path('node_modules', 'x'), { recursive: true });
    folder.append('node_modules/x/a.jsonl', lines(1));
    folder.append('a.jsonl', lines(1));
    await folder.settle();
    assert.equal(folder.source.status().files, 1);
  });

  it('keeps reading the other files when a format stumbles over one', async () => {
    await follow({
      formats: [
        {
          id: 'stumbles',
          title: 'Stumbles',
          docs: { writtenBy: '', recognisedBy: '' },
          container: 'text',
          createFramer: () => line => {
            if (line === 'trip') {
              throw new Error('fell');
            }
            return 'start';
          },
          read: () => undefined,
        },
      ],
    });
    folder.append('a.log', 'trip\n');
    folder.append('b.log', 'walk\n');
    await folder.settle();
    assert.equal(
      folder.believed.file(folder.path('a.log')).status?.message,
      'Callsight failed while it read this file: fell',
    );
    assert.deepEqual(folder.ids('b.log'), ['walk']);
  });

  it('follows a single file, also when it is replaced or comes later', async () => {
    folder = new FollowedFolder();
    const log = folder.path('a.jsonl');
    await folder.dispose();
    folder = new FollowedFolder({ path: log });
    fs.mkdirSync(path.dirname(log), { recursive: true });
    await folder.source.start();
    assert.equal(folder.source.status().state, 'missing');
    fs.writeFileSync(log, lines(1));
    fs.writeFileSync(path.join(path.dirname(log), 'other.jsonl'), lines(9));
    await folder.settle();
    assert.equal(folder.source.status().kind, 'file');
    fs.writeFileSync(`${log}.tmp`, lines(2));
    fs.renameSync(`${log}.tmp`, log);
    await folder.settle();
    assert.deepEqual([...folder.believed.files.keys()], [log]);
    assert.deepEqual(
      [...folder.believed.file(log).records.values()].map(record => record.value),
      [{ id: 2 }],
    );
    fs.rmSync(path.dirname(log), { recursive: true });
  });

  it('gives an appended line on an event, long before the next pass', async () => {
    await follow({ poll: false });
    folder.append('a.jsonl', lines(0));
    await folder.settle();
    const delays: number[] = [];
    for (let i = 1; i <= 30; i++) {
      const start = performance.now();
      folder.append('a.jsonl', lines(i));
      while (folder.ids('a.jsonl').length <= i && performance.now() - start < 1500) {
        await new Promise(resolve => setImmediate(resolve));
      }
      delays.push(performance.now() - start);
    }
    assert.equal(folder.ids('a.jsonl').length, 31);
    // Every line came by its event: a pass comes only after two seconds.
    assert.ok(Math.max(...delays) < 1500);
  });

  it('sees a new folder with a new file in it by events alone', async () => {
    await follow({ poll: false });
    await folder.settle();
    const start = performance.now();
    fs.mkdirSync(folder.path('x', 'y'), { recursive: true });
    folder.append('x/y/a.jsonl', lines(1));
    while (folder.ids('x/y/a.jsonl').length === 0 && performance.now() - start < 1500) {
      await new Promise(resolve => setTimeout(resolve, 5));
    }
    assert.deepEqual(folder.ids('x/y/a.jsonl'), [1]);
  });

  it('says nothing any more once it is disposed', async () => {
    await follow({ poll: false });
    folder.append('a.jsonl', lines(1));
    await folder.source.dispose();
    folder.append('a.jsonl', lines(2));
    await folder.settle();
    await new Promise(resolve => setTimeout(resolve, 50));
    assert.equal(folder.believed.files.size, 0);
  });
});
