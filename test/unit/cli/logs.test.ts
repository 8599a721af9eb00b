import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import { callsight, toObjects } from './callsight';

const seedApp = 'test/fixtures/seed-app';
const seedLoggers = 'test/fixtures/seed-loggers';
const llm = `${seedApp}/llm.jsonl`;

async function json(...args: string[]): Promise<Record<string, unknown>[]> {
  const { code, stdout, stderr } = await callsight([...args, '--json']);
  assert.equal(code, 0, stderr);
  assert.equal(stderr, '');
  return toObjects(stdout);
}

async function stats(...paths: string[]): Promise<Record<string, unknown>> {
  const [result, ...more] = await json('stats', ...paths);
  assert.deepEqual(more, []);
  assert.ok(result);
  return result;
}

function pick(from: Record<string, unknown>, names: readonly string[]): Record<string, unknown> {
  return Object.fromEntries(names.map(name => [name, from[name]]));
}

describe('callsight stats', () => {
  it('counts the whole folder of the seed app, over two paths, without counting anything twice', async () => {
    const result = await stats(seedApp, 'test/fixtures/cli/conversations');
    const names = [
      'calls',
      'errors',
      'inputTokens',
      'outputTokens',
      'auditEntries',
      'skippedRecords',
    ];
    assert.deepEqual(pick(result, names), {
      calls: 340,
      errors: 19,
      inputTokens: 55_778,
      outputTokens: 39_962,
      auditEntries: 329,
      skippedRecords: 0,
    });
  });

  it('has exactly the fields of the contract, in its order', async () => {
    const result = await stats(llm);
    assert.deepEqual(Object.keys(result), [
      'records',
      'skippedRecords',
      'auditEntries',
      'calls',
      'toolCalls',
      'traces',
      'sessions',
      'models',
      'inputTokens',
      'cacheReadInputTokens',
      'outputTokens',
      'errors',
      'firstUserText',
      'lastAssistantText',
      'totalRequests',
      'avgInputTokens',
      'avgOutputTokens',
      'latency',
      'errorRate',
      'errorsByType',
      'errorsByCategory',
      'byModel',
      'costUsd',
      'unpricedCalls',
    ]);
    assert.equal(typeof result['costUsd'], 'number');
  });

  for (const [file, calls, errors] of [
    ['llm-dev.jsonl', 101, 4],
    ['loguru.jsonl', 310, 19],
    ['python-json-logger.jsonl', 310, 19],
    ['app.log', 310, 19],
    ['console.log', 32, 2],
  ] as const) {
    it(`reads ${file} of the real loggers`, async () => {
      const result = await stats(`${seedLoggers}/${file}`);
      assert.deepEqual(pick(result, ['calls', 'errors', 'skippedRecords']), {
        calls,
        errors,
        skippedRecords: 0,
      });
    });
  }

  it('is a table for people', async () => {
    const { stdout } = await callsight(['stats', llm]);
    assert.match(stdout, /^Calls +209$/m);
    assert.match(stdout, /^Errors +15 \(7\.2 %\)$/m);
    assert.match(stdout, /^MODEL +CALLS/m);
  });
});

