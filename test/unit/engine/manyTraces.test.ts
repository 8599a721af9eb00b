import assert from 'node:assert/strict';
import { setTimeout as sleep } from 'node:timers/promises';
import fc from 'fast-check';
import { loadPrices } from '../../../src/analysis/priceBook';
import { FindingQueries } from '../../../src/engine/queries/findingQueries';
import { PlainShares } from '../../../src/engine/queries/plainShares';
import { sharesOf } from '../../../src/engine/queries/traceGroups';
import { PreviousCalls } from '../../../src/engine/summaries/previousCalls';
import type { SpanPatch } from '../../../src/model/span';
import { rules } from '../../../src/rules/index';
import { Memory, patch } from './builders';

const few = <T>(...values: readonly T[]) => fc.constantFrom(undefined, ...values);

const patches: fc.Arbitrary<SpanPatch> = fc
  .record({
    kind: fc.constantFrom('call' as const, 'tool' as const, 'agent' as const, 'chain' as const),
    status: fc.constantFrom('ok' as const, 'error' as const),
    traceId: few('t1', 't2', 't3'),
    sessionId: few('s1', 's2'),
    spanId: few('1', '2', '3'),
    parentSpanId: few('1', '2'),
    model: few('gpt-4o', 'nobody-knows'),
    startTime: few(0, 10, 86_400_000),
    durationMs: few(5, 100),
    loggedCostUsd: few(0.1),
    usage: few({ inputTokens: 7, outputTokens: 3 }),
  })
  .map(fields => patch(fields));

function findingsOf({ core }: Memory): FindingQueries {
  const nobody = { isReading: () => false, isAsked: () => false };
  return new FindingQueries(core, rules, new PreviousCalls(core), () => {}, nobody);
}

describe('very many traces', () => {
  before(() => loadPrices());

  it('add to days, sessions, models and files what their spans do', () => {
    let plain = 0;
    fc.assert(
      fc.property(fc.array(patches, { maxLength: 12 }), all => {
        const memory = new Memory();
        all.forEach((one, at) => memory.give(at % 3 === 0 ? '/b.jsonl' : '/a.jsonl', [one]));
        const shares = new PlainShares(memory.core);
        for (const trace of memory.core.traces.groups()) {
          for (const groupBy of ['day', 'session', 'model', 'file'] as const) {
            const spans = [...trace.heads].map(head => memory.core.reader.read(head));
            const expected = sharesOf(spans, groupBy);
            const share = shares.of(trace, groupBy);
            plain += share ? 1 : 0;
            assert.deepEqual(share ?? expected, expected);
          }
        }
      }),
      { numRuns: 400 },
    );
    assert.ok(plain > 1000, `${plain} traces`);
  });

  it('are listed in order, whatever of them changes', () => {
    fc.assert(
      fc.property(fc.array(fc.array(patches, { maxLength: 4 }), { maxLength: 6 }), turns => {
        const memory = new Memory();
        turns.forEach((turn, index) => {
          turn.forEach(one => memory.give(`/${index % 2}.jsonl`, [one]));
          if (index === 3) {
            memory.forget('/0.jsonl');
          }
          const { traces } = memory.core;
          const listed = traces.groups().map(group => group.key);
          const starts = traces.groups().map(group => traces.traceOf(group).startTime ?? -1);
          assert.deepEqual(
            starts,
            starts.toSorted((one, other) => other - one),
          );
          assert.equal(new Set(listed).size, traces.count);
        });
      }),
    );
  });

  it('are found out about at once when somebody waits, and it is told how far that is', async () => {
    const memory = new Memory();
    for (let at = 0; at < 6000; at++) {
      memory.call('/a.jsonl', {
        traceId: `trace${at}`,
        spanId: `${at}`,
        startTime: 1_790_000_000_000 - at * 60_000,
        // one of the last, and one call that takes far longer than all others
        status: at === 5990 ? 'error' : 'ok',
        model: 'gpt-4o',
        durationMs: at === 10 ? 60_000 : 1000,
      });
    }
    const findings = findingsOf(memory);
    try {
      const first = findings.listGroups();
      assert.ok(first.share < 1, `${first.share}`);
      assert.equal(
        first.groups.find(({ category }) => category === 'unknown'),
        undefined,
      );
      const share = await findings.settle(0);
      assert.ok(share < 1, `${share}`);
      assert.equal(await findings.settle(), 1);
      const { groups, share: whole } = findings.listGroups();
      assert.equal(whole, 1);
      assert.deepEqual(
        groups.map(({ category, count }) => [category, count]),
        [
          ['unknown', 1],
          ['slow-call', 1],
        ],
      );
    } finally {
      findings.dispose();
    }
  });

  it('say that their calls are still compared with one another, when there are very many', async () => {
    const memory = new Memory();
    for (let at = 0; at < 20_001; at++) {
      memory.call('/a.jsonl', { traceId: `trace${at >> 4}`, spanId: `${at}`, startTime: at });
    }
    const findings = findingsOf(memory);
    try {
      assert.equal(findings.listGroups().isComparing, true);
      await findings.settle();
      assert.equal(findings.listGroups().isComparing, false);
    } finally {
      findings.dispose();
    }
  });

  it('have their findings in the end, and nobody waits for them', async () => {
    const memory = new Memory();
    const failed = 1000;
    for (let at = 0; at < 6000; at++) {
      const isFailed = at >= 6000 - failed;
      memory.call('/a.jsonl', {
        traceId: `trace${at}`,
        spanId: `${at}`,
        startTime: 1_790_000_000_000 - at * 60_000,
        status: isFailed ? 'error' : 'ok',
        error: isFailed ? { type: 'E', message: '429 rate limit reached' } : undefined,
      });
    }
    let isTold: () => void = () => {};
    const findings = new FindingQueries(
      memory.core,
      rules,
      new PreviousCalls(memory.core),
      () => isTold(),
      { isReading: () => false, isAsked: () => false },
    );
    const count = (): number =>
      findings.listGroups().groups.find(({ category }) => category === 'rate_limit')?.count ?? 0;
    assert.ok(count() < failed, 'all traces were looked at at once');
    for (let turn = 0; turn < 400 && count() < failed; turn++) {
      await Promise.race([new Promise<void>(resolve => (isTold = resolve)), sleep(100)]);
    }
    assert.equal(count(), failed);
    findings.dispose();
  });
});
