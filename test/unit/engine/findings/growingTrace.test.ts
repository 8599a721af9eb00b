import assert from 'node:assert/strict';
import { setTimeout as sleep } from 'node:timers/promises';
import type { EngineCore } from '../../../../src/engine/core';
import { ContentFindings } from '../../../../src/engine/findings/contentFindings';
import { RuleRunner } from '../../../../src/engine/findings/ruleRunner';
import { manySpans } from '../../../../src/engine/findings/traceCheck';
import { TraceFindings } from '../../../../src/engine/findings/traceFindings';
import { FindingQueries } from '../../../../src/engine/queries/findingQueries';
import { PreviousCalls } from '../../../../src/engine/summaries/previousCalls';
import { growthBounds } from '../../../../src/engine/summaries/growthBounds';
import type { Message, SpanContent } from '../../../../src/model/message';
import type { SpanPatch } from '../../../../src/model/span';
import { rules } from '../../../../src/rules/index';
import { Memory } from '../builders';

const idle = { isReading: () => false, isAsked: () => false };

function give(memory: Memory, count: number, from = 0, fields: Partial<SpanPatch> = {}): void {
  for (let at = from; at < from + count; at++) {
    memory.call('/log.jsonl', {
      traceId: 't',
      model: 'gpt-4o',
      startTime: at * 1000,
      durationMs: 500,
      status: at % 100 === 7 ? 'error' : 'ok',
      hasInput: true,
      hasOutput: true,
      ...fields,
    });
  }
}

function findingsInBodies(core: EngineCore): ContentFindings {
  return new ContentFindings(
    core,
    new RuleRunner(rules),
    new PreviousCalls(core),
    () => undefined,
    idle,
  );
}

describe('the findings of a trace of very many spans', () => {
  it('are found in the background, and what was found before is said meanwhile', async () => {
    const memory = new Memory();
    const told: number[] = [];
    const findings: TraceFindings = new TraceFindings(
      memory.core,
      new RuleRunner(rules),
      () => told.push(said().length),
      idle,
    );
    const said = () => [...findings.all()].flatMap(([, found]) => found);
    const untilTold = async (times: number) => {
      while (told.length < times) {
        await sleep(1);
      }
    };
    try {
      give(memory, manySpans);
      assert.deepEqual(said(), []);
      await untilTold(1);
      const failures = said().filter(({ category }) => category === 'unknown');
      assert.equal(failures.length, manySpans / 100);

      give(memory, 100, manySpans);
      assert.equal(said().length, told[0]);
      await untilTold(2);
      assert.equal(
        said().filter(({ category }) => category === 'unknown').length,
        manySpans / 100 + 1,
      );
    } finally {
      findings.dispose();
    }
  });

  it('need the bodies of the calls that are new of it and of those right before them', () => {
    const memory = new Memory();
    const { core } = memory;
    const findings = findingsInBodies(core);
    let opened = 0;
    const readOwn = core.content.readOwn.bind(core.content);
    core.content.readOwn = head => {
      opened++;
      return readOwn(head);
    };
    try {
      give(memory, growthBounds.watched);
      findings.finish();
      assert.ok(opened >= growthBounds.watched);
      opened = 0;
      const appended = 20;
      for (let at = 0; at < appended; at++) {
        give(memory, 1, growthBounds.watched + at);
        findings.finish();
      }
      assert.ok(opened >= appended && opened < 10 * appended, `${opened} bodies were read`);
    } finally {
      findings.dispose();
    }
  });

  it('are found without a look at all spans of one id for each of them', () => {
    const memory = new Memory();
    const { core } = memory;
    const findings = findingsInBodies(core);
    let looked = 0;
    const { spans } = core.store;
    const headsOf = spans.headsOf.bind(spans);
    spans.headsOf = identity => {
      looked++;
      return headsOf(identity);
    };
    const said = (role: string, text: string): Message => ({
      role,
      parts: [{ type: 'text', text }],
    });
    const content: SpanContent = {
      inputMessages: [said('user', 'again?')],
      outputMessages: [said('assistant', 'yes')],
      tools: [],
      params: {},
    };
    core.content.readOwn = () => ({ content, problem: undefined });
    try {
      give(memory, 300, 0, { identity: 'request:1', status: 'ok' });
      findings.finish();
      assert.equal(looked, 0);
    } finally {
      findings.dispose();
    }
  });

  it('are those of spans that are there, also while it is not known yet what is left', async () => {
    const memory = new Memory();
    const { core } = memory;
    let told = 0;
    const findings = new FindingQueries(core, rules, new PreviousCalls(core), () => told++, idle);
    try {
      give(memory, manySpans, 0, { status: 'ok' });
      const failed = { traceId: 't', status: 'error', startTime: 0, durationMs: 1 } as const;
      memory.call('/other.jsonl', failed);
      findings.listGroups();
      while (told === 0) {
        await sleep(1);
      }
      const failures = () =>
        findings.listGroups().groups.find(({ category }) => category === 'unknown');
      assert.equal(failures()?.count, 1);
      memory.forget('/other.jsonl');
      assert.equal(failures(), undefined);
      assert.deepEqual(findings.list({ category: 'unknown', start: 0, end: 10 }).items, []);
    } finally {
      findings.dispose();
    }
  });
});