describe('callsight calls', () => {
  it('gives a failed call without a trace id that of the trace it interrupted, and says so', async () => {
    const failed = await json('calls', seedApp, '--filter', 'status:error');
    const joined = failed.filter(({ join }) => join === 'inferred');
    assert.equal(failed.length, 19);
    assert.equal(joined.length, 15);
    assert.ok(joined.every(({ traceId }) => typeof traceId === 'string'));
    assert.ok(failed.every(({ join, traceId }) => join === 'inferred' || traceId === null));
  });

  it('prints every field of a call, null where the log is silent', async () => {
    const lines = await json('calls', llm);
    assert.equal(lines.length, 209);
    const call = lines.find(line => line['requestId'] === '81f9c1f6-6c0f-4459-b79b-17aeefba91fc');
    assert.ok(call);
    assert.deepEqual(Object.keys(call), [
      'key',
      'requestId',
      'traceId',
      'join',
      'spanId',
      'parentSpanId',
      'sessionId',
      'kind',
      'name',
      'provider',
      'model',
      'startTime',
      'durationMs',
      'timeToFirstTokenMs',
      'usage',
      'costUsd',
      'costSource',
      'status',
      'finishReason',
      'error',
      'userId',
      'tags',
      'format',
      'sources',
    ]);
    assert.deepEqual(
      pick(call, ['traceId', 'spanId', 'model', 'finishReason', 'costSource', 'error', 'format']),
      {
        traceId: 'ed2f89d9-4a2f-40aa-b3c6-4af775a89294',
        spanId: 'e5446dd4',
        model: 'claude-sonnet-4-5',
        finishReason: 'stop',
        costSource: 'computed',
        error: null,
        format: 'llm-logger',
      },
    );
    const [firstLine = ''] = fs.readFileSync(llm, 'utf8').split('\n');
    assert.deepEqual(call['sources'], [
      { file: 'llm.jsonl', offset: 0, length: Buffer.byteLength(firstLine), line: 1 },
    ]);
  });

  it('filters', async () => {
    const lines = await json('calls', llm, '--filter', 'status:error model:gpt-4o*');
    assert.ok(lines.length > 0 && lines.length <= 15);
    for (const line of lines) {
      assert.equal(line['status'], 'error');
      assert.match(String(line['model']), /^gpt-4o/);
    }
  });

  it('aligns its columns', async () => {
    const { stdout } = await callsight(['calls', llm]);
    const [head = '', first = ''] = stdout.split('\n');
    assert.equal(head.indexOf('MODEL'), first.search(/gpt|claude|text-emb/));
    assert.match(stdout, /\n209 spans\n$/);
  });
});

describe('callsight search', () => {
  const session = 'test/fixtures/claude-code/session.jsonl';

  it('prints where a text stands, and what is around it', async () => {
    const [line, ...others] = await json('search', session, 'WHEN does the bakery');
    assert.deepEqual(others, []);
    assert.ok(line);
    assert.deepEqual(pick(line, ['key', 'where', 'before', 'found', 'after']), {
      key: 'message:msg_first',
      where: 'user 1',
      before: '',
      found: 'When does the bakery',
      after: ' open on Sunday?',
    });
    const { stdout } = await callsight(['search', session, 'when does the bakery']);
    assert.match(
      stdout,
      /message:msg_first  user 1  When does the bakery open on Sunday\?\n\n1 span\n$/,
    );
  });

  it('finds ids and errors, and takes a text as it is', async () => {
    const failed = await json('search', llm, 'Rate limit');
    assert.ok(failed.length > 0);
    assert.ok(failed.every(line => line['where'] === 'summary' && line['found'] === 'Rate limit'));
    assert.deepEqual(await json('search', llm, 'status:error'), []);
  });
});

describe('callsight show', () => {
  it('prints a call with its record, by key or by an id in the log', async () => {
    const [call] = await json('calls', llm, '--filter', 'tool:lookup_order');
    assert.ok(call);
    for (const id of [String(call['key']), String(call['requestId'])]) {
      const [detail] = await json('show', llm, id);
      assert.ok(detail);
      assert.deepEqual(Object.keys(detail), [
        ...Object.keys(call),
        'inputMessages',
        'outputMessages',
        'tools',
        'params',
        'raw',
      ]);
      assert.deepEqual(pick(detail, Object.keys(call)), call);
      assert.match(JSON.stringify(detail['raw']), /lookup_order/);
    }
    const missing = await callsight(['show', llm, 'nobody']);
    assert.deepEqual([missing.code, missing.stdout], [2, '']);
  });

  it('prints the conversation for people', async () => {
    const folder = 'test/fixtures/cli/conversations';
    const [call] = await json('calls', folder);
    const { stdout } = await callsight(['show', folder, String(call?.['key'])]);
    assert.match(stdout, /^\[user\]$/m);
    assert.match(stdout, /^\[assistant\]$/m);
  });
});

describe('callsight traces', () => {
  it('prints every trace once, newest first', async () => {
    const lines = await json('traces', llm);
    const total = await stats(llm);
    assert.equal(lines.length, total['traces']);
    assert.equal(
      lines.reduce((sum, line) => sum + Number(line['calls']), 0),
      209,
    );
    assert.deepEqual(Object.keys(lines[0] ?? {}), [
      'traceId',
      'inferred',
      'name',
      'startTime',
      'durationMs',
      'spans',
      'calls',
      'errors',
      'inputTokens',
      'outputTokens',
      'costUsd',
      'sessionId',
    ]);
    const times = lines.map(line => String(line['startTime']));
    assert.deepEqual(times, times.toSorted().toReversed());
  });
});

