import assert from 'node:assert/strict';
import { Memory } from './builders';

const traced = { model: 'gpt-4o', traceId: 't1', startTime: 10_000, durationMs: 500 };
const failed = { model: 'gpt-4o', status: 'error' as const, durationMs: 100 };

describe('grouping', () => {
  it('puts calls with one trace id together across files', () => {
    const memory = new Memory();
    memory.call('/a.jsonl', { ...traced, identity: 'request:1' });
    memory.call('/b.jsonl', { ...traced, identity: 'request:2', startTime: 900_000 });
    assert.deepEqual(memory.traces(), [['trace:t1', ['request:1', 'request:2']]]);
    assert.equal(memory.span('request:1')?.join, 'traceId');
  });

  it('says how long a trace took only when a span says how long it took itself', () => {
    const memory = new Memory();
    const durationOf = () => {
      const [trace] = memory.core.traces.groups();
      return trace && memory.core.traces.traceOf(trace).durationMs;
    };
    memory.call('/a.jsonl', { traceId: 't1', identity: 'request:1', startTime: 10_000 });
    assert.equal(durationOf(), undefined);
    memory.call('/a.jsonl', { traceId: 't1', identity: 'request:2', startTime: 11_000 });
    assert.equal(durationOf(), undefined);
    memory.call('/a.jsonl', { ...traced, identity: 'request:3', startTime: 12_000 });
    assert.equal(durationOf(), 2500);
  });

  it('joins a failed call without a trace id to the trace of the call that it followed at once', () => {
    const memory = new Memory();
    memory.call('/a.jsonl', { ...traced, identity: 'request:1' });
    memory.call('/a.jsonl', { ...failed, identity: 'request:2', startTime: 10_500 });
    memory.call('/a.jsonl', { ...failed, identity: 'request:3', startTime: 10_700 });
    assert.deepEqual(memory.traces(), [['trace:t1', ['request:1', 'request:2', 'request:3']]]);
    assert.equal(memory.span('request:2')?.join, 'inferred');
    const [trace] = memory.core.traces.groups();
    assert.ok(trace);
    assert.equal(memory.core.traces.traceOf(trace).inferred, false);
  });

  it('does not join a failed call of another model, another user or another hour', () => {
    const others = [
      { model: 'gpt-4o-mini' },
      { userId: 'u2' },
      { sessionId: 's2' },
      { startTime: 12_600 },
      { startTime: 3_600_000 },
      { model: undefined },
    ];
    for (const other of others) {
      const memory = new Memory();
      const known = { userId: 'u1', sessionId: 's1' };
      memory.call('/a.jsonl', { ...traced, ...known, identity: 'request:1' });
      memory.call('/a.jsonl', { ...failed, identity: 'request:2', startTime: 10_500, ...other });
      assert.equal(memory.core.traces.count, 2, JSON.stringify(other));
    }
  });

  it('finds the interrupted call among those of other requests, nearest in time first', () => {
    const memory = new Memory();
    memory.call('/a.jsonl', { ...traced, identity: 'request:1' });
    memory.call('/a.jsonl', { ...traced, identity: 'request:2', traceId: 't2', startTime: 9500 });
    memory.call('/a.jsonl', { ...traced, identity: 'request:3', traceId: 't3', model: 'other' });
    memory.call('/a.jsonl', { ...failed, identity: 'request:4', startTime: 10_501 });
    assert.equal(memory.span('request:4')?.traceKey, 'trace:t1');
  });

  it('follows parent links where there is no trace id, also to a parent that comes later or never', () => {
    const memory = new Memory();
    const span = (id: string, parent?: string) => ({
      identity: `span:${id}`,
      spanId: id,
      parentSpanId: parent,
    });
    memory.call('/a.jsonl', span('3', '2'));
    memory.call('/a.jsonl', span('2', '1'));
    assert.deepEqual(
      memory.traces().map(([key]) => key),
      ['tree:a.jsonl/1'],
    );
    memory.call('/a.jsonl', span('1'));
    memory.call('/a.jsonl', span('9'));
    assert.equal(memory.span('span:1')?.traceKey, 'tree:a.jsonl/1');
    assert.equal(memory.span('span:3')?.traceKey, 'tree:a.jsonl/1');
    assert.equal(memory.span('span:1')?.join, 'parent');
    assert.equal(memory.span('span:9')?.join, 'alone');
  });

  it('survives parent links that go in a circle', () => {
    const memory = new Memory();
    memory.call('/a.jsonl', { identity: 'span:1', spanId: '1', parentSpanId: '2' });
    memory.call('/a.jsonl', { identity: 'span:2', spanId: '2', parentSpanId: '1' });
    memory.call('/a.jsonl', { identity: 'span:3', spanId: '3', parentSpanId: '3' });
    assert.equal(memory.spans().length, 3);
  });

  it('makes one trace of a session, or one of each of its turns', () => {
    const memory = new Memory();
    memory.call('/a.jsonl', { identity: 'request:1', sessionId: 's1' });
    memory.call('/b.jsonl', { identity: 'request:2', sessionId: 's1' });
    memory.call('/b.jsonl', { identity: 'request:3', sessionId: 's2', tags: { turn: '1' } });
    memory.call('/b.jsonl', { identity: 'request:4', sessionId: 's2', tags: { turn: '2' } });
    assert.equal(memory.span('request:2')?.traceKey, memory.span('request:1')?.traceKey);
    assert.notEqual(memory.span('request:3')?.traceKey, memory.span('request:4')?.traceKey);
    assert.equal(memory.span('request:1')?.join, 'session');
  });

  it('infers traces from nearness of one user, and says so', () => {
    const memory = new Memory();
    const at = (startTime: number, userId?: string) => ({ startTime, durationMs: 1000, userId });
    memory.call('/a.jsonl', { identity: 'request:1', ...at(0, 'u1') });
    memory.call('/a.jsonl', { identity: 'request:2', ...at(2000, 'u2') });
    memory.call('/a.jsonl', { identity: 'request:3', ...at(30_000, 'u1') });
    memory.call('/a.jsonl', { identity: 'request:4', ...at(62_000, 'u1') });
    memory.call('/b.jsonl', { identity: 'request:5', ...at(31_000, 'u1') });
    assert.deepEqual(
      new Set(memory.traces().map(([, keys]) => keys.join(' '))),
      new Set(['request:1 request:3', 'request:2', 'request:4', 'request:5']),
    );
    assert.equal(memory.span('request:1')?.join, 'inferred');
    assert.equal(memory.span('request:2')?.join, 'alone');
  });

  it('does not infer one endless trace where calls never pause, nor another one when they come piece by piece', () => {
    const startOf = (index: number) => index * 1000 + (index >= 500 ? 16_000 : 0);
    const sizes = (lookAfter: number) => {
      const memory = new Memory();
      for (let index = 0; index < 2600; index++) {
        memory.call('/a.jsonl', { startTime: startOf(index), durationMs: 1000, userId: 'u1' });
        if (index % lookAfter === 0) {
          memory.spans();
        }
      }
      return memory.traces().map(([, keys]) => keys.length);
    };
    // a pause of 16 s is too long after 500 calls; calls without a pause are parted after a thousand
    assert.deepEqual(sizes(3000), [100, 1000, 1000, 500]);
    assert.deepEqual(sizes(7), [100, 1000, 1000, 500]);
  });

  it('infers nothing when that is switched off, and again when it is switched on', () => {
    const memory = new Memory();
    memory.call('/a.jsonl', { ...traced, identity: 'request:1' });
    memory.call('/a.jsonl', { ...failed, identity: 'request:2', startTime: 10_500 });
    memory.call('/a.jsonl', { ...failed, identity: 'request:3', startTime: 90_000 });
    memory.call('/a.jsonl', { ...failed, identity: 'request:4', startTime: 91_000 });
    const before = memory.traces();
    assert.equal(before.length, 2);
    memory.core.setInfers(false);
    assert.equal(memory.traces().length, 4);
    assert.equal(memory.span('request:2')?.join, 'alone');
    memory.core.setInfers(true);
    assert.deepEqual(memory.traces(), before);
  });

  it('places an error that is appended later like one that was always there', () => {
    const memory = new Memory();
    for (let index = 0; index < 3000; index++) {
      const startTime = index * 10_000;
      memory.call('/a.jsonl', { ...traced, traceId: `t${index}`, startTime });
      if (index % 1000 === 0) {
        memory.spans();
      }
    }
    memory.spans();
    memory.call('/a.jsonl', { ...failed, identity: 'request:e', startTime: 2999 * 10_000 + 600 });
    assert.equal(memory.span('request:e')?.traceKey, 'trace:t2999');
  });
});
