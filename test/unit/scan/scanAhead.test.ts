import assert from 'node:assert/strict';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { build } from 'esbuild';
import { diskAccess } from '../../../src/engine/read/fileAccess';
import { stampOf } from '../../../src/engine/read/fileStamp';
import { ScanAhead } from '../../../src/engine/scan/ahead/scanAhead';
import { LineScanner } from '../../../src/engine/scan/lineScanner';
import { corpusLogs, recordsByFormat } from '../../fuzz/corpus';
import { Random } from '../../fuzz/random';
import { assemblyScript } from '../../../scripts/lib/assembly-script.mjs';
import { expectSame } from './sameEngine';
import { variedLog } from './variedLog';

/** More than the engine reads at once. */
const wantedBytes = 400 * 1024;

describe('a thread that scans ahead', () => {
  const seed = process.env['SCAN_SEED'] ?? '1';
  let folder: string;
  let thread: string;

  before(async () => {
    folder = fs.mkdtempSync(path.join(os.tmpdir(), 'callsight-ahead-'));
    thread = path.join(folder, 'scan.cjs');
    await build({
      entryPoints: ['src/engine/scan/ahead/worker.ts'],
      outfile: thread,
      bundle: true,
      platform: 'node',
      target: 'node20',
      format: 'cjs',
      plugins: [assemblyScript],
      logLevel: 'silent',
    });
  });

  after(() => fs.rmSync(folder, { recursive: true }));

  const byFormat = recordsByFormat(corpusLogs(undefined));
  const jsonFormats = [...byFormat].filter(([, records]) => typeof records[0] === 'object');

  it('gives what is read without it', async () => {
    const random = new Random(seed, 'ahead');
    let windows = 0;
    const onAhead = (given: number): void => void (windows += given);
    for (let part = 0; part < 4; part++) {
      const records = jsonFormats
        .filter((_format, index) => index % 4 === part)
        .flatMap(([, some]) => some.slice(0, 2));
      const logs = {
        'plain.jsonl': variedLog(records, random, false, wantedBytes),
        'faulty.jsonl': variedLog(records, random, true, wantedBytes),
        'joined.jsonl': joinedLines(variedLog(records, random, false, wantedBytes), random),
      };
      assert.ok((await expectSame(logs, { thread, onAhead })) > 10);
    }
    assert.ok(windows > 10, `${windows}`);
  });

  it('gives what is read without it of windows with more lines than there is room for', async () => {
    const record = (index: number): string =>
      `{"model":"m${index % 3}","usage":{"prompt_tokens":${index}}}\n`;
    const log = Array.from({ length: 40_000 }, (_, index) => record(index)).join('');
    let windows = 0;
    const onAhead = (given: number): void => void (windows += given);
    await expectSame({ 'calls.jsonl': log }, { thread, onAhead, windowBytes: 1024 * 1024 });
    assert.ok(windows > 0);
  });

  /** Some lines hold two values, or rubbish behind one, or nothing. */
  function joinedLines(log: Buffer, random: Random): string {
    const lines = log.toString('latin1').trimEnd().split('\n');
    return lines
      .map(line => `${line}${random.pick(['\n', '\n', '\n', '', '}\n', '\n \r\n'])}`)
      .join('');
  }

  async function startedAhead(): Promise<ScanAhead> {
    const ahead = new ScanAhead(thread, { windowBytes: 4096, worthBytes: 1 });
    ahead.attach(new LineScanner());
    while (!ahead.isReady) {
      await sleep(5);
    }
    return ahead;
  }

  /** What is to be read of a file, as it is now. */
  function nextOf(file: string, offset: number): Parameters<ScanAhead['read']>[0] {
    const open = diskAccess.open(file);
    const stamp = stampOf(open.stat());
    open.close();
    return { file, target: file, offset, available: stamp.size - offset, stamp };
  }

  it('gives whole lines of the file, one after the other', async () => {
    const file = path.join(folder, 'whole.jsonl');
    const lines = Array.from(
      { length: 2000 },
      (_, index) => `{"at":${index},"text":"${'x'.repeat(index % 90)}"}\n`,
    );
    const content = Buffer.from(`${lines.join('')}{"unfinished`);
    fs.writeFileSync(file, content);
    const ahead = await startedAhead();
    let offset = 0;
    let count = 0;
    for (;;) {
      ahead.wish(file, offset, 1);
      const window = ahead.read(nextOf(file, offset));
      if (window === undefined) {
        break;
      }
      const { bytes, scanned } = window;
      assert.ok(bytes.equals(content.subarray(offset, offset + bytes.length)));
      assert.equal(scanned.rows, scanned.lines);
      count += scanned.lines;
      offset += bytes.length;
    }
    assert.equal(count, lines.length);
    assert.equal(content.subarray(offset).toString(), '{"unfinished');
    await ahead.dispose();
  });

  it('goes on behind lines that are longer than a window, however many there are', async () => {
    const file = path.join(folder, 'long.jsonl');
    const part = `${'{"a":1}\n'.repeat(16 * 512)}{"a":"${'x'.repeat(5000)}"}\n`;
    fs.writeFileSync(file, part.repeat(8));
    const ahead = await startedAhead();
    let given = 0;
    for (let index = 0; index < 8; index++) {
      let offset = index * part.length;
      ahead.wish(file, offset, 1);
      for (;;) {
        const window = ahead.read(nextOf(file, offset));
        if (window === undefined) {
          break;
        }
        given += window.bytes.length;
        offset += window.bytes.length;
      }
    }
    assert.equal(given, 8 * 16 * 4096);
    await ahead.dispose();
  });

  it('gives nothing of a file that has changed since it was read', async () => {
    const file = path.join(folder, 'changed.jsonl');
    fs.writeFileSync(file, '{"a":1}\n'.repeat(4000));
    const ahead = await startedAhead();
    ahead.wish(file, 0, 1);
    const first = ahead.read(nextOf(file, 0));
    assert.ok(first);
    const offset = first.bytes.length;
    await sleep(50); // the next windows are read
    fs.writeFileSync(file, '{"b":2}\n'.repeat(4000));
    assert.equal(ahead.read(nextOf(file, offset)), undefined);
    await ahead.dispose();
  });

  it('is done without when it does not start', async () => {
    const ahead = new ScanAhead(path.join(folder, 'none.cjs'), {
      windowBytes: 4096,
      worthBytes: 1,
    });
    ahead.attach(new LineScanner());
    const file = path.join(folder, 'alone.jsonl');
    fs.writeFileSync(file, '{"a":1}\n'.repeat(4000));
    for (let turn = 0; turn < 20; turn++) {
      ahead.wish(file, 0, 1);
      assert.equal(ahead.read(nextOf(file, 0)), undefined);
      await sleep(5);
    }
    await ahead.dispose();
  });
});
