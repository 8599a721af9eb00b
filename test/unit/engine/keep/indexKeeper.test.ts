import assert from 'node:assert/strict';
import { randomInt } from 'node:crypto';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { leastTogether } from '../../../../src/engine/clearing';
import type { Engine } from '../../../../src/engine/engine';
import { useHashSecrets } from '../../../../src/engine/store/bytes';
import { callLine } from '../../../callLine';
import { corpusLogs, recordsByFormat } from '../../../fuzz/corpus';
import { Random } from '../../../fuzz/random';
import { variedLog } from '../../scan/variedLog';
import { believedAnew, believedBy, indexFile, keep, openKept, untilWritten } from './keptEngine';
import { addSaid } from './said';

describe('what is known of logs is kept for the next start', () => {
  let folder: string;
  let store: string;

  beforeEach(() => {
    const base = fs.mkdtempSync(path.join(os.tmpdir(), 'callsight-keep-'));
    folder = path.join(base, 'logs');
    store = path.join(base, 'store');
    fs.mkdirSync(folder);
  });

  afterEach(() => fs.rmSync(path.dirname(folder), { recursive: true }));

  function write(name: string, content: string | Buffer): string {
    const file = path.join(folder, name);
    fs.mkdirSync(path.dirname(file), { recursive: true });
    fs.writeFileSync(file, content);
    return file;
  }

  /** Calls of some traces, one of them failed. */
  function lines(count: number, from = 0): string {
    return Array.from({ length: count }, (_, index) =>
      callLine(`question ${from + index}`, {
        request_id: `call-${from + index}`,
        tags: { trace_id: `trace${Math.floor((from + index) / 3)}`, span_id: `s${from + index}` },
        ...(index % 7 === 3 ? { error: 'Rate limit reached for requests' } : {}),
      }),
    ).join('');
  }

  /** Opens again, without a look at what was said; returns the bytes that are read for it. */
  async function bytesOfReopening(): Promise<number> {
    const { openSync, readSync } = fs;
    const logs = new Set<number>();
    fs.openSync = ((...given: Parameters<typeof openSync>) => {
      const descriptor = openSync(...given);
      const isLog = String(given[0]).startsWith(folder);
      logs[isLog ? 'add' : 'delete'](descriptor);
      return descriptor;
    }) as typeof openSync;
    let bytes = 0;
    fs.readSync = ((...given: Parameters<typeof readSync>) => {
      const count = readSync(...given);
      bytes += logs.has(given[0]) ? count : 0;
      return count;
    }) as typeof readSync;
    try {
      await (await openKept(folder, store, { rules: [] })).dispose();
    } finally {
      Object.assign(fs, { openSync, readSync });
    }
    return bytes;
  }

  async function expectSame(): Promise<void> {
    const expected = await believedAnew(folder);
    // as in another process
    useHashSecrets([randomInt(2 ** 32), randomInt(2 ** 31) * 2 + 1, randomInt(2 ** 31) * 2 + 1]);
    const engine = await openKept(folder, store);
    try {
      assert.deepEqual(await believedBy(engine, folder), expected);
    } finally {
      await engine.dispose();
    }
  }

  it('of every format: the same is known as by whoever reads the logs', async () => {
    const random = new Random('keep', '1');
    for (const [format, records] of recordsByFormat(corpusLogs(undefined))) {
      if (format === 'debug-conversation') {
        continue; // which call a conversation belongs to is found out by its text: nothing is kept then
      }
      if (typeof records[0] === 'object') {
        write(`${format}/varied.jsonl`, variedLog(records, random, true, 8192));
      } else {
        write(`${format}/lines.log`, `${records.map(record => String(record)).join('\n')}\n`);
      }
    }
    write('notes.txt', 'not a log at all\n');
    write('empty.jsonl', '');
    const one = write('one.jsonl', lines(20));
    fs.linkSync(one, path.join(folder, 'same.jsonl'));
    write('packed.jsonl.gz', gzipSync(lines(20, 100)));
    write('wide.jsonl', Buffer.from(`\ufeff${lines(20, 200)}`, 'utf16le'));
    const calls = lines(20, 300).trimEnd().split('\n');
    write('document.json', `[\n${calls.join(',\n')}\n]`);
    write('cut.jsonl', lines(20, 400).slice(0, -30));
    await keep(folder, store);
    await expectSame();
  });

  it('without the logs being read', async () => {
    const file = write('app.jsonl', lines(2000));
    await keep(folder, store);
    const bytes = await bytesOfReopening();
    assert.ok(bytes < 10_000, `${bytes} of ${fs.statSync(file).size} bytes`);
  });

  it('and a log that has grown is read on', async () => {
    const file = write('app.jsonl', lines(300));
    await keep(folder, store);
    fs.appendFileSync(file, lines(5, 300));
    await expectSame();
  });

  it('and a log that is written to all the time is kept, too', async () => {
    const file = write('app.jsonl', lines(300));
    const engine = await openKept(folder, store, { bounds: { quietMs: 60_000, longestMs: 50 } });
    let next = 300;
    const writer = setInterval(() => fs.appendFileSync(file, lines(1, next++)), 2);
    try {
      await untilWritten(store, undefined);
    } finally {
      clearInterval(writer);
      await engine.dispose();
    }
    assert.ok((await bytesOfReopening()) < 3 * fs.statSync(file).size);
    await expectSame();
  });

  it('and a line that was not finished is finished', async () => {
    const whole = lines(300);
    const file = write('app.jsonl', whole.slice(0, -40));
    await keep(folder, store);
    fs.appendFileSync(file, whole.slice(-40));
    await expectSame();
  });

  it('and a log that was edited in its middle is read anew, whatever its size and time', async () => {
    const file = write('app.jsonl', lines(300));
    await keep(folder, store);
    const { atime, mtime } = fs.statSync(file);
    const edited = fs.readFileSync(file, 'utf8').replace('question 150', 'question !!!');
    fs.writeFileSync(file, edited.replaceAll('call-151"', 'call-XXX"'));
    fs.utimesSync(file, atime, mtime);
    await expectSame();
  });

  it('and a log that was edited and has grown is read anew', async () => {
    const file = write('app.jsonl', lines(300));
    await keep(folder, store);
    const edited = fs.readFileSync(file, 'utf8').replaceAll('call-151"', 'call-XXX"');
    fs.writeFileSync(file, edited + lines(3, 300));
    await expectSame();
  });

  it('and a log that is gone is forgotten, one that was renamed is read anew', async () => {
    write('gone.jsonl', lines(100));
    const file = write('old.jsonl', lines(100, 100));
    await keep(folder, store);
    fs.rmSync(path.join(folder, 'gone.jsonl'));
    fs.renameSync(file, path.join(folder, 'new.jsonl'));
    await expectSame();
  });

  it('and what was kept of a folder that is not opened any more is forgotten', async () => {
    const other = path.join(path.dirname(folder), 'other');
    fs.mkdirSync(other);
    fs.writeFileSync(path.join(other, 'other.jsonl'), lines(50, 1000));
    write('app.jsonl', lines(100));
    await keep(other, store);
    const engine = await openKept(folder, store);
    await new Promise(resolve => setTimeout(resolve, 100));
    assert.deepEqual(await believedBy(engine, folder), await believedAnewBeside(engine));
    await engine.dispose();
  });

  /** As `believedAnew`, in the lifetime of another engine. */
  async function believedAnewBeside(engine: Engine): Promise<readonly unknown[]> {
    assert.equal((await engine.handlers.getStats({})).records, 100);
    return believedAnew(folder);
  }

  it('and a log of two folders is read for the one that is opened', async () => {
    write('deep/inner.jsonl', lines(100));
    write('app.jsonl', lines(100, 100));
    const engine = await openKept(path.join(folder, 'deep'), store, { bounds: { quietMs: 200 } });
    await engine.handlers.addSource({ path: folder });
    await engine.handlers.whenIdle({});
    await untilWritten(store, undefined);
    await engine.dispose();
    await expectSame();
  });

  it('and what was kept is read anew when fields get other meanings', async () => {
    write('app.jsonl', lines(100));
    const other = path.join(path.dirname(folder), 'other');
    fs.mkdirSync(other);
    fs.writeFileSync(path.join(other, 'other.jsonl'), lines(50, 1000));
    const engine = await openKept(other, store, { bounds: { quietMs: 200 } });
    await engine.handlers.addSource({ path: folder });
    await engine.handlers.whenIdle({});
    await untilWritten(store, undefined);
    await engine.dispose();
    const mappings = [{ name: 'own', fields: { prompt: 'prompt', model: 'request_id' } }];
    const open = async (place: string | undefined): Promise<readonly unknown[]> => {
      const opened = await openKept(folder, place);
      await opened.handlers.configure({ mappings });
      await opened.handlers.addSource({ path: other });
      await opened.handlers.whenIdle({});
      const believed = await believedBy(opened, folder);
      await opened.dispose();
      return believed;
    };
    assert.deepEqual(await open(store), await open(undefined));
  });

  it('not when it is damaged, cut or of another version, which is said', async () => {
    write('app.jsonl', lines(300));
    await keep(folder, store);
    const whole = fs.readFileSync(indexFile(store));
    const expected = await believedAnew(folder);
    const damages = [
      whole.subarray(0, whole.length / 2),
      Buffer.alloc(0),
      Buffer.from('something else altogether, and long enough to be looked at'),
      Buffer.from(whole.map((byte, at) => (at === whole.length - 100 ? byte ^ 1 : byte))),
    ];
    for (const damaged of damages) {
      fs.writeFileSync(indexFile(store), damaged);
      const said: string[] = [];
      const engine = await openKept(folder, store, { onLog: text => said.push(text) });
      assert.deepEqual(await believedBy(engine, folder), expected);
      assert.match(said.join('\n'), /The kept index cannot be used/);
      await engine.dispose();
    }
    fs.writeFileSync(indexFile(store), whole);
    const engine = await openKept(folder, store, { version: '2' });
    assert.deepEqual(await believedBy(engine, folder), expected);
    await engine.dispose();
  });

  it('not where nothing can be written, which is said once while the logs are followed', async () => {
    const log = write('app.jsonl', lines(300));
    fs.writeFileSync(store, 'a file where a folder should be');
    const said: string[] = [];
    const engine = await openKept(folder, store, { onLog: text => said.push(text) });
    for (let added = 1; added <= 3; added++) {
      fs.appendFileSync(log, lines(1, 300 + added));
      await engine.handlers.whenIdle({});
      await sleep(50);
      const { records } = await engine.handlers.getStats({});
      assert.equal(records, 300 + added);
    }
    await engine.dispose();
    assert.deepEqual(
      said.map(text => text.replace(/: [A-Z].*/, '')),
      ['The index cannot be kept'],
    );
  });

  it('without the ids of logs that are gone for good', async function () {
    this.timeout(60_000);
    write('app.jsonl', lines(2000));
    await keep(folder, store);
    const size = fs.statSync(indexFile(store)).size;
    const sizes: number[] = [];
    for (let start = 1; start <= 8; start++) {
      write('app.jsonl', lines(2000, start * 2000));
      await keep(folder, store);
      sizes.push(fs.statSync(indexFile(store), { throwIfNoEntry: false })?.size ?? 0);
      await expectSame();
    }
    assert.ok(Math.max(...sizes) < 3 * size, `${size}, then ${sizes.join(' ')}`);
    assert.ok(sizes.filter(each => each > 0).length > 4, 'it is kept again and again');
  });

  it('as it was, or not at all, when the engine ends while a folder that was removed is cleared', async () => {
    write('app.jsonl', lines(leastTogether));
    await keep(folder, store);
    const engine = await openKept(folder, store);
    await engine.handlers.removeSource({ path: folder });
    await engine.dispose();
    await expectSame();
  }).timeout(60_000);

  it('for its owner only, and without anything that was said', async () => {
    const secret = 'Xyzzy-4711-plugh';
    write(
      'app.jsonl',
      Array.from({ length: 60 }, (_, index) =>
        callLine(`my password is ${secret}`, {
          request_id: `call-${index}`,
          response: `so it is ${secret}`,
          ...(index % 2 === 0 ? { error: `the prompt "${secret}" was refused` } : {}),
        }),
      ).join(''),
    );
    await keep(folder, store);
    const bytes = fs.readFileSync(indexFile(store));
    for (const encoding of ['utf8', 'utf16le'] as const) {
      assert.equal(bytes.includes(Buffer.from(secret, encoding)), false);
    }
    if (process.platform !== 'win32') {
      assert.equal(fs.statSync(indexFile(store)).mode & 0o777, 0o600);
      assert.equal(fs.statSync(store).mode & 0o777, 0o700);
    }
    await expectSame();
  });

  it('without a message, an argument or an error of any format', async () => {
    const said = new Set<string>();
    for (const [format, records] of recordsByFormat(corpusLogs(undefined))) {
      if (format === 'debug-conversation') {
        continue;
      }
      const texts = records.map(record =>
        typeof record === 'string' ? record : JSON.stringify(record),
      );
      write(`${format}/app.log`, `${texts.join('\n')}\n`);
      records.forEach(record => addSaid(format, record, said));
    }
    await keep(folder, store);
    const bytes = fs.readFileSync(indexFile(store));
    assert.ok(bytes.includes('gpt-4'), 'names of models are kept');
    assert.ok(said.size > 200, `${said.size} texts`);
    const kept = [...said].filter(text => bytes.includes(text));
    assert.deepEqual(kept, []);
  });

  it('not when nobody wants it: what was kept is deleted', async () => {
    write('app.jsonl', lines(100));
    await keep(folder, store);
    const engine = await openKept(folder, store, { isOff: true });
    assert.equal(fs.existsSync(indexFile(store)), false);
    assert.deepEqual((await engine.handlers.getStats({})).records, 100);
    await engine.dispose();
  });

  it('whatever happens to the logs from start to start', async () => {
    const change = fc.record({
      file: fc.constantFrom('a.jsonl', 'b.jsonl', 'deep/c.jsonl'),
      what: fc.constantFrom('append', 'cut', 'rewrite', 'replace', 'delete', 'edit', 'rename'),
      count: fc.integer({ min: 1, max: 30 }),
    });
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.array(change, { maxLength: 3 }), { maxLength: 4 }),
        async starts => {
          fs.rmSync(folder, { recursive: true });
          fs.rmSync(store, { recursive: true, force: true });
          fs.mkdirSync(folder);
          write('a.jsonl', lines(40));
          let next = 100;
          await keep(folder, store);
          for (const changes of starts) {
            for (const { file, what, count } of changes) {
              apply(file, what, lines(count, next));
              next += count;
            }
            await expectSame();
          }
        },
      ),
      { numRuns: 25 },
    );
  }).timeout(60_000);

  function apply(name: string, what: string, text: string): void {
    const file = path.join(folder, name);
    const known = fs.existsSync(file) ? fs.readFileSync(file, 'utf8') : '';
    switch (what) {
      case 'append':
        write(name, '');
        fs.writeFileSync(file, known);
        fs.appendFileSync(file, text);
        return;
      case 'cut':
        if (known !== '') {
          fs.truncateSync(file, Math.floor(known.length / 2));
        }
        return;
      case 'rewrite':
        write(name, text);
        return;
      case 'replace':
        write(`${name}.new`, text);
        fs.renameSync(`${file}.new`, file);
        return;
      case 'delete':
        fs.rmSync(file, { force: true });
        return;
      case 'rename':
        if (known !== '') {
          fs.renameSync(file, write('renamed.jsonl', ''));
        }
        return;
      case 'edit':
        if (known !== '') {
          fs.writeFileSync(file, known.replace('question 1', 'question X'));
        }
    }
  }
});