describe('callsight records', () => {
  it('accounts for every byte of a file, with hashes of the original bytes', async () => {
    const bytes = fs.readFileSync(llm);
    const lines = await json('records', seedApp);
    let at = 0;
    for (const line of lines.filter(one => one['file'] === 'llm.jsonl')) {
      assert.deepEqual(Object.keys(line), ['id', 'format', 'file', 'offset', 'length', 'sha256']);
      const offset = Number(line['offset']);
      const end = offset + Number(line['length']);
      assert.equal(bytes.subarray(at, offset).toString().trim(), '');
      assert.equal(
        line['sha256'],
        createHash('sha256').update(bytes.subarray(offset, end)).digest('hex'),
      );
      at = end;
    }
    assert.equal(bytes.subarray(at).toString().trim(), '');
  });

  it('finds records that are printed over many lines or stand in one line, by the bytes on disk', async () => {
    const folder = fs.mkdtempSync('out/cli-records-');
    try {
      const [first = '', second = ''] = fs.readFileSync(llm, 'utf8').split('\n', 2);
      const pretty = JSON.stringify(JSON.parse(first), null, 2);
      const expected = [pretty, second, first, second];
      fs.writeFileSync(path.join(folder, 'a.jsonl'), `${pretty}\n${second}${first}\n${second}\n`);
      const bytes = fs.readFileSync(path.join(folder, 'a.jsonl'));
      const lines = await json('records', folder);
      assert.equal(lines.length, expected.length);
      for (const [index, text] of expected.entries()) {
        const { offset, length, sha256 } = lines[index] ?? {};
        const start = Number(offset);
        assert.equal(bytes.toString('utf8', start, start + Number(length)), text);
        const onOneLine = text === pretty ? JSON.stringify(JSON.parse(pretty)) : text;
        assert.equal(sha256, createHash('sha256').update(onOneLine).digest('hex'));
      }
    } finally {
      fs.rmSync(folder, { recursive: true });
    }
  });

  it('says what was skipped and why, and names files below their path when there are several', async () => {
    const folder = fs.mkdtempSync('out/cli-records-');
    try {
      const good = fs.readFileSync(llm, 'utf8').split('\n', 3).join('\n');
      fs.writeFileSync(path.join(folder, 'a.jsonl'), `${good}\n{"request_id": broken}\n`);
      const lines = await json('records', folder, llm);
      const skipped = lines.filter(line => 'skipped' in line);
      assert.equal(skipped.length, 1);
      assert.deepEqual(Object.keys(skipped[0] ?? {}), ['skipped', 'file', 'offset', 'length']);
      assert.equal(skipped[0]?.['file'], path.join(folder, 'a.jsonl'));
      assert.equal(skipped[0]?.['offset'], Buffer.byteLength(good) + 1);
      assert.ok(lines.some(line => line['file'] === llm));
    } finally {
      fs.rmSync(folder, { recursive: true });
    }
  });
});

describe('a file without permission', () => {
  it('is named on stderr, and the rest of the folder is read', async function () {
    if (process.getuid?.() === 0) {
      this.skip(); // root may read everything
    }
    const folder = fs.mkdtempSync('out/cli-unreadable-');
    try {
      fs.copyFileSync(llm, path.join(folder, 'closed.jsonl'));
      fs.chmodSync(path.join(folder, 'closed.jsonl'), 0);
      fs.copyFileSync(llm, path.join(folder, 'open.jsonl'));
      const { code, stdout, stderr } = await callsight(['stats', folder, '--json']);
      assert.deepEqual([code, toObjects(stdout)[0]?.['calls']], [0, 209]);
      assert.match(stderr, /^callsight: .*closed\.jsonl: .*permission/);
    } finally {
      fs.rmSync(folder, { recursive: true });
    }
  });
});

describe('callsight diagnose PATH', () => {
  it('prints a line for every failed call, with its key', async () => {
    const lines = await json('diagnose', llm);
    assert.equal(lines.length, 15);
    assert.equal(new Set(lines.map(line => line['key'])).size, 15);
    assert.ok(lines.every(line => typeof line['category'] === 'string'));
  });
});
