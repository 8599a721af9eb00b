import assert from 'node:assert/strict';
import { readdirSync, existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { isCall, type SpanPatch } from '../../../src/model/span';
import { readFixture, readText, type ReadRecord } from './readFixture';

function callsOf(records: readonly ReadRecord[]): SpanPatch[] {
  return records.flatMap(record => record.reading?.spans.filter(isCall) ?? []);
}

function factsOf(records: readonly ReadRecord[]): object {
  const calls = callsOf(records);
  const sum = (pick: (call: SpanPatch) => number | undefined): number =>
    calls.reduce((total, call) => total + (pick(call) ?? 0), 0);
  return {
    records: records.length,
    unclaimed: records.filter(record => record.claimedBy.length === 0).length,
    calls: calls.length,
    errors: calls.filter(call => call.status === 'error').length,
    inputTokens: sum(call => call.usage?.inputTokens),
    outputTokens: sum(call => call.usage?.outputTokens),
    audit: records.filter(record => record.reading?.audit !== undefined).length,
  };
}

describe('facts of the seed logs', () => {
  const expected = {
    'seed-app/llm.jsonl': [209, 209, 15, 30_723, 26_254, 0],
    'seed-app/structlog.jsonl': [310, 310, 19, 45_468, 38_457, 0],
    'seed-app/audit.jsonl': [329, 0, 0, 0, 0, 329],
    'seed-loggers/llm-dev.jsonl': [101, 101, 4, 14_745, 12_203, 0],
    'seed-loggers/loguru.jsonl': [310, 310, 19, 45_468, 38_457, 0],
    'seed-loggers/python-json-logger.jsonl': [310, 310, 19, 45_468, 38_457, 0],
    'seed-loggers/app.log': [310, 310, 19, 0, 0, 0],
    'seed-loggers/console.log': [32, 32, 2, 0, 0, 0],
  } as const;
  for (const [name, [records, calls, errors, inputTokens, outputTokens, audit]] of Object.entries(
    expected,
  )) {
    it(`reads ${name} to its counts, and leaves nothing unclaimed`, () => {
      const unclaimed = 0;
      assert.deepEqual(factsOf(readFixture(name)), {
        records,
        unclaimed,
        calls,
        errors,
        inputTokens,
        outputTokens,
        audit,
      });
    });
  }
});

describe('facts of the whole seed app, when it is beside the repository', () => {
  const folder = path.resolve('../shared/samples/seed-app');
  const names = existsSync(folder) ? readdirSync(folder) : [];
  const conversations = names.filter(name => name.startsWith('debug_conversation_'));
  const test = names.length > 0 ? it : it.skip;

  test('reads all 30 saved conversations with their tokens and times', () => {
    const records = conversations.flatMap(name =>
      readText(readFileSync(path.join(folder, name), 'utf8'), name),
    );
    assert.deepEqual(factsOf(records), {
      records: 30,
      unclaimed: 0,
      calls: 30,
      errors: 0,
      inputTokens: 10_310,
      outputTokens: 1_505,
      audit: 0,
    });
    assert.ok(callsOf(records).every(call => call.startTime !== undefined && call.hasInput));
  });
});

describe('one call in two places', () => {
  it('gives the record of the file and the record of the structlog stream the same identity and the same facts', () => {
    const inFile = callsOf(readFixture('seed-app/llm.jsonl'));
    const inStream = new Map(
      callsOf(readFixture('seed-app/structlog.jsonl')).map(call => [call.identity, call]),
    );
    assert.equal(new Set(inFile.map(call => call.identity)).size, 209);
    for (const { content: _, ...call } of inFile) {
      const { content: _content, ...twin } = inStream.get(call.identity) ?? {};
      assert.deepEqual(twin, call);
    }
  });
});
