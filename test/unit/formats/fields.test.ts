import assert from 'node:assert/strict';
import { readContent } from '../../../src/formats/fields/content';
import {
  parseDuration,
  readDuration,
  readTimeToFirstToken,
} from '../../../src/formats/fields/duration';
import { readError } from '../../../src/formats/fields/errors';
import { readIds } from '../../../src/formats/fields/identity';
import { looksLikeCall } from '../../../src/formats/fields/looksLikeCall';
import { secondsToMs } from '../../../src/formats/fields/seconds';
import { readMessages } from '../../../src/formats/fields/messages';
import { readOutput } from '../../../src/formats/fields/output';
import { toTime } from '../../../src/formats/fields/time';
import { readUsage } from '../../../src/formats/fields/usage';
import { toCount, toId } from '../../../src/formats/fields/values';
import { messageText } from '../../../src/model/message';

describe('times in logs', () => {
  const noon = Date.UTC(2026, 9, 5, 12, 0, 0);
  const same: readonly unknown[] = [
    '2026-10-05T12:00:00Z',
    '2026-10-05T12:00:00',
    '2026-10-05 12:00:00,000',
    '2026-10-05 12:00:00.000000+00:00',
    '2026-10-05T17:30:00+05:30',
    '2026-10-05T08:00:00-0400',
    '2026/10/05 12:00:00',
    '2026-10-05T12:00Z',
    noon / 1000,
    noon,
    noon * 1e3,
    noon * 1e6,
    String(noon),
    `${noon * 1e6}`,
  ];
  for (const value of same) {
    it(`${JSON.stringify(value)} is noon of 5 October 2026`, () => {
      assert.equal(toTime(value), noon);
    });
  }

  it('keep microseconds as fractions of a millisecond', () => {
    assert.equal(toTime('2026-10-05T12:00:00.148620'), noon + 148.62);
  });

  for (const value of [
    '12:00',
    'yesterday',
    '',
    12.5,
    0,
    -1,
    '2026-02-31T00:00:00Z',
    '2026-13-01 00:00:00',
    null,
    {},
  ]) {
    it(`${JSON.stringify(value)} is no point in time`, () => {
      assert.equal(toTime(value), undefined);
    });
  }
});

describe('durations in logs', () => {
  const expected: readonly (readonly [Record<string, unknown>, number | undefined])[] = [
    [{ latency_ms: 850 }, 850],
    [{ duration_sec: 1.5 }, 1500],
    [{ latency: 2.25 }, 2250],
    [{ latency: 12 }, 12_000],
    [{ latency: 850 }, 850],
    [{ duration: 150.5 }, 150_500],
    [{ duration: 1200.5 }, 1200.5],
    [{ total_duration: 5_043_500_667 }, 5043.500667],
    [{ latency: '850ms' }, 850],
    [{ latency_ms: '850.5' }, 850.5],
    [{ timeout_ms: 8000 }, undefined],
    [{ latency_ms: -1 }, undefined],
    [{ latency_ms: null, duration_s: 2 }, 2000],
  ];
  for (const [fields, ms] of expected) {
    it(`${JSON.stringify(fields)} is ${ms ?? 'unknown'}${ms === undefined ? '' : ' ms'}`, () => {
      const actual = readDuration(fields);
      assert.ok(
        actual === ms || Math.abs((actual ?? Number.NaN) - (ms ?? Number.NaN)) < 1e-6,
        `${actual}`,
      );
    });
  }

  it('are unknown where no length of time is that long, and never endless', () => {
    for (const name of ['elapsed_seconds', 'duration_ms', 'duration_ns', 'latency']) {
      assert.equal(readDuration({ [name]: 1e308 }), undefined, name);
    }
    assert.equal(readTimeToFirstToken({ ttft_s: 1e308 }), undefined);
    assert.equal(secondsToMs(1e308), undefined);
    assert.equal(secondsToMs(1.5), 1500);
  });

  it('are read out of words', () => {
    assert.equal(parseDuration('0.3 seconds'), 300);
    assert.equal(parseDuration('2 min'), 120_000);
    assert.equal(parseDuration('soon'), undefined);
  });
});

