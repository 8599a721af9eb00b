import assert from 'node:assert/strict';
import { mock } from 'node:test';
import fc from 'fast-check';
import { PreviousCalls } from '../../../src/engine/summaries/previousCalls';
import { Memory } from './builders';

interface Asked {
  readonly session: string;
  readonly startTime: number | undefined;
}

/** Each call is a trace of its own. */
function memoryOf(calls: readonly Asked[]): { readonly memory: Memory; readonly heads: number[] } {
  const memory = new Memory();
  for (const [at, { session, startTime }] of calls.entries()) {
    const ids = { identity: `request:${at}`, traceId: `t${at}`, sessionId: session };
    memory.call('/a.jsonl', { ...ids, startTime });
  }
  const heads = calls.map((_, at) => memory.core.findSpan(`request:${at}`) ?? -1);
  return { memory, heads };
}

describe('the call before a call', () => {
  after(() => mock.restoreAll());

  it('is the latest of its session that began before it, of equal ones the last in the file', () => {
    const call = fc.record({
      session: fc.constantFrom('s1', 's2'),
      startTime: fc.constantFrom(undefined, 1000, 2000, 3000, 4000),
    });
    fc.assert(
      fc.property(fc.array(call, { maxLength: 12 }), calls => {
        const { memory, heads } = memoryOf(calls);
        const previous = new PreviousCalls(memory.core);
        for (const [at, { session, startTime }] of calls.entries()) {
          const [expected] = [...calls.entries()]
            .filter(([, other]) => other.session === session)
            .filter(([, other]) => (other.startTime ?? Infinity) < (startTime ?? -Infinity))
            .toSorted(([, one], [, other]) => (one.startTime ?? 0) - (other.startTime ?? 0))
            .slice(-1);
          const found = previous.of(heads[at] ?? -1);
          assert.equal(found, expected && heads[expected[0]]);
        }
      }),
    );
  });

  it('is the one before it in its trace, other spans between or not, for few that are asked about and for all', () => {
    const memory = new Memory();
    const count = 200;
    for (let at = 0; at < count; at++) {
      const kind = at % 3 === 1 ? 'tool' : 'call';
      memory.call('/a.jsonl', { identity: `request:${at}`, traceId: 't', kind, startTime: at });
    }
    const previous = new PreviousCalls(memory.core);
    const heads = Array.from(
      { length: count },
      (_, at) => memory.core.findSpan(`request:${at}`) ?? -1,
    );
    const calls = heads.filter((_, at) => at % 3 !== 1);
    // the first of them are looked for one by one, the others among all of the trace
    assert.deepEqual(
      calls.map(head => previous.of(head)),
      [undefined, ...calls.slice(0, -1)],
    );
    assert.deepEqual(
      heads.filter((_, at) => at % 3 === 1).map(head => previous.of(head)),
      heads.filter((_, at) => at % 3 === 1).map(() => undefined),
    );
  });

  it('is found without looking at all calls of the session for each of them', () => {
    const count = 500;
    const calls = Array.from({ length: count }, (_, at) => ({
      session: 's',
      startTime: 1000 * at,
    }));
    const { memory, heads } = memoryOf(calls);
    const previous = new PreviousCalls(memory.core);
    heads.forEach(head => previous.of(head));
    const other = new PreviousCalls(memory.core);
    const rows = mock.method(memory.core.store.spans, 'rows');
    const found = heads.map(head => other.of(head));
    assert.deepEqual(found, [undefined, ...heads.slice(0, -1)]);
    assert.ok(rows.mock.callCount() <= 5 * count, `${rows.mock.callCount()} looks`);
  });
});
