import assert from 'node:assert/strict';
import { EngineCore } from '../../../src/engine/core';
import { Ingest } from '../../../src/engine/ingest';
import { isFields } from '../../../src/formats/fields/values';
import { formats } from '../../../src/formats/index';
import { Random } from '../../fuzz/random';

/** Reads a log as the parser does: what is not taken ahead is parsed. Returns how many lines had to be. */
function parsedLinesOf(log: Buffer): number {
  const core = new EngineCore(formats, path => path);
  const ingest = new Ingest({
    store: core.store,
    quickStore: core.store,
    formats,
    hashRecords: false,
    hasChecksums: true,
    learnAfterBytes: 0,
    onDidChange: () => {},
  });
  const window = { bytes: log, offset: 0, end: log.length };
  let parsed = 0;
  let line = 1;
  for (let from = 0; from < log.length;) {
    const taken = ingest.takeLines({ file: '/a.jsonl', entry: undefined, window, from, line });
    from = taken?.end ?? from;
    line += taken?.lines ?? 0;
    if (from < log.length) {
      const end = log.indexOf(10, from);
      const bytes = log.subarray(from, end);
      const source = { file: '/a.jsonl', offset: from, length: bytes.length, line };
      ingest.record({ source, container: 'json', value: JSON.parse(bytes.toString()), bytes });
      from = end + 1;
      line++;
      parsed++;
    }
  }
  assert.equal([...core.spans()].length, line - 1);
  return parsed;
}

function logOf(record: (index: number) => object): Buffer {
  return Buffer.from(
    Array.from({ length: 1000 }, (_, index) => `${JSON.stringify(record(index))}\n`).join(''),
  );
}

const models = ['gpt-4o', 'claude-sonnet-4-5', 'gemini-2.5-pro'];
const hex = (index: number): string => (index * 2654435761).toString(16).padStart(16, '0');

describe('lines like those before them', () => {
  it('of a home-grown log are not parsed', () => {
    const parsed = parsedLinesOf(
      logOf(index => ({
        id: `call_${hex(index)}`,
        timestamp: new Date(1.79e12 + index * 1370).toISOString(),
        trace_id: hex(index % 100),
        model: models[index % 3],
        messages: [{ role: 'user', content: `How many ${index} sheep? `.repeat((index % 9) + 1) }],
        response: `${index} of them.`,
        usage: { prompt_tokens: 17 + index, completion_tokens: 1 + (index % 7) },
        latency_ms: 100.5 + index,
      })),
    );
    assert.ok(parsed < 100, `${parsed} of 1000`);
  });

  it('with many words, beside each of those that matter, are not parsed', () => {
    const parsed = parsedLinesOf(
      logOf(index => ({
        id: `call_${hex(index)}`,
        timestamp: new Date(1.79e12 + index * 1370).toISOString(),
        event: ['llm_call', 'llm_request', 'llm_retry'][index % 3],
        status: ['ok', 'error', 'pending', 'timeout'][(index >> 2) % 4],
        model: models[index % 3],
        user: `user-${(index * 7) % 31}`,
        stage: `stage ${(index * 5) % 23}`,
        prompt: 'Say hi',
        latency_ms: 100.5 + index,
        message: 'done',
      })),
    );
    assert.ok(parsed < 50, `${parsed} of 1000`);
  });

  it('of an LLM logger are not parsed', () => {
    const parsed = parsedLinesOf(
      logOf(index => ({
        request_id: `req-${hex(index)}`,
        timestamp: new Date(1.79e12 + index * 1370).toISOString(),
        operation: index % 5 === 0 ? 'embedding' : 'completion',
        model: models[index % 3],
        prompt_tokens: 17 + index,
        completion_tokens: index % 7,
        latency_ms: 100.5 + index,
        user_id: `user-${index % 4}`,
        error: null,
      })),
    );
    assert.ok(parsed < 100, `${parsed} of 1000`);
  });

  it('with ids of any sort, and figures with decimals and without, are not parsed', () => {
    const characters = ['0123456789abcdef', '123456789', 'abcdef'];
    const random = new Random('ids');
    // the first one shows that it is an id
    const id = (index: number, length: number): string => {
      const from = [...(index === 0 ? '0123456789abcdef' : random.pick(characters))];
      return Array.from({ length }, () => random.pick(from)).join('');
    };
    const parsed = parsedLinesOf(
      logOf(index => ({
        id: `call_${id(index, 12)}`,
        timestamp: new Date(1.79e12 + index * 1370).toISOString(),
        trace_id: id(index, 32),
        span_id: id(index, 16),
        session_id: `sess_${id(index, 8)}`,
        model: 'gpt-4o',
        usage: { prompt_tokens: 17 + index, completion_tokens: 1 + (index % 7) },
        latency_ms: index % 2 === 0 ? 100 + index : 100.5 + index,
      })),
    );
    assert.ok(parsed < 10, `${parsed} of 1000`);
  });

  it('with their keys in any order are not parsed', () => {
    const random = new Random('order');
    const shuffled = (record: object): object =>
      Object.fromEntries(
        random
          .shuffled(Object.entries(record))
          .map(([key, value]) => [key, isFields(value) ? shuffled(value) : value]),
      );
    const parsed = parsedLinesOf(
      logOf(index =>
        shuffled({
          id: `call_${hex(index)}`,
          timestamp: new Date(1.79e12 + index * 1370).toISOString(),
          trace_id: hex(index % 100),
          model: models[index % 3],
          messages: [{ role: 'user', content: `How many ${index} sheep?` }],
          response: `${index} of them.`,
          usage: { prompt_tokens: 17 + index, completion_tokens: 1 + (index % 7) },
          latency_ms: 100.5 + index,
        }),
      ),
    );
    assert.ok(parsed < 100, `${parsed} of 1000`);
  });
});