describe('tokens in logs', () => {
  it('of OpenAI count cached and reasoning tokens in', () => {
    const usage = readUsage({
      usage: {
        prompt_tokens: 1200,
        completion_tokens: 350,
        total_tokens: 1550,
        prompt_tokens_details: { cached_tokens: 1024 },
        completion_tokens_details: { reasoning_tokens: 256 },
      },
    });
    assert.deepEqual(compact(usage), {
      inputTokens: 1200,
      outputTokens: 350,
      cacheReadInputTokens: 1024,
      reasoningOutputTokens: 256,
    });
  });

  it('of Anthropic leave cached tokens out, which are added', () => {
    const usage = readUsage({
      usage: {
        input_tokens: 10,
        cache_creation_input_tokens: 15_973,
        cache_read_input_tokens: 0,
        output_tokens: 3,
      },
    });
    assert.equal(usage?.inputTokens, 15_983);
    assert.equal(usage?.cacheCreationInputTokens, 15_973);
  });

  it('of a proxy that mixes both have the cached tokens in already', () => {
    assert.equal(
      readUsage({ prompt_tokens: 500, cache_read_input_tokens: 400, completion_tokens: 1 })
        ?.inputTokens,
      500,
    );
  });

  it('of Gemini keep thoughts beside the answer, which are added', () => {
    const usage = readUsage({
      usageMetadata: { promptTokenCount: 9, candidatesTokenCount: 40, thoughtsTokenCount: 100 },
    });
    assert.equal(usage?.outputTokens, 140);
    assert.equal(usage?.reasoningOutputTokens, 100);
  });

  it('that are null, negative, infinite or text stay unknown, never zero', () => {
    assert.deepEqual(
      compact(readUsage({ prompt_tokens: null, completion_tokens: -1, total_tokens: 'many' })),
      undefined,
    );
    assert.equal(toCount(Number.POSITIVE_INFINITY), undefined);
  });

  it('that are one figure for all are a total, and only then', () => {
    assert.deepEqual(compact(readUsage({ tokens: 96 })), { totalTokens: 96 });
    assert.equal(
      readUsage({ input_tokens: 1, output_tokens: 2, total_tokens: 3 })?.totalTokens,
      undefined,
    );
  });
});

describe('errors in logs', () => {
  const failures: readonly (readonly [
    Record<string, unknown>,
    string,
    (string | undefined)?,
    number?,
  ])[] = [
    [
      { error: 'Connection error.', error_type: 'APIConnectionError' },
      'Connection error.',
      'APIConnectionError',
    ],
    [
      { error: { type: 'overloaded_error', message: 'Overloaded', status: 529 } },
      'Overloaded',
      'overloaded_error',
      529,
    ],
    [{ error: "Error code: 429 - {'error': …}" }, "Error code: 429 - {'error': …}", undefined, 429],
    [
      { error_message: 'openai.RateLimitError: slow down' },
      'openai.RateLimitError: slow down',
      'RateLimitError',
    ],
    [{ success: false }, 'success: false'],
    [{ ok: 'false' }, 'ok: false'],
    [{ status: 'failed' }, 'status: failed'],
    [{ timed_out: true }, 'timed_out: true'],
    [{ parse_ok: false }, 'parse_ok: false'],
    [{ success: false, error_type: 'provider_disabled' }, 'provider_disabled', 'provider_disabled'],
    [{ status_code: 503 }, 'HTTP status 503', undefined, 503],
    [{ error: true }, 'error: true'],
  ];
  for (const [fields, message, type, status] of failures) {
    it(`${JSON.stringify(fields)} is a failure`, () => {
      assert.deepEqual(compact(readError(fields)), compact({ type, message, status }));
    });
  }

  for (const fields of [
    { error: null },
    { error: '' },
    { error: 'None' },
    { error: {} },
    { error: [] },
    { error: false },
    { success: true },
    { status: 'success' },
    { status_code: 200 },
    { timed_out: false },
    { error_type: null },
  ]) {
    it(`${JSON.stringify(fields)} is none`, () => {
      assert.equal(readError(fields), undefined);
    });
  }
});

describe('ids in logs', () => {
  it('prefer a request id, then a span in its trace, then an id that is no counter', () => {
    const all = { request_id: 'r1', trace_id: 't', span_id: 's', id: 'abcdefgh' };
    assert.equal(readIds(all).identity, 'request:r1');
    assert.equal(readIds({ ...all, request_id: null }).identity, 'span:t/s');
    assert.equal(readIds({ id: 'abcdefgh' }).identity, 'request:abcdefgh');
    assert.equal(readIds({ id: 17 }).identity, undefined);
    assert.equal(readIds({ id: 17 }).requestId, '17');
    assert.equal(readIds({ span_id: 's' }).identity, undefined);
  });

  it('that JSON numbers cannot hold, that are all zeros or empty are none', () => {
    for (const id of [
      2 ** 53,
      1.5,
      '',
      '00000000-0000-0000-0000-000000000000',
      '0x0000000000000000',
      {},
      null,
    ]) {
      assert.equal(toId(id), undefined);
    }
  });
});

