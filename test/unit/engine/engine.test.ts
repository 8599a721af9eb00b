import assert from 'node:assert/strict';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { createEngine } from '../../../src/engine/createEngine';
import type { Engine } from '../../../src/engine/engine';
import type { EngineChange } from '../../../src/protocol/engineContract';

const tellingMs = 250; // changes are told at most every 100 ms
const range = { start: 0, end: 100 };

function line(id: string, fields: object = {}): string {
  const record = {
    request_id: id,
    timestamp: '2026-10-05T08:00:00',
    model: 'gpt-4o',
    provider: 'openai',
    operation: 'completion',
    messages: [{ role: 'user', content: `question ${id}` }],
    prompt_tokens: 10,
    completion_tokens: 5,
    latency_ms: 100,
    ...fields,
  };
  return `${JSON.stringify(record)}\n`;
}

describe('the engine on disk', () => {
  let folder: string;
  let engine: Engine;

  beforeEach(() => {
    folder = fs.mkdtempSync(path.join(os.tmpdir(), 'callsight-engine-'));
    engine = createEngine({ hashRecords: true });
  });

  afterEach(async () => {
    await engine.dispose();
    fs.rmSync(folder, { recursive: true });
  });

  async function open(target = folder): Promise<void> {
    await engine.handlers.addSource({ path: target });
    await engine.handlers.whenIdle({});
  }

  function write(name: string, text: string): string {
    const file = path.join(folder, name);
    fs.writeFileSync(file, text);
    return file;
  }

  function nextChange(isIt: (change: EngineChange) => boolean): Promise<EngineChange> {
    return new Promise(resolve => {
      const stop = engine.onEvent(event => {
        if (event.type === 'change' && isIt(event.change)) {
          stop();
          resolve(event.change);
        }
      });
    });
  }

  it('tells an appended call by its keys, and shows it', async () => {
    const file = write('llm.jsonl', line('a'));
    await open();
    // when the prices have come everything has changed, which is told without keys
    await engine.handlers.getStats({});
    await setTimeout(tellingMs);
    const change = nextChange(({ spanKeys }) => spanKeys?.includes('request:b') ?? false);
    fs.appendFileSync(
      file,
      line('b', { timestamp: '2026-10-05T07:00:00', tags: { trace_id: 't9' } }),
    );
    assert.deepEqual((await change).traceKeys, ['trace:t9']);
    const page = await engine.handlers.listTraces(range);
    assert.deepEqual(
      page.items.map(trace => trace.name),
      ['question a', 'question b'],
    );
  });

  it('reads bodies from disk, and says when they are no longer the ones that were indexed', async () => {
    const file = write('llm.jsonl', line('a') + line('b'));
    await open();
    const before = await engine.handlers.getSpan({ key: 'request:b' });
    assert.equal(before?.content?.inputMessages.length, 1);
    assert.equal(before.raw[0]?.text, line('b').trimEnd());
    assert.equal(before.raw[0].changedOnDisk, false);
    assert.ok(before.cost && before.cost.usd > 0);
    await engine.dispose();
    fs.writeFileSync(file, (line('a') + line('c')).replace('question', 'QUESTION'));
    const after = await engine.handlers.getSpan({ key: 'request:b' });
    assert.equal(after?.content, undefined);
    assert.match(after?.contentProblem ?? '', /changed/);
    assert.equal(after?.raw[0]?.changedOnDisk, true);
    fs.rmSync(file);
    const gone = await engine.handlers.getSpan({ key: 'request:b' });
    assert.match(gone?.contentProblem ?? '', /gone/);
  });

  it('says which switch records the text when a call has none', async () => {
    write('llm.jsonl', line('a', { messages: undefined }));
    await open();
    const detail = await engine.handlers.getSpan({ key: 'request:a' });
    assert.equal(detail?.content, undefined);
    assert.equal(detail?.contentProblem, undefined);
    assert.ok(detail?.recordingHint?.steps.length);
  });

  it('counts the messages that were sent before', async () => {
    const first = [{ role: 'user', content: 'one' }];
    const second = [
      ...first,
      { role: 'assistant', content: 'two' },
      { role: 'user', content: 'x' },
    ];
    const tags = { trace_id: 't1' };
    write(
      'llm.jsonl',
      line('a', { messages: first, tags }) + line('b', { messages: second, tags }),
    );
    await open();
    const detail = await engine.handlers.getSpan({ key: 'request:b' });
    assert.equal(detail?.previousKey, 'request:a');
    assert.equal(detail.resentMessages, 1);
  });

  it('counts them also when the call before is in another trace of the same session', async () => {
    const messages = [{ role: 'user', content: 'one' }];
    const lines = ['a', 'b', 'c'].map((id, turn) =>
      line(id, {
        session_id: turn === 1 ? 'another' : 's',
        timestamp: `2026-10-05T08:0${turn}:00Z`,
        tags: { trace_id: `t${turn}` },
        messages: [...messages, ...(turn === 2 ? [{ role: 'user', content: 'more' }] : [])],
      }),
    );
    write('llm.jsonl', lines.join(''));
    await open();
    const detail = await engine.handlers.getSpan({ key: 'request:c' });
    assert.equal(detail?.previousKey, 'request:a');
    assert.equal(detail.resentMessages, 1);
  });

  it('names the attempts of a request that failed and was sent again, a fallback to another model last', async () => {
    const tags = { trace_id: 't1' };
    const failure = { error: 'Error code: 429', error_type: 'RateLimitError', response: null };
    const at = (second: number) => ({
      tags,
      latency_ms: 100,
      timestamp: `2026-10-05T08:00:0${second}Z`,
    });
    write(
      'llm.jsonl',
      line('a', { ...at(1), ...failure }) +
        line('b', { ...at(3), ...failure }) +
        line('c', { ...at(6), model: 'another-model' }) +
        line('d', at(9)),
    );
    await open();
    const attempts = async (key: string) => (await engine.handlers.getSpan({ key }))?.attempts;
    const chain = ['request:a', 'request:b', 'request:c'];
    assert.deepEqual(await attempts('request:a'), chain);
    assert.deepEqual(await attempts('request:c'), chain);
    assert.deepEqual(await attempts('request:d'), []);
  });

  it('looks at the bodies of a long trace in the background, over many slices', async () => {
    const tags = { trace_id: 't1' };
    const asked = { name: 'search', arguments: '{"query": "open invoi' };
    const lines = Array.from({ length: 3000 }, (_, index) => line(`c${index}`, { tags }));
    write('llm.jsonl', [...lines, line('last', { tags, function_calls: [asked] })].join(''));
    await open();
    const found = async () =>
      (await engine.handlers.listFindingGroups({})).groups.some(
        group => group.category === 'tool-call-invalid-json',
      );
    assert.equal(await found(), false);
    while (!(await found())) {
      await nextChange(() => true);
    }
  });

  it('diagnoses an error by its whole message, of which memory holds the beginning', async () => {
    const error = `${'x '.repeat(3000)} maximum context length is 128000 tokens`;
    write('llm.jsonl', line('a', { error, error_type: 'BadRequestError' }));
    await open();
    const detail = await engine.handlers.getSpan({ key: 'request:a' });
    assert.ok((detail?.span.error?.message.length ?? 0) < error.length);
    assert.equal(detail?.diagnosis?.category, 'context_length');
  });

  it('finds the call at a line, and none where there is none', async () => {
    const file = write('llm.jsonl', `${line('a')}\n${line('b')}`);
    await open();
    const at = async (lineNumber: number) =>
      (await engine.handlers.findSpanAt({ file, line: lineNumber }))?.key;
    assert.equal(await at(1), 'request:a');
    assert.equal(await at(2), undefined);
    assert.equal(await at(3), 'request:b');
    assert.equal(await at(9), undefined);
  });

  it('lists files, what it skipped in them and why, and what is no log at all', async () => {
    const file = write('llm.jsonl', `${line('a')}{"half":\n`);
    write('package.json', '{"name":"app","version":"1.0.0"}');
    await open();
    const files = await engine.handlers.listFiles({ source: folder, ...range });
    const [log] = files.items.filter(item => item.name === 'llm.jsonl');
    assert.deepEqual([log?.records, log?.calls, log?.skipped], [1, 1, 1]);
    const skipped = await engine.handlers.listSkipped({ file, ...range });
    assert.equal(skipped.total, 1);
    assert.equal(skipped.items[0]?.line, 2);
    assert.ok(skipped.items[0].reason);
    const others = files.items.filter(item => item.name !== 'llm.jsonl');
    assert.ok(others.every(item => item.state === 'notALog' && item.message));
    const stats = await engine.handlers.getStats({});
    assert.deepEqual([stats.records, stats.skippedRecords], [1, 1]);
  });

  it('gives every record with its place and hash', async () => {
    write('llm.jsonl', `${line('a')}nonsense\n${line('b')}`);
    await open();
    const lines = [...engine.records()].map(record =>
      'skipped' in record ? `skipped at ${record.source.offset}` : `${record.id} ${record.sha256}`,
    );
    assert.equal(lines.length, 3);
    assert.match(lines[0] ?? '', /^a [0-9a-f]{64}$/);
    assert.equal(lines[1], `skipped at ${Buffer.byteLength(line('a'))}`);
    assert.match(lines[2] ?? '', /^b [0-9a-f]{64}$/);
  });

  it('reads a file of two sources once, and keeps it while one of them is left', async () => {
    const file = write('llm.jsonl', line('a'));
    await open(file);
    await open(folder);
    assert.equal((await engine.handlers.getStats({})).records, 1);
    await engine.handlers.removeSource({ path: file });
    await engine.handlers.whenIdle({});
    assert.equal((await engine.handlers.getStats({})).records, 1);
    assert.equal((await engine.handlers.listSources({})).length, 1);
    await engine.handlers.removeSource({ path: folder });
    assert.equal((await engine.handlers.getStats({})).records, 0);
    assert.equal((await engine.handlers.listTraces(range)).total, 0);
  });

  it('forgets what a file said before it was written anew', async () => {
    const file = write('llm.jsonl', line('a') + line('b') + line('c'));
    await open();
    fs.writeFileSync(file, line('d'));
    await nextChange(({ spanKeys }) => spanKeys?.includes('request:d') ?? true);
    await engine.handlers.whenIdle({});
    assert.deepEqual(
      [...engine.spans()].map(span => span.key),
      ['request:d'],
    );
  });

  it('turns rules and inference off and on', async () => {
    write('llm.jsonl', line('a', { finish_reason: 'length' }));
    await open();
    const groups = async () =>
      (await engine.handlers.listFindingGroups({})).groups.map(
        group => `${group.category} ${group.severity}`,
      );
    assert.deepEqual(await groups(), ['output-truncated warning']);
    await engine.handlers.configure({ rules: { 'output-truncated': 'error' } });
    assert.deepEqual(await groups(), ['output-truncated error']);
    await engine.handlers.configure({ rules: { 'output-truncated': 'off' } });
    assert.deepEqual(await groups(), []);
  });
});
