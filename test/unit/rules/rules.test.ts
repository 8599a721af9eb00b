import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { createEngine } from '../../../src/engine/createEngine';
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

/** What is found in a folder of logs, read as the command line reads it. */
async function findingsIn(folder: string, budget?: Budget): Promise<readonly Finding[]> {
  const engine = createEngine({ final: true });
  try {
    await engine.handlers.configure({ rules: {}, budget });
    await engine.handlers.addSource({ path: folder });
    await engine.handlers.whenIdle({});
    return [...(await engine.findings())];
  } finally {
    await engine.dispose();
  }
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

  for (const { id } of rules) {
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

    it(`${id} is silent where all is well`, async () => {
      const found = await findingsIn(fixture('silent'), budgets.get(id));
      assert.deepEqual(found.filter(one => one.category === id).map(describeFinding), []);
    });
  }
});