describe('a call among other objects', () => {
  it('needs two of model, tokens, latency and text', () => {
    assert.ok(looksLikeCall({ model: 'gpt-4o', latency_ms: 1 }));
    assert.ok(looksLikeCall({ model: 'm', prompt_tokens: null }));
    assert.ok(looksLikeCall({ prompt: 'Hi', latency_ms: 1 }));
    assert.ok(looksLikeCall({ input_tokens: 1, response: 'Hi' }));
    assert.ok(!looksLikeCall({ model: 'm' }));
    assert.ok(!looksLikeCall({ prompt: 'Hi', completion: 'Ho' }));
  });

  it('is not a query of a database that took some time', () => {
    assert.ok(!looksLikeCall({ query: 'select 1', duration_ms: 12, response: 'ok' }));
  });
});

describe('messages in logs', () => {
  it('are read in the words of LangChain and Gemini', () => {
    const [human, model] = readMessages([
      { type: 'human', data: { content: 'Hi' } },
      { role: 'model', parts: [{ text: 'Ho' }, { functionCall: { name: 'f', args: { a: 1 } } }] },
    ]);
    assert.deepEqual(human, {
      role: 'user',
      name: undefined,
      parts: [{ type: 'text', text: 'Hi' }],
    });
    assert.equal(model?.role, 'assistant');
    assert.deepEqual(
      model?.parts.map(part => part.type),
      ['text', 'toolCall'],
    );
  });

  it('are read in the words of the Responses API', () => {
    const messages = readMessages([
      { role: 'user', content: [{ type: 'input_text', text: 'Hi' }] },
      { type: 'reasoning', summary: [{ type: 'summary_text', text: 'think' }] },
      { type: 'function_call', call_id: 'c1', name: 'f', arguments: '{"a":1}' },
      { type: 'function_call_output', call_id: 'c1', output: 'done' },
    ]);
    assert.deepEqual(
      messages.map(({ role, parts }) => [role, parts[0]?.type]),
      [
        ['user', 'text'],
        ['assistant', 'reasoning'],
        ['assistant', 'toolCall'],
        ['tool', 'toolResult'],
      ],
    );
  });

  it('keep arguments that are no JSON as the text they are', () => {
    const [message] = readOutput({
      role: 'assistant',
      tool_calls: [{ id: 'c', function: { name: 'f', arguments: '{"a": 1' } }],
    });
    const [part] = message?.parts ?? [];
    assert.ok(part?.type === 'toolCall');
    assert.equal(part.arguments, '{"a": 1');
  });

  it('hold media as an address or a size, never as data', () => {
    const [message] = readMessages([
      {
        role: 'user',
        content: [
          { type: 'image_url', image_url: { url: 'https://example.com/a.png' } },
          { type: 'image_url', image_url: { url: 'data:image/jpeg;base64,AAAA' } },
          { type: 'input_audio', input_audio: { data: 'AAAAAAA=', format: 'wav' } },
          { inlineData: { mimeType: 'application/pdf', data: 'AAAA' } },
        ],
      },
    ]);
    const plain = message?.parts.map(part => compact(part));
    assert.deepEqual(plain, [
      { type: 'image', url: 'https://example.com/a.png' },
      { type: 'image', mimeType: 'image/jpeg', byteLength: 3 },
      { type: 'audio', byteLength: 5 },
      { type: 'file', mimeType: 'application/pdf', byteLength: 3 },
    ]);
  });

  it('that are an answer in JSON stay the text they are', () => {
    const [message] = readOutput('{"content": "a field of the answer"}');
    assert.equal(message && messageText(message), '{"content": "a field of the answer"}');
  });

  it('get their system prompt when it is logged beside them', () => {
    const { inputMessages } = readContent({
      system: 'Be brief.',
      messages: [{ role: 'user', content: 'Hi' }],
    });
    assert.deepEqual(
      inputMessages.map(message => message.role),
      ['system', 'user'],
    );
  });
});

/** Without the keys that are undefined. */
function compact(value: object | undefined): object | undefined {
  return (
    value && Object.fromEntries(Object.entries(value).filter(([, field]) => field !== undefined))
  );
}
