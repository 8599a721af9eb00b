import assert from 'node:assert/strict';
import { RuleRunner } from '../../../../src/engine/findings/ruleRunner';
import { rules } from '../../../../src/rules/index';
import { Memory } from '../builders';

const calls = 3000;

describe('rules that compare a call with all others', () => {
  it('leave room for other work while they conclude from many', () => {
    const memory = new Memory();
    for (let at = 0; at < calls; at++) {
      memory.call('/a.jsonl', {
        identity: `request:${at}`,
        startTime: 1000 * at,
        usage: { inputTokens: 100 + at, outputTokens: 5 },
        loggedCostUsd: 0.1,
      });
    }
    const collector = new RuleRunner(rules).compare();
    assert.ok(collector);
    memory.spans().forEach((span, id) => collector.see(span, { id, lane: 0 }));
    const steps = [...collector.conclude()];
    const concluded = steps.filter(step => step !== undefined).map(({ rule }) => rule.id);
    assert.deepEqual(
      concluded,
      rules.filter(({ looksAt }) => looksAt === 'log').map(({ id }) => id),
    );
    // two rules look at the calls of an operation in order, one of them twice
    assert.ok(steps.length >= (3 * calls) / 200, `${steps.length} steps`);
  });
});
