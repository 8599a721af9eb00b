import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';
import { Collector, callsight, startCallsight, toObjects } from './callsight';

const llm = 'test/fixtures/seed-app/llm.jsonl';

/** Waits until what was asked for is there; the time limit is mocha's. */
async function until<T>(read: () => T | undefined): Promise<T> {
  for (;;) {
    const value = read();
    if (value !== undefined) {
      return value;
    }
    await new Promise(resolve => setTimeout(resolve, 10));
  }
}

/** The objects of all whole lines that have been printed. */
function printed(stdout: string): Record<string, unknown>[] {
  return toObjects(stdout.slice(0, stdout.lastIndexOf('\n') + 1));
}

function requestIdOf(line: string | undefined): unknown {
  return toObjects(line ?? '')[0]?.['request_id'];
}

describe('callsight watch', () => {
  const lines = fs.readFileSync(llm, 'utf8').split('\n');
  let folder = '';
  let file = '';
  beforeEach(() => {
    fs.mkdirSync('out', { recursive: true });
    folder = fs.mkdtempSync('out/cli-watch-');
    file = path.join(folder, 'llm.jsonl');
    fs.writeFileSync(file, `${lines[0]}\n${lines[1]}\n`);
  });
  afterEach(() => fs.rmSync(folder, { recursive: true, force: true }));

  it('prints what comes, answers "snapshot" with what `records` prints, and ends when told to', async () => {
    const session = startCallsight(['watch', folder, '--json']);
    session.stdin.write('snapshot\n');
    await until(() => (session.stdout().includes('"end"') ? true : undefined));
    fs.appendFileSync(file, `${lines[2]}\n`);
    const added = requestIdOf(lines[2]);
    const span = await until(() =>
      printed(session.stdout()).find(line => line['requestId'] === added),
    );
    assert.equal(span['key'], `request:${String(added)}`);

    const before = session.stdout().length;
    session.stdin.write('nonsense\nsnapshot\n');
    const snapshot = await until(() => {
      const more = session.stdout().slice(before);
      return more.includes('"end"') ? printed(more) : undefined;
    });
    assert.deepEqual(snapshot[0], { snapshot: 'begin' });
    assert.deepEqual(snapshot.at(-1), { snapshot: 'end' });
    const records = await callsight(['records', folder, '--json']);
    assert.deepEqual(snapshot.slice(1, -1), toObjects(records.stdout));
    assert.equal(snapshot.length, 5);

    // what was there before is not news
    const known = requestIdOf(lines[0]);
    assert.ok(!printed(session.stdout()).some(line => line['requestId'] === known));
    session.interrupt();
    assert.equal(await session.done, 0);
  });

  it('goes on when stdin ends, and ends when nobody reads any more', async () => {
    class Gone extends Collector {
      open = true;
      override _write(chunk: Buffer, encoding: string, done: (error?: Error) => void): void {
        if (this.open) {
          super._write(chunk, encoding, done);
        } else {
          done(Object.assign(new Error('write EPIPE'), { code: 'EPIPE' }));
        }
      }
    }
    const out = new Gone();
    const session = startCallsight(['watch', folder], out);
    session.stdin.end('snapshot\n');
    await until(() => (session.stdout().includes('"end"') ? true : undefined));
    out.open = false;
    fs.appendFileSync(file, `${lines[3]}\n`);
    assert.equal(await session.done, 0);
  });

  it('shows a line a span to people', async () => {
    const session = startCallsight(['watch', folder, '--poll']);
    session.stdin.write('snapshot\n');
    await until(() => (session.stdout().includes('"end"') ? true : undefined));
    fs.appendFileSync(file, `${lines[4]}\n`);
    const line = await until(() => /^\d{4}-\d\d-\d\d .*$/m.exec(session.stdout())?.[0]);
    assert.match(line, / call |embedding/);
    session.interrupt();
    assert.equal(await session.done, 0);
  });
});
