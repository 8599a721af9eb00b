import assert from 'node:assert/strict';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { mock } from 'node:test';
import { grownDocument } from '../../../bench/scale/grow';
import { createEngine } from '../../../src/engine/createEngine';
import type { Engine } from '../../../src/engine/engine';
import { diskAccess } from '../../../src/engine/read/fileAccess';
import { messageText } from '../../../src/model/message';
import { fixturePath } from '../formats/readFixture';

const session = fixturePath('claude-code/session.jsonl');

describe('a session of a coding agent', () => {
  let folder: string;
  let engine: Engine;

  beforeEach(() => {
    folder = fs.mkdtempSync(path.join(os.tmpdir(), 'callsight-agent-'));
    engine = createEngine();
  });

  afterEach(async () => {
    await engine.dispose();
    fs.rmSync(folder, { recursive: true });
  });

  async function open(target: string): Promise<void> {
    await engine.handlers.addSource({ path: target });
    await engine.handlers.whenIdle({});
  }

  async function conversationOf(
    key: string,
  ): Promise<{ asked: readonly string[]; resent: number | undefined }> {
    const detail = await engine.handlers.getSpan({ key });
    const asked = (detail?.content?.inputMessages ?? []).map(
      message => `${message.role}: ${messageText(message)}`,
    );
    return { asked, resent: detail?.resentMessages };
  }

  it('shows with a call the conversation before it, and which part the call before was sent too', async () => {
    await open(session);
    assert.deepEqual(await conversationOf('message:msg_first'), {
      asked: ['user: When does the bakery open on Sunday?'],
      resent: 0,
    });
    const second = await conversationOf('message:msg_second');
    assert.deepEqual(second.asked, [
      'user: When does the bakery open on Sunday?',
      'assistant: ',
      'assistant: ',
      'user: ',
    ]);
    assert.equal(second.resent, 1);
    const third = await conversationOf('message:msg_third');
    assert.equal(third.resent, 4);
    assert.deepEqual(third.asked.slice(4), [
      'assistant: It opens at 8 on Sunday.',
      'user: Let an agent check the shelves.',
    ]);
  });

  it('opens a few records to name a prompt at the end of a long session, not all before it', async () => {
    const prompts = 300;
    const record = (value: object) => `${JSON.stringify(value)}\n`;
    const lines = [
      record({
        id: '0198aaaa-0000-7000-8000-000000000002',
        timestamp: '2025-07-01T10:00:00.000Z',
        instructions: null,
        git: {},
      }),
    ];
    for (let at = 1; at <= prompts; at++) {
      const said = (role: string, type: string, text: string) =>
        record({ type: 'message', role, content: [{ type, text }] });
      lines.push(said('user', 'input_text', `Loaf ${at}?`));
      lines.push(said('assistant', 'output_text', `Baked ${at}.`));
      lines.push(record({ record_type: 'state' }));
    }
    const file = path.join(folder, 'rollout.jsonl');
    fs.writeFileSync(file, lines.join(''));
    await open(file);
    const opening = mock.method(diskAccess, 'open');
    try {
      const { items, total } = await engine.handlers.listTraces({
        start: prompts - 1,
        end: prompts,
      });
      assert.equal(total, prompts);
      assert.match(items[0]?.name ?? '', /^Loaf \d+\?$/);
      assert.ok(opening.mock.callCount() > 0);
      assert.ok(opening.mock.callCount() < 20, `${opening.mock.callCount()} records`);
    } finally {
      opening.mock.restore();
    }
  });

  it('shows a sub-agent only its own conversation', async () => {
    await open(session);
    assert.deepEqual(await conversationOf('message:msg_agent'), {
      asked: ['user: Count the loaves.'],
      resent: 0,
    });
  });

  it('puts a prompt, its calls, its tools and its sub-agent into one trace', async () => {
    await open(session);
    const { items } = await engine.handlers.listTraces({ start: 0, end: 10 });
    const trace = items.find(({ name }) => name.includes('check the shelves'));
    const detail = await engine.handlers.getTrace({ traceKey: trace?.key ?? '' });
    assert.deepEqual(
      detail?.spans.map(span => `${span.kind} ${span.name} ${span.parentSpanId ?? '-'}`),
      [
        'event retry -',
        'call chat -',
        'tool Task msg_third',
        'agent sub-agent toolu_task',
        'call chat toolu_task',
        'call chat -',
        'tool Bash msg_fourth',
        'call chat -',
      ],
    );
  });

  it('puts an answer together whose parts lie in files of their own', async () => {
    await open(fixturePath('open-code'));
    const detail = await engine.handlers.getSpan({ key: 'message:msg_a1' });
    assert.deepEqual(
      detail?.content?.outputMessages.flatMap(({ parts }) => parts.map(({ type }) => type)),
      ['text', 'toolCall'],
    );
    assert.equal(detail.span.model, 'claude-sonnet-4-5');
  });

  it('tells what was said before an answer once, however often one document tells of the answer', async () => {
    const text = fs.readFileSync(fixturePath('open-code/export.json'), 'utf8');
    fs.writeFileSync(path.join(folder, 'export.json'), grownDocument(text, 'same', 50_000));
    await open(folder);
    const opened = mock.method(diskAccess, 'open');
    const content = engine.content('message:msx_a1');
    opened.mock.restore();
    assert.equal(opened.mock.callCount(), 1);
    const parts = content?.outputMessages.flatMap(message => message.parts) ?? [];
    assert.ok(parts.length >= 20, `${parts.length} parts`);
    assert.equal(content?.inputMessages.map(messageText).join(), 'You bake.,Which bread is left?');
  });

  it('counts nothing twice when a resumed session copies the old one into a new file', async () => {
    fs.copyFileSync(session, path.join(folder, 'old.jsonl'));
    await open(folder);
    const once = await engine.handlers.getStats({});
    const copied = fs.readFileSync(session, 'utf8').replaceAll('5f0c1f52', '77777777');
    fs.writeFileSync(path.join(folder, 'resumed.jsonl'), copied);
    await open(folder);
    const twice = await engine.handlers.getStats({});
    assert.equal(once.calls, 8);
    for (const fact of ['calls', 'toolCalls', 'inputTokens', 'outputTokens', 'errors'] as const) {
      assert.equal(twice[fact], once[fact], fact);
    }
    assert.ok(twice.records > once.records, 'the copy was read');
    const [last] = (await conversationOf('message:msg_second')).asked.slice(-1);
    assert.equal(last, 'user: ');
  });
});
