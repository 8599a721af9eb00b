import assert from 'node:assert/strict';
import { corpusLogs, recordsByFormat } from '../../fuzz/corpus';
import { Random } from '../../fuzz/random';
import { expectSame } from './sameEngine';
import { summedLog, variedLog } from './variedLog';

/** Seeds of logs that were read wrongly once, by format. */
const telling: ReadonlyMap<string, readonly string[]> = new Map([
  ['aider-analytics', ['103']],
  // `20f6-…` was a time
  ['continue-dev', ['403']],
  ['json-logger', ['105']],
  ['otel-go', ['7']],
  ['otel-span', ['104']],
]);

describe('lines that are not parsed are read as if they were', () => {
  const seed = process.env['SCAN_SEED'] ?? '1';
  const byFormat = recordsByFormat(corpusLogs(undefined));
  const jsonFormats = [...byFormat].filter(([, records]) => typeof records[0] === 'object');

  for (const [format, records] of jsonFormats) {
    it(`of ${format}`, async () => {
      for (const one of new Set([seed, ...(telling.get(format) ?? [])])) {
        const random = new Random(one, format);
        const logs = {
          // of the first minute, so it is read last
          'sums.jsonl': summedLog(records, new Random(one, `sums ${format}`), 24 * 1024),
          'one.jsonl': variedLog(records, random, false),
          'two-2026-11-27.jsonl': variedLog(records, random, true),
          'two-2026-11-28.jsonl': variedLog(records.slice(0, 3), random, true),
        };
        assert.ok((await expectSame(logs)) > 10);
      }
    });
  }

  it('of all formats in one log', async () => {
    const random = new Random(seed, 'mixed');
    const records = jsonFormats.flatMap(([, some]) => some.slice(0, 2));
    const logs = { 'mixed.jsonl': variedLog(records, random, true) };
    assert.ok((await expectSame(logs)) > 10);
    assert.ok((await expectSame(logs, { hashRecords: true })) > 10);
  });

  it('of objects whose keys are read in their order', async () => {
    const random = new Random(seed, 'order');
    const lines = Array.from({ length: 400 }, (_, index) => {
      const fault = {
        code: 7,
        detail: index % 3 === 0 ? 'overloaded' : 'unavailable',
        again: true,
      };
      return JSON.stringify({
        model: 'gpt-4o',
        usage: { prompt_tokens: index, completion_tokens: 1 },
        tags: Object.fromEntries(random.shuffled(Object.entries({ team: 'a', stage: 'b' }))),
        metadata: Object.fromEntries(random.shuffled(Object.entries({ one: 'c', two: 'd' }))),
        error: index % 2 === 0 ? null : Object.fromEntries(random.shuffled(Object.entries(fault))),
      });
    });
    assert.ok((await expectSame({ 'order.jsonl': `${lines.join('\n')}\n` })) > 400);
  });

  it('of ids and figures of every sort', async () => {
    const random = new Random(seed, 'ids');
    const of = (characters: string, length: number): string =>
      Array.from({ length }, () => random.pick([...characters])).join('');
    const id = (length: number): string =>
      of(random.pick(['0', '123456789', '0123', 'abcdef', '0123456789abcdef', '09afxyz']), length);
    const time = 1_790_812_802_443;
    const lines = Array.from({ length: 600 }, (_, index) =>
      JSON.stringify({
        id: random.pick(['call_', '']) + id(12),
        trace_id: id(32),
        span_id: id(16),
        session_id: random.pick([id(8), `sess-${id(8)}`]),
        timestamp: random.pick([`${time + index}`, `${id(13)}`, `${time + index}`.slice(0, 10)]),
        model: 'gpt-4o',
        usage: { prompt_tokens: random.pick([index, index / 8]), completion_tokens: 1 + index },
        latency_ms: random.pick([0, 0.5, index, index + 0.25, 3e8 + index]),
      }),
    );
    assert.ok((await expectSame({ 'ids.jsonl': `${lines.join('\n')}\n` })) > 600);
  });

  it('with an id that is told apart by itself and written with an escape', async () => {
    const lines = Array.from({ length: 300 }, (_, index) =>
      JSON.stringify({
        id: `call_${123_456_000 + index}`,
        timestamp: 1_790_000_000 + index,
        trace_id: `${'0123456789abcdef'.repeat(2).slice(0, 26)}${100_000 + index}`,
        span_id: 'the only "step" of all',
        model: 'gpt-4o',
        usage: { prompt_tokens: index, completion_tokens: 1 },
      }),
    );
    assert.ok((await expectSame({ 'escaped.jsonl': `${lines.join('\n')}\n` })) > 300);
  });

  it('of which one is a call by a text alone, of a field that has many', async () => {
    const lines = Array.from({ length: 300 }, (_, index) =>
      JSON.stringify({
        event: index % 100 === 99 ? 'message_send' : `command_${index}`,
        properties: { main_model: 'gpt-4o', prompt_tokens: 800 + index, completion_tokens: 60 },
        user_id: 'u-1',
        time: 1_765_000_000 + index,
      }),
    );
    assert.ok((await expectSame({ 'texts.jsonl': `${lines.join('\n')}\n` })) > 300);
  });

  it('with a status that means nothing in calls, and in other lines whether they are calls', async () => {
    const lines = Array.from({ length: 200 }, (_, index) =>
      JSON.stringify({
        id: `call_${123_456_000 + index}`,
        timestamp: '2026-03-04T10:00:01Z',
        model: 'gpt-4o',
        prompt: 'Say hi',
        latency_ms: 12,
        message: 'done',
        event: index % 4 < 2 ? 'llm_call' : 'heartbeat',
        status: index % 2 === 0 ? 'error' : 'ok',
      }),
    );
    assert.ok((await expectSame({ 'states.jsonl': `${lines.join('\n')}\n` })) > 150);
  });

  it('with a status that means something only beside a word by which a format knows its records', async () => {
    const kinds = ['llm', 'llm', 'llm "other"', 'llm'];
    const states = ['failing', '', 'pending', 'pending'];
    const lines = Array.from({ length: 200 }, (_, index) =>
      JSON.stringify({
        id: `25711696-0000-5000-8000-${String(100_000_000_000 + index)}`,
        trace_id: '49154619-0000-8000-5000-00000000000a',
        name: 'answer',
        run_type: kinds[index % 4],
        inputs: { prompts: ['Say hi'] },
        outputs: null,
        start_time: '2026-03-04T10:00:01',
        end_time: null,
        prompt_tokens: 0,
        completion_tokens: 0,
        total_tokens: 0,
        status: states[index % 4],
        first_token_time: null,
      }),
    );
    assert.ok((await expectSame({ 'kinds.jsonl': `${lines.join('\n')}\n` })) > 150);
  });

  it('with numbers that are levels, and others before them', async () => {
    const fields = { time: 1_790_000_000_000, pid: 16, hostname: 'web-1' };
    const call = { model: 'gpt-4o', err: { type: 'RateLimitError', message: 'slow', stack: 'x' } };
    const lines = Array.from({ length: 400 }, (_, index) =>
      JSON.stringify(
        index === 0
          ? { level: -50, ...fields, ...call, msg: 'LLM call failed' }
          : { level: index === 1 ? 390 : 20, ...fields, msg: 'server listening' },
      ),
    );
    assert.ok((await expectSame({ 'levels.jsonl': `${lines.join('\n')}\n` })) > 400);
  });

  /** `hasSum`: whether a call has a total that is the sum of all others. */
  const countsOf = (index: number, hasSum: boolean): readonly number[] => {
    const counts = [100 + index, 50 + (index % 17), 20 + (index % 13)];
    return [...counts, counts.slice(0, hasSum ? 3 : 2).reduce((sum, count) => sum + count, 0)];
  };

  for (const isFirst of [false, true]) {
    const hasSum = (index: number): boolean => (index === 0 ? isFirst : index % 5 === 0);
    const first = isFirst ? 'the first has' : 'the first has not';

    it(`with totals of which some have the thoughts apart, and ${first}`, async () => {
      const lines = Array.from({ length: 200 }, (_, index) => {
        const [asked, answered, thought, total] = countsOf(index, hasSum(index));
        return JSON.stringify({
          id: `call_${1_000_000 + index}`,
          timestamp: 1_790_000_000 + index,
          model: 'grok-4',
          usage: {
            prompt_tokens: asked,
            completion_tokens: answered,
            total_tokens: total,
            completion_tokens_details: { reasoning_tokens: thought },
          },
          latency_ms: 1000 + index,
        });
      });
      assert.ok((await expectSame({ 'totals.jsonl': `${lines.join('\n')}\n` })) > 200);
    });

    it(`with totals of which some have the cached tokens in the input, and ${first}`, async () => {
      const lines = Array.from({ length: 200 }, (_, index) => {
        const [input, output, cached, total] = countsOf(index, hasSum(index));
        return JSON.stringify({
          id: `obs-${10_000_000 + index}`,
          traceId: `trace-${10_000_000 + index}`,
          type: 'GENERATION',
          name: 'answer',
          startTime: new Date(1_790_000_000_000 + index * 1000).toISOString(),
          model: 'gpt-4o',
          usageDetails: { input, output, input_cached_tokens: cached, total },
        });
      });
      assert.ok((await expectSame({ 'totals.jsonl': `${lines.join('\n')}\n` })) > 200);
    });
  }

  it('with lists in lists, in some of which it matters how many elements there are', async () => {
    const call = { type: 'function', function: { name: 'add', arguments: '{}' } };
    const lines = Array.from({ length: 120 }, (_, index) => {
      const calls = Array.from({ length: 1 + ((index * 7) % 3) }, () => call);
      const message = { role: 'assistant', content: null, tool_calls: calls };
      return JSON.stringify({
        type: 'LLMCall',
        agent_id: 'assistant/default',
        prompt_tokens: 60 + index,
        completion_tokens: 15,
        response: { model: 'gpt-4o', choices: [{ finish_reason: 'tool_calls', message }] },
      });
    });
    assert.ok((await expectSame({ 'lists.jsonl': `${lines.join('\n')}\n` })) > 120);
  });

  it('with a field whose name is too long to be followed', async () => {
    const lines = Array.from({ length: 60 }, (_, index) =>
      JSON.stringify({
        model: 'gpt-4o',
        usage: { prompt_tokens: index, completion_tokens: 1 },
        ['k'.repeat(5000)]: index % 2 === 0 ? 'text' : { prompt: 'text' },
      }),
    );
    assert.ok((await expectSame({ 'long.jsonl': `${lines.join('\n')}\n` })) > 60);
  });
});
