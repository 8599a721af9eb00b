import assert from 'node:assert/strict';
import { figures } from '../../../media/header/totals';
import { foldsToKeep, freshState, readState } from '../../../media/savedState';
import { firstChoice, isFailed, neighbour, placeAmong } from '../../../media/selection';
import { isCall } from '../../../src/model/span';
import { span, trace } from './builders';

describe('remembered state', () => {
  it('comes back as it was saved', () => {
    const saved = { ...freshState('trace:1'), tab: 'usage', folds: [['a', true]], listShare: 30 };
    assert.deepEqual(readState(JSON.parse(JSON.stringify(saved))), {
      ...saved,
      selectedId: undefined,
      askedSpan: undefined,
    });
  });

  it('is left at its defaults where it does not fit', () => {
    assert.equal(readState(undefined), undefined);
    assert.equal(readState({ traceKey: 7 }), undefined);
    const read = readState({
      traceKey: 't',
      listShare: 999,
      folds: [['a'], 3],
      filter: 1,
      tab: [],
    });
    assert.equal(read?.listShare, 80);
    assert.deepEqual(read?.folds, []);
    assert.equal(read?.filter, '');
    assert.equal(read?.tab, undefined);
  });

  it('keeps the latest folds only', () => {
    const folds = new Map(Array.from({ length: 900 }, (_, index) => [`f${index}`, true]));
    const kept = foldsToKeep(folds);
    assert.equal(kept.length, 500);
    assert.equal(kept.at(-1)?.[0], 'f899');
  });
});

describe('selection', () => {
  const spans = [
    span('agent', { kind: 'agent', status: 'error' }),
    span('a'),
    span('b', {
      status: 'error',
      error: { message: 'slow', category: 'rate_limit' },
    }),
    span('c', {
      status: 'error',
      error: { message: 'long', category: 'context_length' },
    }),
    span('d'),
  ];

  it('begins with the error that leads the trace', () => {
    const leadingError = {
      category: 'context_length',
      title: 'Context length exceeded',
      spanKey: 'c',
    };
    assert.equal(firstChoice(trace(spans, { leadingError }), []), 'span:c');
    assert.equal(firstChoice(trace([span('t', { kind: 'tool' }), span('x')]), []), 'span:x');
  });

  it('steps from call to call and from error to error', () => {
    assert.equal(neighbour(spans, 'a', 1, isFailed)?.key, 'b');
    assert.equal(neighbour(spans, 'd', -1, isFailed)?.key, 'c');
    assert.equal(neighbour(spans, undefined, -1, isCall)?.key, 'd');
    assert.equal(neighbour(spans, 'd', 1, isCall), undefined);
  });

  it('counts an agent as failed only when the failure is its own', () => {
    assert.deepEqual(placeAmong(spans, 'c', isFailed), { place: 2, of: 2 });
    assert.equal(placeAmong(spans, 'agent', isFailed), undefined);
  });
});

describe('figures above a trace', () => {
  const figure = (name: string, detail: ReturnType<typeof trace>, length = 0) =>
    figures(detail, length, 0, undefined).find(candidate => candidate.name === name);

  it('write unknown instead of zero', () => {
    const detail = trace([span('a')]);
    assert.equal(figure('Input tokens', detail)?.value, 'unknown');
    assert.equal(figure('Output tokens', detail)?.value, 'unknown');
    assert.equal(figure('Cost', detail)?.value, 'unknown');
    assert.equal(figure('Cost', detail)?.note, 'tokens: not in the log');
    const counted = trace([span('a')], { inputTokens: 1, outputTokens: 1 });
    assert.equal(figure('Cost', counted)?.note, 'no price known for its calls');
    assert.equal(figure('Duration', detail)?.value, 'unknown');
  });

  it('split the duration into model and idle time', () => {
    const spans = [
      span('a', { startTime: 0, durationMs: 2000 }),
      span('b', { startTime: 6000, durationMs: 4000 }),
    ];
    const detail = trace(spans, { durationMs: 10_000 });
    const found = figure('Duration', detail, 10_000);
    assert.equal(found?.value, '10.00 s');
    assert.equal(found?.note, 'model 6.00 s · idle 4.00 s');
  });

  it('say nothing of all spans that only those in the list say', () => {
    const spans = [
      span('a', { startTime: 0, durationMs: 1000, model: 'm' }),
      span('b', { status: 'error', error: { message: 'slow', category: 'rate_limit' } }),
    ];
    const detail = trace(spans, { spans: 9, calls: 8, errors: 4, durationMs: 90_000 });
    const texts = figures(detail, 1000, 0, undefined).map(({ name, value, note, failed }) =>
      [name, value, note, failed ?? ''].join('|'),
    );
    assert.ok(texts.includes('Calls|8|2 of them listed|'), texts.join('\n'));
    assert.ok(texts.includes('Errors|4||'), texts.join('\n'));
    assert.ok(texts.includes('Duration|1 min 30 s||'), texts.join('\n'));
  });

  it('say that a cost is a lower bound, and what it assumes', () => {
    const priced = span('a', { cost: { usd: 0.5, source: 'computed' }, model: 'gpt-4o' });
    const partly = trace([priced, span('b')], { costUsd: 0.5, unpricedCalls: 1 });
    assert.equal(figure('Cost', partly)?.value, '≥ $0.5000');
    const whole = trace([priced], { costUsd: 0.5 });
    assert.equal(figure('Cost', whole)?.note, 'if nothing was cached');
    const known = trace([priced], { costUsd: 0.5, cacheReadInputTokens: 0 });
    const [, , , , cost] = figures(known, 0, 0, '2026-10-12');
    assert.equal(cost?.note, 'prices of Oct 12, 2026');
  });

  it('say how much of the input was cached, or that the log does not', () => {
    const detail = trace([span('a')], { inputTokens: 1000, cacheReadInputTokens: 50 });
    assert.equal(figure('Input tokens', detail)?.note, '50 cached (5 %)');
    const silent = trace([span('a')], { inputTokens: 1000 });
    assert.equal(figure('Input tokens', silent)?.note, 'cached: not in the log');
  });
});
