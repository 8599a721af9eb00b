import assert from 'node:assert/strict';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { stepSize } from '../../../src/analysis/steps';
import { createEngine } from '../../../src/engine/createEngine';
import type { TraceGroup } from '../../../src/engine/grouping/traceGroup';
import type { Filtering } from '../../../src/engine/queries/filtering';
import { TraceQueries } from '../../../src/engine/queries/traceQueries';
import { growthBounds } from '../../../src/engine/summaries/growthBounds';
import type { Span } from '../../../src/model/span';
import { Memory } from './builders';
import { turnsDuring } from './turns';

const many = 16 * stepSize;
/** A long trace of these tests is one whose summary says what it adds to a day or a session. */
const bounds = { ...growthBounds, shared: many / 2 };
const page = { start: 0, end: 50 };

function give(memory: Memory, file: string, count: number): void {
  for (let at = 0; at < count; at++) {
    memory.call(file, {
      traceId: 't',
      sessionId: at > 5 ? 's' : undefined,
      spanId: `${file} ${at}`,
      parentSpanId: `${file} ${at - (at % 7)}`,
      model: ['gpt-4o', 'gpt-4o-mini', undefined][at % 3],
      startTime: at * 1000,
      durationMs: at % 7 === 0 ? 8000 : 500,
      status: at % 50 === 3 ? 'error' : 'ok',
    });
  }
}

/** Without a filter, or with one that lets through every second span, as it does when its work is done. */
function queriesOf(memory: Memory): TraceQueries {
  const { core } = memory;
  const found = new Map<
    TraceGroup,
    { readonly version: number; readonly heads: readonly number[] }
  >();
  const matchesOf = (group: TraceGroup) => {
    const { version } = group;
    const known = found.get(group);
    const heads =
      known?.version === version ? known.heads : [...group.heads].filter(head => head % 2 === 0);
    found.set(group, { version, heads });
    return heads;
  };
  return new TraceQueries(core, {
    traces: () => core.traces.groups(),
    versionOf: () => 0,
    matchesOf,
  } as Pick<Filtering, 'traces' | 'versionOf' | 'matchesOf'> as Filtering);
}

describe('groups with a long trace', () => {
  for (const filter of ['', 'half']) {
    for (const groupBy of ['model', 'file', 'session', 'day'] as const) {
      it(`of ${groupBy} are what they are when put together in one go, whatever comes meanwhile: "${filter}"`, async () => {
        const memory = new Memory({ growth: bounds });
        give(memory, '/a.jsonl', many);
        give(memory, '/b.jsonl', 300);
        const queries = queriesOf(memory);
        const list = () => queries.listGroups({ groupBy, filter, ...page });
        let turn = 0;
        const happen = () => {
          turn++;
          if (turn === 3) {
            give(memory, '/c.jsonl', 20);
          }
          if (turn === 6) {
            memory.forget('/b.jsonl');
          }
        };
        let groups: unknown;
        await turnsDuring(async () => {
          await queries.prepare(groupBy, filter);
          groups = list();
        }, happen);
        assert.ok(turn >= many / 2 / stepSize, `${turn} turns`);
        assert.deepEqual(groups, queriesOf(memory).listGroups({ groupBy, filter, ...page }));
      });

      it(`of ${groupBy} keep the thread from other work for the time of few spans: "${filter}"`, async () => {
        const memory = new Memory({ growth: bounds });
        const { core } = memory;
        let looks = 0;
        let most = 0;
        let all = 0;
        const read = core.reader.read.bind(core.reader);
        core.reader.read = head => {
          const span = read(head);
          return Object.create(span, {
            parentSpanId: { get: () => (looks++, span.parentSpanId) },
          }) as Span;
        };
        give(memory, '/a.jsonl', 3 * many);
        const queries = queriesOf(memory);
        const takeTurn = () => {
          most = Math.max(most, looks);
          all += looks;
          looks = 0;
        };
        await turnsDuring(async () => {
          await queries.prepare(groupBy, filter);
          queries.listGroups({ groupBy, filter, ...page });
        }, takeTurn);
        takeTurn();
        assert.ok(all >= many, `${all} looks at spans in all`);
        assert.ok(most <= 4 * stepSize, `${most} looks at spans in one turn`);
      });
    }
  }
});

describe('a span of a long trace', () => {
  it('is told with all that its trace says of it, without keeping the thread from other work', async () => {
    const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'callsight-long-'));
    const engine = createEngine({ final: true, prices: false });
    try {
      const lines = Array.from({ length: many }, (_, at) => ({
        id: `call_${at}`,
        timestamp: new Date(Date.UTC(2026, 9, 1) + at * 1000).toISOString(),
        trace_id: '50c2ee5bbd593cd553120b665b9b3a51',
        span_id: at.toString(16).padStart(16, '0'),
        // the clock of the one in the middle runs behind that of its parent
        parent_span_id: at === many / 2 ? (many - 1).toString(16).padStart(16, '0') : null,
        name: 'plan',
        model: 'gpt-4o-mini',
        usage: { prompt_tokens: 600, completion_tokens: 50, total_tokens: 650 },
        latency_ms: 200,
        status: at === many / 2 - 1 ? 'error' : 'ok',
        error: at === many / 2 - 1 ? { type: 'rate_limit', message: 'Rate limit reached' } : null,
      }));
      const text = lines.map(line => `${JSON.stringify(line)}\n`).join('');
      fs.writeFileSync(path.join(folder, 'log.jsonl'), text);
      await engine.handlers.addSource({ path: folder });
      await engine.handlers.whenIdle({});
      const spans = [...engine.spans()];
      const [before, span] = spans.slice(many / 2 - 1);
      assert.ok(before && span);
      const ask = async () => engine.handlers.getSpan({ key: span.key });
      let detail: Awaited<ReturnType<typeof ask>> = null;
      const turns = await turnsDuring(async () => (detail = await ask()));
      assert.ok(turns >= (2 * many) / stepSize, `${turns} turns`);
      const again = await ask();
      assert.deepEqual(detail, again);
      assert.equal(again?.previousKey, before.key);
      assert.deepEqual(again.attempts, []);
      assert.ok(again.findings.some(({ ruleId }) => ruleId === 'clock-backwards'));
    } finally {
      await engine.dispose();
      fs.rmSync(folder, { recursive: true });
    }
  });
});
