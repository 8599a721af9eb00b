import assert from 'node:assert/strict';
import type { SpanPatch } from '../../../src/model/span';
import { getStats } from '../../../src/engine/queries/statsQuery';
import { Memory, patch } from './builders';

const count = 1300; // of a file: more than are put into traces together

/** The same numbers each time, from 0 to below `end`. */
function numbersFrom(seed: number): (end: number) => number {
  let state = seed;
  return end => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * end);
  };
}

/** Spans of traces that overlap, some of them long; some without a trace, in pieces, said twice or children of others. */
function log(seed: number, name: string): readonly SpanPatch[] {
  const next = numbersFrom(seed);
  return Array.from({ length: count }, (_, at) => {
    const isLoose = next(40) === 0;
    const repeats = next(50) === 0;
    return patch({
      kind: next(4) === 0 ? 'tool' : 'call',
      part: next(60) === 0 ? 'start' : 'whole',
      status: next(30) === 0 ? 'error' : 'ok',
      identity: next(3) === 0 ? undefined : `request:${repeats ? next(at + 1) : name + at}`,
      traceId: isLoose ? undefined : next(9) === 0 ? 'long' : `t${Math.floor(at / 5) + next(9)}`,
      sessionId: next(2) === 0 ? undefined : `s${next(20)}`,
      spanId: `${name}${at}`,
      parentSpanId: next(3) === 0 ? `${name}${next(at + 1)}` : undefined,
      model: next(50) === 0 ? undefined : 'gpt-4o',
      startTime: at * 100 + next(300),
      durationMs: next(400),
      usage: { inputTokens: next(1000), outputTokens: next(100) },
    });
  });
}

async function dump(memory: Memory): Promise<unknown> {
  const { membership } = memory.core;
  const joins = memory.spans().map(({ key, join }) => [key, join]);
  const sizes = [...membership.numbers()].map(
    number => [...membership.headsOf(number)].length - membership.size(number),
  );
  assert.ok(sizes.every(difference => difference === 0));
  return { traces: memory.traces(), joins, stats: await getStats(memory.core) };
}

describe('many spans', () => {
  for (const seed of [1, 2]) {
    it(`are in the same traces as if they had come few by few, and leave them again: ${seed}`, async () => {
      const together = new Memory();
      const apart = new Memory();
      const give = (file: string, patches: readonly SpanPatch[]) =>
        patches.forEach((one, at) => {
          together.give(file, [one]);
          apart.give(file, [one]);
          if (at % 100 === 0) {
            apart.core.refresh();
          }
        });
      give('/b.jsonl', log(seed, 'b'));
      give('/a.jsonl', log(seed + 10, 'a'));
      assert.deepEqual(await dump(together), await dump(apart));
      give('/b.jsonl', log(seed + 20, 'c'));
      assert.deepEqual(await dump(together), await dump(apart));
      together.forget('/b.jsonl');
      apart.forget('/b.jsonl');
      assert.deepEqual(await dump(together), await dump(apart));
      give('/c.jsonl', log(seed, 'd'));
      give('/d.jsonl', log(seed + 30, 'e'));
      assert.deepEqual(await dump(together), await dump(apart));
    });
  }

  it('are not compared with each other where files repeat what those before them said', () => {
    const memory = new Memory();
    const { spans } = memory.core.store;
    const rowsOf = spans.rows.bind(spans);
    let looked = 0;
    spans.rows = head => {
      const rows = rowsOf(head);
      looked += rows.length;
      return rows;
    };
    const [files, calls] = [60, 50];
    for (let file = 0; file < files; file++) {
      for (let call = 0; call < calls; call++) {
        const identity = `request:${call}`;
        memory.call(`/${file}.jsonl`, { identity, model: 'gpt-4o', startTime: call });
      }
    }
    memory.core.refresh();
    const rows = files * calls;
    assert.ok(looked < 12 * rows, `${looked} looks at ${rows} rows`);
  });

  it('of one id are found by their keys without a look at all of them for each', () => {
    const memory = new Memory();
    const { core } = memory;
    const calls = 400;
    for (let at = 0; at < calls; at++) {
      memory.call('/log.jsonl', { identity: 'request:1', startTime: at * 60_000 });
    }
    const keys = memory.spans().map(({ key }) => key);
    assert.equal(new Set(keys).size, calls);
    const { spans } = core.store;
    const headOf = spans.headOf.bind(spans);
    let looked = 0;
    spans.headOf = row => {
      looked++;
      return headOf(row);
    };
    const found = keys.map(key => core.findSpan(key));
    assert.equal(new Set(found).size, calls);
    assert.ok(looked >= calls && looked < 3 * calls, `${looked} looks at ${calls} spans`);
    // and they are others when one more has come
    memory.call('/log.jsonl', { identity: 'request:1', startTime: calls * 60_000 });
    assert.notEqual(core.findSpan(`request:1#${calls + 1}`), undefined);
  });
});
