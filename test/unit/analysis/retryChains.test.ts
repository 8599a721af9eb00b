import assert from 'node:assert/strict';
import { retryChains } from '../../../src/analysis/retryChains';
import { gapBetween, modelFamily } from '../../../src/analysis/retryLanes';
import type { Span } from '../../../src/model/span';

/** A call of one second; `at` in seconds. */
function call(key: string, at: number, status: Span['status'], fields: Partial<Span> = {}): Span {
  return {
    key,
    traceKey: 't',
    join: 'traceId',
    kind: 'call',
    name: 'chat',
    model: 'gpt-4o',
    startTime: at * 1000,
    durationMs: 1000,
    usage: {},
    status,
    tags: {},
    toolCallNames: [],
    hasInput: true,
    hasOutput: status === 'ok',
    format: 'test',
    sources: [],
    ...fields,
  };
}

function chainsOf(spans: readonly Span[]) {
  return retryChains(spans).map(({ attempts, fallback, healed }) => ({
    attempts: attempts.map(({ key }) => key).join(' '),
    fallback: fallback?.key,
    healed,
  }));
}

describe('retry chains', () => {
  it('join failed calls with the call that succeeded', () => {
    const spans = [call('a', 0, 'error'), call('b', 3, 'error'), call('c', 8, 'ok')];
    assert.deepEqual(chainsOf(spans), [{ attempts: 'a b c', fallback: undefined, healed: true }]);
  });

  it('end with a failure that nothing follows', () => {
    const spans = [call('a', 0, 'error'), call('b', 3, 'error')];
    assert.deepEqual(chainsOf(spans), [{ attempts: 'a b', fallback: undefined, healed: false }]);
  });

  it('are none where one call failed once, or where the next one came much later', () => {
    assert.deepEqual(chainsOf([call('a', 0, 'error')]), []);
    assert.deepEqual(chainsOf([call('a', 0, 'error'), call('b', 500, 'ok')]), []);
  });

  it('reach further where an id says that the calls belong together', () => {
    const later = [call('a', 0, 'error'), call('b', 60, 'ok')];
    assert.deepEqual(chainsOf(later), []);
    const known = later.map(span => ({ ...span, traceId: 't' }));
    assert.deepEqual(chainsOf(known), [{ attempts: 'a b', fallback: undefined, healed: true }]);
  });

  it('take no call of another user', () => {
    const spans = [
      call('a', 0, 'error', { userId: 'ada' }),
      call('b', 2, 'ok', { userId: 'grace' }),
    ];
    assert.deepEqual(chainsOf(spans), []);
  });

  it('name the other model that took over', () => {
    const other = { model: 'claude-sonnet-4-5' };
    const spans = [call('a', 0, 'error'), call('b', 2, 'error'), call('c', 4, 'ok', other)];
    assert.deepEqual(chainsOf(spans), [{ attempts: 'a b', fallback: 'c', healed: true }]);
  });

  it('go on from a fallback that failed itself', () => {
    const other = { model: 'gpt-4o-mini' };
    const spans = [call('a', 0, 'error'), call('b', 2, 'error', other), call('c', 4, 'ok', other)];
    assert.deepEqual(chainsOf(spans), [
      { attempts: 'a', fallback: 'b', healed: false },
      { attempts: 'b c', fallback: undefined, healed: true },
    ]);
  });

  it('take no parallel call and none of another operation or parent', () => {
    const spans = [
      call('a', 0, 'error'),
      call('parallel', 0.2, 'ok'),
      call('summary', 3, 'ok', { name: 'summary' }),
      call('child', 4, 'ok', { parentSpanId: 'p' }),
    ];
    assert.deepEqual(chainsOf(spans), []);
  });

  it('see one model behind dates, prefixes and case', () => {
    assert.equal(modelFamily('openai/GPT-4o-2024-08-06'), modelFamily('gpt-4o'));
    assert.equal(modelFamily('claude-sonnet-4-20250514'), modelFamily('claude-sonnet-4@20250514'));
    assert.notEqual(modelFamily('gpt-4o'), modelFamily('gpt-4o-mini'));
    assert.equal(modelFamily(undefined), '');
  });

  it('measure from the end of an attempt', () => {
    const [first, second] = [call('a', 0, 'error'), call('b', 3, 'ok')];
    assert.equal(gapBetween(first, second), 2000);
    assert.equal(gapBetween({ ...first, startTime: undefined }, second), undefined);
  });
});
