import assert from 'node:assert/strict';
import { Memory, patch } from './builders';

const requestA = { identity: 'request:a', requestId: 'a', model: 'gpt-4o' };

describe('span store', () => {
  it('makes one span of two records of one call and adds what each of them knows', () => {
    const memory = new Memory();
    memory.call('/a.jsonl', { ...requestA, startTime: 1000, hasInput: false });
    memory.call('/b.jsonl', { ...requestA, startTime: 1001.5, hasInput: true, userId: 'u1' });
    const [span, ...others] = memory.spans();
    assert.equal(others.length, 0);
    assert.equal(span?.key, 'request:a');
    assert.equal(span.hasInput, true);
    assert.equal(span.userId, 'u1');
    assert.deepEqual(
      span.sources.map(source => source.file),
      ['/a.jsonl', '/b.jsonl'],
    );
  });

  it('keeps two records apart that claim one id and contradict each other', () => {
    const contradictions = [
      { model: 'gpt-4o-mini' },
      { startTime: 5000 },
      { durationMs: 90 },
      { usage: { inputTokens: 8 } },
      { traceId: 't2' },
      { status: 'error' as const },
    ];
    for (const contradiction of contradictions) {
      const memory = new Memory();
      const said = { startTime: 1000, durationMs: 10, usage: { inputTokens: 7 }, traceId: 't1' };
      memory.call('/a.jsonl', { ...requestA, ...said });
      memory.call('/a.jsonl', { ...requestA, ...said, ...contradiction });
      const keys = memory.spans().map(span => span.key);
      assert.deepEqual(keys, ['request:a', 'request:a#2'], JSON.stringify(contradiction));
    }
  });

  it('gives the second of two contradicting spans its ordinal by file and place, not by time of arrival', () => {
    const memory = new Memory();
    memory.call('/b.jsonl', { ...requestA, model: 'second' });
    memory.spans();
    memory.call('/a.jsonl', { ...requestA, model: 'first' });
    assert.equal(memory.span('request:a')?.model, 'first');
    assert.equal(memory.span('request:a#2')?.model, 'second');
  });

  it('gives no two spans one key, also when an id looks like the second span of another', () => {
    const memory = new Memory();
    memory.call('/a.jsonl', { ...requestA, model: 'one' });
    memory.call('/a.jsonl', { ...requestA, model: 'two' });
    memory.call('/a.jsonl', { identity: 'request:a#2', model: 'three' });
    const spans = memory.spans();
    assert.equal(new Set(spans.map(span => span.key)).size, 3);
    for (const span of spans) {
      assert.equal(memory.span(span.key)?.model, span.model);
    }
  });

  it('puts the pieces of a span together: the end knows most, tool calls add up, figures that grow are taken last', () => {
    const memory = new Memory();
    const identity = 'message:m1';
    const piece = (fields: Parameters<typeof patch>[0]) => patch({ identity, ...fields });
    memory.give('/a.jsonl', [
      piece({ part: 'start', status: 'running', startTime: 1000, model: 'asked', name: 'chat' }),
    ]);
    assert.equal(memory.spans()[0]?.status, 'running');
    memory.give('/a.jsonl', [
      piece({ part: 'update', usage: { outputTokens: 3 }, toolCallNames: ['search'] }),
      piece({ part: 'update', usage: { outputTokens: 9 }, toolCallNames: ['read'] }),
    ]);
    memory.give('/a.jsonl', [
      piece({ part: 'end', status: 'ok', model: 'answered', durationMs: 50, name: 'chat' }),
    ]);
    const [span, ...others] = memory.spans();
    assert.equal(others.length, 0);
    assert.equal(span?.status, 'ok');
    assert.equal(span.model, 'answered');
    assert.equal(span.startTime, 1000);
    assert.equal(span.usage.outputTokens, 9);
    assert.deepEqual(span.toolCallNames, ['search', 'read']);
    assert.equal(span.sources.length, 3);
  });

  it('knows a span without an id by its place', () => {
    const memory = new Memory();
    memory.give('/logs/a.jsonl', [patch(), patch({ kind: 'tool' })]);
    memory.call('/logs/a.jsonl');
    const keys = memory.spans().map(span => span.key);
    assert.deepEqual(keys, ['at:logs/a.jsonl:0', 'at:logs/a.jsonl:0/1', 'at:logs/a.jsonl:11']);
    assert.equal(memory.span('at:logs/a.jsonl:0/1')?.kind, 'tool');
    assert.equal(memory.span('at:logs/a.jsonl:7'), undefined);
    assert.equal(memory.span('at:other:0'), undefined);
  });

  it('leaves unknown figures unknown', () => {
    const memory = new Memory();
    memory.call('/a.jsonl', { startTime: Number.NaN, usage: { inputTokens: 0 } });
    const [span] = memory.spans();
    assert.equal(span?.startTime, undefined);
    assert.equal(span?.durationMs, undefined);
    assert.equal(span?.usage.inputTokens, 0);
    assert.equal(span?.usage.outputTokens, undefined);
  });

  it('takes ids and tags for text, whatever they are called', () => {
    const memory = new Memory();
    for (const id of ['__proto__', 'constructor', 'toString']) {
      memory.call('/a.jsonl', {
        identity: `request:${id}`,
        traceId: id,
        sessionId: id,
        tags: Object.fromEntries([[id, 'yes']]),
        model: id,
      });
    }
    assert.equal(memory.spans().length, 3);
    assert.equal(memory.core.traces.count, 3);
    const span = memory.span('request:__proto__');
    assert.deepEqual(Object.entries(span?.tags ?? {}), [['__proto__', 'yes']]);
    assert.equal('polluted' in Object.prototype, false);
  });

  it('shortens an id that is as long as a book, and keeps two such ids apart', () => {
    const memory = new Memory();
    for (const last of ['1', '2']) {
      const id = `${'long '.repeat(100_000)}${last}`;
      memory.call('/a.jsonl', { identity: `request:${id}`, traceId: id });
    }
    const spans = memory.spans();
    assert.equal(new Set(spans.map(span => span.key)).size, 2);
    assert.equal(new Set(spans.map(span => span.traceKey)).size, 2);
    for (const { key, traceKey } of spans) {
      assert.ok(key.length < 1000 && traceKey.length < 1000);
      assert.equal(memory.span(key)?.key, key);
    }
  });

  it('takes a record back that is given again, longer', () => {
    const memory = new Memory();
    memory.call('/a.log', { model: 'kept' });
    memory.call('/a.log', { model: 'short' });
    memory.spans();
    memory.give('/a.log', [patch({ model: 'grown' })], true);
    assert.deepEqual(
      memory.spans().map(span => span.model),
      ['kept', 'grown'],
    );
    assert.equal(memory.core.store.file('/a.log')?.records, 2);
  });

  it('keeps a record that no format knows as skipped, and a format that stumbles does no harm', () => {
    const memory = new Memory();
    memory.give('/a.jsonl', 'nobody knows this');
    memory.give('/a.jsonl', { conversation: 'none' });
    memory.call('/a.jsonl');
    const file = memory.core.store.file('/a.jsonl');
    assert.equal(file?.records, 1);
    assert.equal(file.skippedRange(0).reason, 'no field that we know');
    assert.match(file.skippedRange(1).reason, /^the format debug-conversation failed: /);
  });

  it('does not slow down when one id is claimed thousands of times', () => {
    const memory = new Memory();
    for (let index = 0; index < 20_000; index++) {
      memory.call('/a.jsonl', { ...requestA, startTime: index * 1000 });
    }
    const start = performance.now();
    assert.equal(memory.spans().length, 20_000);
    // a square of 20,000 takes minutes; this takes a fraction of a second
    assert.ok(performance.now() - start < 10_000);
  });
});
