import assert from 'node:assert/strict';
import type { Span } from '../../../src/model/span';
import { rules } from '../../../src/rules/index';
import { makeSpan } from './span';

type Example = readonly [title: string, changes: Partial<Span>, traceSpans?: readonly Span[]];

interface Case {
  readonly fires: Example;
  readonly silent: Example;
}

const traced = makeSpan({ key: 'request:2' });
const cases = new Map<string, Case>([
  [
    'content-filtered',
    {
      fires: ['a finish reason SAFETY', { finishReason: 'SAFETY' }],
      silent: ['an answer that ended by itself', { finishReason: 'STOP' }],
    },
  ],
  [
    'output-truncated',
    {
      fires: ['a finish reason length', { finishReason: 'length' }],
      silent: ['a tool call', { finishReason: 'tool_calls' }],
    },
  ],
  [
    'empty-answer',
    {
      fires: ['a success with 0 output tokens', { usage: { outputTokens: 0 } }],
      silent: ['a success whose tokens the log does not say', { usage: {} }],
    },
  ],
  [
    'provider-mismatch',
    {
      fires: ['provider openai with a Claude model', { model: 'anthropic/claude-sonnet-4' }],
      silent: [
        'a gateway with a Claude model',
        { provider: 'openrouter', model: 'claude-sonnet-4' },
      ],
    },
  ],
  [
    'missing-trace-id',
    {
      fires: [
        'a call without trace id beside one that has it',
        { traceId: undefined, join: 'inferred' },
        [traced],
      ],
      silent: [
        'a call without trace id where no call has one',
        { traceId: undefined, join: 'inferred' },
        [makeSpan({ traceId: undefined })],
      ],
    },
  ],
]);

describe('rules', () => {
  it('have a case each that fires and one that is silent', () => {
    assert.deepEqual([...cases.keys()].toSorted(), rules.map(rule => rule.id).toSorted());
  });

  for (const rule of rules) {
    const known = cases.get(rule.id);
    if (known === undefined) {
      continue;
    }
    const [firingTitle, firing, firingTrace] = known.fires;
    const [silentTitle, silent, silentTrace] = known.silent;

    it(`${rule.id} fires on ${firingTitle}`, () => {
      const finding = rule.check(makeSpan(firing), { traceSpans: firingTrace ?? [] });
      assert.ok(finding);
      assert.notEqual(finding.message, '');
      assert.ok(finding.fixes.length > 0);
    });

    it(`${rule.id} is silent on ${silentTitle}`, () => {
      assert.equal(rule.check(makeSpan(silent), { traceSpans: silentTrace ?? [] }), undefined);
    });
  }

  it('are silent on a plain good call and on a tool span', () => {
    for (const span of [makeSpan(), makeSpan({ kind: 'tool', finishReason: 'length' })]) {
      const found = rules.filter(rule => rule.check(span, { traceSpans: [span] }) !== undefined);
      assert.deepEqual(found, []);
    }
  });

  it('do not call a filtered answer an empty one as well', () => {
    const span = makeSpan({ finishReason: 'content_filter', usage: { outputTokens: 0 } });
    const found = rules.filter(rule => rule.check(span, { traceSpans: [span] }) !== undefined);
    assert.deepEqual(
      found.map(rule => rule.id),
      ['content-filtered'],
    );
  });

  it('say how many tokens a cut answer has', () => {
    const rule = rules.find(({ id }) => id === 'output-truncated');
    const span = makeSpan({ finishReason: 'max_tokens', usage: { outputTokens: 4096 } });
    assert.match(rule?.check(span, { traceSpans: [] })?.message ?? '', /after 4,096 tokens/);
  });
});
