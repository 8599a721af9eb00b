import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';
import { callsight, startCallsight, toObjects } from './callsight';

const llm = 'test/fixtures/seed-app/llm.jsonl';
const [first = '', second = ''] = fs.readFileSync(llm, 'utf8').split('\n');

/** Waits until the condition holds; the time limit is mocha's. */
async function until(condition: () => boolean): Promise<void> {
  while (!condition()) {
    await new Promise(resolve => setTimeout(resolve, 10));
  }
}

describe('bad input', () => {
  let folder = '';
  beforeEach(() => {
    fs.mkdirSync('out', { recursive: true });
    folder = fs.mkdtempSync('out/cli-bad-');
  });
  afterEach(() => fs.rmSync(folder, { recursive: true, force: true }));

  it('is a skipped row each, and all that is good around it is read', async () => {
    const write = (name: string, ...parts: readonly (string | Buffer)[]) =>
      parts.forEach(part => fs.appendFileSync(path.join(folder, name), part));
    write('half.jsonl', `${first}\n`, '{"request_id":"cut","mod');
    write('junk.jsonl', Buffer.from(Array.from({ length: 4096 }, (_, at) => (at * 7) % 256)));
    const giant = Buffer.alloc(34 * 1024 * 1024, 'a');
    write('long.jsonl', `${first}\n`, '{"text":"', giant, `"}\n${second}\n`);
    const { code, stdout, stderr } = await callsight(['records', folder, '--json']);
    assert.deepEqual([code, stderr], [0, '']);
    const shown = toObjects(stdout).map(({ file, skipped }) => [file, skipped]);
    const byFile = (name: string) => shown.filter(([file]) => file === name);
    assert.equal(shown.length, 6);
    assert.deepEqual(byFile('half.jsonl'), [
      ['half.jsonl', undefined],
      ['half.jsonl', 'cut off: no line break at the end of the file'],
    ]);
    assert.deepEqual(byFile('junk.jsonl'), [['junk.jsonl', 'Binary data, not a text log.']]);
    const tooLong = 'a line of 35,651,595 bytes, longer than the limit of 33,554,432';
    assert.deepEqual(byFile('long.jsonl'), [
      ['long.jsonl', undefined],
      ['long.jsonl', tooLong],
      ['long.jsonl', undefined],
    ]);
  });

  it('says that a folder is empty', async () => {
    const { code, stderr } = await callsight(['stats', folder, '--json']);
    assert.equal(code, 0);
    assert.equal(
      stderr,
      `callsight: ${path.resolve(folder)}: There are no files in this folder.\n`,
    );
  });

  it('says that a watched folder is gone, and goes on when it is back', async () => {
    const file = path.join(folder, 'llm.jsonl');
    fs.writeFileSync(file, `${first}\n`);
    const session = startCallsight(['watch', folder, '--json']);
    session.stdin.write('snapshot\n');
    await until(() => session.stdout().includes('"end"'));
    fs.rmSync(folder, { recursive: true });
    await until(() => session.stderr() !== '');
    assert.equal(
      session.stderr(),
      `callsight: ${path.resolve(folder)}: ` +
        'This folder is not there; it is read as soon as it comes.\n',
    );
    fs.mkdirSync(folder);
    fs.writeFileSync(file, `${second}\n`);
    const requestId: unknown = toObjects(second)[0]?.['request_id'];
    await until(() => session.stdout().includes(`"requestId":${JSON.stringify(requestId)}`));
    session.interrupt();
    assert.equal(await session.done, 0);
  });
});
