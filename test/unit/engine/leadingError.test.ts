import assert from 'node:assert/strict';
import type { SpanPatch } from '../../../src/model/span';
import type { Trace } from '../../../src/model/trace';
import { categories } from '../../../src/rules/errors/categories/index';
import { actionRank, categorySeverity } from '../../../src/rules/errors/standing';
import { Memory } from './builders';

/** The trace of these calls, each a minute after the one before. */
function traceOf(...calls: readonly Partial<SpanPatch>[]): Trace {
  const memory = new Memory();
  calls.forEach((fields, at) =>
    memory.call('/log/a', {
      traceId: 't',
      name: `step ${at}`,
      model: 'gpt-4o',
      startTime: at * 60_000,
      durationMs: 1000,
      ...fields,
    }),
  );
  const { traces } = memory.core;
  const [group] = traces.groups();
  assert.ok(group);
  return traces.traceOf(group);
}

/** The category that leads it. */
function leadingOf(...calls: readonly Partial<SpanPatch>[]): string | undefined {
  return traceOf(...calls).leadingError?.category;
}

function failed(message: string, fields: Partial<SpanPatch> = {}): Partial<SpanPatch> {
  return { status: 'error', error: { message }, ...fields };
}

const overloaded = failed('Overloaded');
const wrongKey = failed('Incorrect API key provided: sk-…9aQ2.');
const riddle = failed('it did not work');

describe('the leading error of a trace', () => {
  it('is what somebody must act on, before what passes by itself and what nobody understood', () => {
    assert.equal(leadingOf(overloaded, wrongKey), 'auth_invalid');
    assert.equal(leadingOf(riddle, overloaded), 'overloaded');
    assert.equal(leadingOf(riddle), 'unknown');
  });

  it('is the earlier of two that are alike', () => {
    assert.equal(
      leadingOf(failed('Connection error.'), failed('Request timed out.')),
      'connection_failed',
    );
  });

  it('is never one that a retry made good, when another stayed', () => {
    const retried = { name: 'answer' };
    const limited = failed('Incorrect API key provided: sk-…9aQ2.', retried);
    assert.equal(leadingOf(limited, { ...retried, status: 'ok' }, overloaded), 'overloaded');
    assert.equal(leadingOf(limited, { ...retried, status: 'ok' }), 'auth_invalid');
  });
});

describe('a trace in which something failed', () => {
  const answer = { name: 'answer', status: 'ok' } as const;
  const tool = failed('Command not found', { kind: 'tool', name: 'bash' });

  it('recovered when the call was sent again with success', () => {
    assert.equal(traceOf({ ...overloaded, name: 'answer' }, answer).recovered, true);
    assert.equal(traceOf({ ...overloaded, name: 'answer' }).recovered, false);
    assert.equal(traceOf({ ...overloaded, name: 'other' }, answer).recovered, false);
  });

  it('recovered when a model went on from a tool that failed, and not when nothing came after it', () => {
    assert.equal(traceOf(answer, tool, answer).recovered, true);
    assert.equal(traceOf(answer, tool).recovered, false);
    assert.equal(traceOf(answer, tool, { ...overloaded, name: 'answer' }).recovered, false);
  });

  it('did not recover when nothing failed', () => {
    assert.equal(traceOf(answer).recovered, false);
  });
});

describe('the standing of error categories', () => {
  it('puts access, configuration and money first, then the request, then size, then what passes, then the unknown', () => {
    const order = [
      'auth_invalid',
      'model_not_found',
      'billing',
      'invalid_request',
      'context_length',
      'overloaded',
      'server_error',
      'unknown',
    ].map(actionRank);
    assert.deepEqual(
      order,
      order.toSorted((one, other) => one - other),
    );
    assert.equal(actionRank('quota_exhausted'), actionRank('billing'));
    assert.ok(categories.every(({ id }) => actionRank(id) <= actionRank('unknown')));
  });

  it('is critical where everybody is locked out, and no error where somebody cancelled', () => {
    assert.equal(categorySeverity('billing'), 'critical');
    assert.equal(categorySeverity('auth_invalid'), 'critical');
    assert.equal(categorySeverity('cancelled'), 'info');
    assert.equal(categorySeverity('rate_limit'), 'error');
  });
});
