import assert from 'node:assert/strict';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { createEngine } from '../../../src/engine/createEngine';
import type { Stats } from '../../../src/model/stats';

/** What is counted in one log, which is written record by record. */
async function statsOf(name: string, ...records: readonly object[]): Promise<Stats> {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'callsight-facts-'));
  const engine = createEngine();
  try {
    const file = path.join(folder, name);
    fs.writeFileSync(file, records.map(record => `${JSON.stringify(record)}\n`).join(''));
    await engine.handlers.addSource({ path: file });
    await engine.handlers.whenIdle({});
    return await engine.handlers.getStats({});
  } finally {
    await engine.dispose();
    fs.rmSync(folder, { recursive: true });
  }
}

function claudeLine(uuid: string, type: string, message: object, more: object = {}): object {
  const place = { sessionId: 'bakery', isSidechain: false, parentUuid: null };
  return { ...place, type, uuid, timestamp: '2026-03-01T09:00:00.000Z', message, ...more };
}

function codexLine(type: string, payload: object): object {
  return { timestamp: '2026-03-01T09:00:00.000Z', type, payload };
}

const asked = claudeLine('u-1', 'user', { role: 'user', content: 'Two loaves, please' });
const codexHead = codexLine('session_meta', { id: 'bakery', cwd: '/bakery', originator: 'cli' });
const copilotHead = {
  id: 'e-1',
  parentId: null,
  type: 'session.start',
  timestamp: '2026-03-01T09:00:00.000Z',
  data: { sessionId: 'bakery', version: 1, producer: 'copilot-agent' },
};

describe('what is counted in a log that tells a conversation piece by piece', () => {
  it('is the input of a failed call, too: the conversation before it', async () => {
    const claude = await statsOf(
      'claude.jsonl',
      asked,
      claudeLine(
        'a-1',
        'assistant',
        {
          id: 'x-1',
          model: '<synthetic>',
          role: 'assistant',
          content: [{ type: 'text', text: 'API Error: 529 overloaded' }],
        },
        { isApiErrorMessage: true },
      ),
    );
    assert.deepEqual([claude.errors, claude.firstUserText], [1, 'Two loaves, please']);
    const codex = await statsOf(
      'codex.jsonl',
      codexHead,
      codexLine('response_item', {
        type: 'message',
        role: 'user',
        content: [{ type: 'input_text', text: 'Two loaves, please' }],
      }),
      codexLine('event_msg', { type: 'error', message: 'stream disconnected' }),
    );
    assert.deepEqual([codex.errors, codex.firstUserText], [1, 'Two loaves, please']);
    const copilot = await statsOf(
      'copilot.jsonl',
      copilotHead,
      { ...copilotHead, id: 'e-2', type: 'user.message', data: { content: 'Two loaves, please' } },
      { ...copilotHead, id: 'e-3', type: 'session.error', data: { message: 'rate limit' } },
    );
    assert.deepEqual([copilot.errors, copilot.firstUserText], [1, 'Two loaves, please']);
  });

  it('is a session without any call', async () => {
    const gemini = { sessionId: 'bakery', projectHash: 'ab12', messages: [] };
    const openCode = { id: 'm', sessionID: 'bakery', role: 'user', time: { created: 1 } };
    for (const record of [asked, codexHead, copilotHead, gemini, openCode]) {
      const stats = await statsOf('head.jsonl', record);
      assert.deepEqual([stats.calls, stats.sessions], [0, 1], JSON.stringify(record));
    }
  });

  it('is once what stands in the file twice', async () => {
    const answer = claudeLine('a-1', 'assistant', {
      id: 'msg_1',
      role: 'assistant',
      content: [
        { type: 'text', text: 'Here they are' },
        { type: 'tool_use', id: 'toolu_1', name: 'bake', input: {} },
      ],
    });
    const stats = await statsOf('twice.jsonl', asked, answer, asked, answer);
    assert.deepEqual(
      [stats.calls, stats.toolCalls, stats.lastAssistantText],
      [1, 1, 'Here they are'],
    );
  });
});

describe('a call around another call', () => {
  it('is counted by the trace as by the statistics: not at all', async () => {
    const line = (fields: object) => ({ trace_id: 't-1', model: 'gpt-4o', ...fields });
    const outer = line({
      span_id: 'p',
      start_time: '2026-03-01T09:00:00.000Z',
      duration_ms: 900,
      usage: { prompt_tokens: 70, completion_tokens: 3 },
    });
    const inner = line({
      span_id: 'c',
      parent_span_id: 'p',
      start_time: '2026-03-01T09:00:00.100Z',
      duration_ms: 500,
      usage: { prompt_tokens: 70, completion_tokens: 3 },
    });
    const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'callsight-facts-'));
    const engine = createEngine();
    try {
      const file = path.join(folder, 'calls.jsonl');
      fs.writeFileSync(file, `${JSON.stringify(outer)}\n${JSON.stringify(inner)}\n`);
      await engine.handlers.addSource({ path: file });
      await engine.handlers.whenIdle({});
      const { calls, inputTokens } = await engine.handlers.getStats({});
      const { items: traces } = await engine.handlers.listTraces({ start: 0, end: 10 });
      assert.deepEqual([calls, inputTokens], [1, 70]);
      assert.deepEqual(
        traces.map(trace => [trace.calls, trace.inputTokens]),
        [[1, 70]],
      );
    } finally {
      await engine.dispose();
      fs.rmSync(folder, { recursive: true });
    }
  });
});
