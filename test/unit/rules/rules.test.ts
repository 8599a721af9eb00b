import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { createEngine } from '../../../src/engine/createEngine';
import type { Engine } from '../../../src/engine/engine';
import type { Span } from '../../../src/model/span';
import type { Finding } from '../../../src/protocol/engineContract';
import { rules } from '../../../src/rules/index';
import { Memory } from '../engine/builders';
import { assertGolden } from '../formats/golden';
import { fixturePath } from '../formats/readFixture';

interface Budget {
  readonly perTraceUsd?: number;
  readonly perDayUsd?: number;
}

/** Rules that need a limit are silent without one. */
const budgets = new Map<string, Budget>([['budget-exceeded', { perTraceUsd: 0.5, perDayUsd: 1 }]]);

/** What a folder of logs holds, read as the command line reads it. */
async function readIn<T>(
  folder: string,
  budget: Budget | undefined,
  ask: (engine: Engine) => Promise<T>,
): Promise<T> {
  const engine = createEngine({ final: true });
  try {
    await engine.handlers.configure({ rules: {}, budget });
    await engine.handlers.addSource({ path: folder });
    await engine.handlers.whenIdle({});
    return await ask(engine);
  } finally {
    await engine.dispose();
  }
}

function findingsIn(folder: string, budget?: Budget): Promise<readonly Finding[]> {
  return readIn(folder, budget, async engine => [...(await engine.findings())]);
}

function describeFinding({ diagnostic, spanKey }: Finding): string {
  const { severity, title, message, fixes, facts, links } = diagnostic;
  return [
    `${severity}: ${title} (${spanKey})`,
    `  ${message}`,
    ...fixes.map(fix => `  - ${fix}`),
    ...links.map(link => `  ${link.title}: ${link.url}`),
    `  ${JSON.stringify(facts)}`,
    '',
  ].join('\n');
}

function laneOf({ sessionId, traceKey }: Span): string {
  return sessionId ?? traceKey;
}

// A rule has a folder test/fixtures/findings/<id> with a log or a folder of logs in which it fires, and one in which all is well.
describe('rules', () => {
  it('have an id of their own, in kebab case, and say when they fire', () => {
    const ids = rules.map(rule => rule.id);
    assert.equal(new Set(ids).size, ids.length);
    assert.ok(rules.every(({ id, docs }) => /^[a-z]+(-[a-z]+)*$/.test(id) && docs !== ''));
  });

  for (const rule of rules.filter(({ looksAt }) => looksAt === 'span')) {
    it(`${rule.id} does not look at all of a trace for each of its spans: there may be tens of thousands`, () => {
      const memory = new Memory();
      const spanCount = 400;
      for (let at = 0; at < spanCount; at++) {
        const status = at % 3 === 0 ? ('error' as const) : ('ok' as const);
        const fields = { identity: `request:${at}`, requestId: String(at), sessionId: 's', status };
        memory.call('/a.jsonl', { ...fields, model: 'gpt-4o', startTime: 1000 * at });
      }
      const spans = memory.spans();
      let looks = 0;
      const traceSpans = new Proxy(spans, {
        get: (target, key) => {
          looks += typeof key === 'string' && /^\d+$/.test(key) ? 1 : 0;
          return Reflect.get(target, key) as unknown;
        },
      });
      assert.ok(rule.looksAt === 'span');
      spans.forEach(span => rule.check(span, { traceSpans }));
      assert.ok(looks <= 20 * spanCount, `${looks} looks at ${spanCount} spans`);
    });
  }

  for (const rule of rules) {
    const { id } = rule;
    const fixture = (name: string): string => {
      const folder = fixturePath(`findings/${id}/${name}`);
      return existsSync(folder) ? folder : `${folder}.jsonl`;
    };

    it(`${id} fires where it should and says this`, async () => {
      const found = (await findingsIn(fixture('fires'), budgets.get(id))).filter(
        one => one.category === id,
      );
      assert.ok(found.length > 0);
      assert.ok(found.every(({ diagnostic }) => diagnostic.fixes.length > 0));
      assertGolden(fixturePath(`golden/findings/${id}.txt`), found.map(describeFinding).join('\n'));
    });

    if (rule.looksAt === 'log') {
      it(`${id} keeps nothing of what it has seen once it has concluded: there may be millions of calls`, async () => {
        const budget = budgets.get(id);
        const spans = await readIn(fixture('fires'), budget, async engine => [...engine.spans()]);
        const lanes = [...new Set(spans.map(laneOf))];
        const collector = rule.compare({
          budgetPerTraceUsd: budget?.perTraceUsd,
          budgetPerDayUsd: budget?.perDayUsd,
        });
        spans.forEach((span, at) =>
          collector.see(span, { id: at, lane: lanes.indexOf(laneOf(span)) }),
        );
        const said = () => {
          Array.from(collector.prepare?.() ?? []);
          const check = collector.conclude();
          return spans.filter((span, at) => check(span, { traceSpans: spans, id: at })).length;
        };
        assert.ok(said() > 0);
        assert.equal(said(), 0);
      });
    }

    it(`${id} is silent where all is well`, async () => {
      const found = await findingsIn(fixture('silent'), budgets.get(id));
      assert.deepEqual(found.filter(one => one.category === id).map(describeFinding), []);
    });
  }
});
