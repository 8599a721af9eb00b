import assert from 'node:assert/strict';
import { Writable } from 'node:stream';
import { commands } from '../../../src/cli/commands';
import { Output, OutputClosed } from '../../../src/cli/output';
import { callsight } from './callsight';

describe('callsight on the command line', () => {
  it('explains itself', async () => {
    const help = await callsight(['--help']);
    assert.equal(help.code, 0);
    for (const { name } of commands) {
      assert.match(help.stdout, new RegExp(`^  ${name} `, 'm'));
      const own = await callsight([name, '--help']);
      assert.equal(own.code, 0);
      assert.ok(own.stdout.startsWith(`callsight ${name} `), own.stdout);
    }
    assert.equal((await callsight(['--version'])).stdout, '1.2.3\n');
  });

  it('ends with 2 and one clear line when it is used wrongly', async () => {
    const cases: readonly (readonly [readonly string[], RegExp])[] = [
      [[], /say what to do: calls, search, show/],
      [['verify', 'x'], /no command "verify"/],
      [['calls'], /which file or folder/],
      [['calls', 'no/such/folder'], /cannot read no\/such\/folder: there is no such file/],
      [['calls', 'test', '--nope'], /'--nope'.*usage: callsight calls/],
      [['calls', 'test', '--filter', 'modle:x'], /character 1: .*Did you mean "model"/],
      [['show', 'test'], /a PATH and a KEY/],
      [['search', 'test'], /a PATH and a TEXT/],
      [['stats', '/dev/null'], /neither a file nor a folder/],
      [['watch', 'a', 'b'], /one PATH/],
      [['diagnose'], /one of: a PATH/],
      [['diagnose', 'test', '--stdin'], /one of: a PATH/],
      [['diagnose', '--message', 'x', '--status', 'many'], /HTTP status/],
      [['\u001b[31m'], /no command "␛\[31m"/],
    ];
    for (const [args, message] of cases) {
      const { code, stdout, stderr } = await callsight(args);
      assert.equal(code, 2, args.join(' '));
      assert.equal(stdout, '');
      assert.match(stderr, message);
      assert.match(stderr, /^callsight: [^\n]+\n$/);
    }
  });

  it('waits for a slow reader', async () => {
    const chunks: number[] = [];
    let writing = 0;
    const slow = new Writable({
      decodeStrings: false,
      write(chunk: string, _encoding, done) {
        assert.equal(++writing, 1);
        chunks.push(chunk.length);
        setTimeout(() => {
          writing--;
          done();
        }, 1);
      },
    });
    const out = new Output(slow);
    for (let index = 0; index < 1000; index++) {
      await out.printJson({ text: 'x'.repeat(1000) });
      assert.ok(slow.writableLength < 200_000);
    }
    await out.flush();
    assert.ok(chunks.length > 10);
    assert.equal(
      chunks.reduce((sum, length) => sum + length, 0),
      1000 * (JSON.stringify({ text: '' }).length + 1001),
    );
  });

  it('stops when the reader has gone', async () => {
    const gone = new Writable({
      write(_chunk, _encoding, done) {
        done(Object.assign(new Error('write EPIPE'), { code: 'EPIPE' }));
      },
    });
    const out = new Output(gone);
    await out.printText('x');
    await assert.rejects(out.flush(), OutputClosed);
    await out.printText('x');
    await assert.rejects(out.flush(), OutputClosed);
  });
});
