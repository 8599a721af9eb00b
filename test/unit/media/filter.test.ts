import assert from 'node:assert/strict';
import { buildRows } from '../../../media/waterfall/buildRows';
import { forEachRow, type Row } from '../../../media/waterfall/rows';
import { parseSpanFilter } from '../../../media/waterfall/spanFilter';
import { span, trace } from './builders';

const rows: Row[] = [];
const detail = trace([
  span('slow', { startTime: 0, durationMs: 2500, model: 'gpt-4o', toolCallNames: ['search'] }),
  span('failed', {
    startTime: 3000,
    durationMs: 100,
    model: 'gpt-4o-mini',
    status: 'error',
    error: { type: 'RateLimitError', message: 'Too many: slow down', category: 'rate_limit' },
  }),
  span('tool', { startTime: 4000, durationMs: 10, kind: 'tool', name: 'refund' }),
]);
forEachRow(buildRows(detail, 0), row => rows.push(row));

function found(text: string): string[] {
  const filter = parseSpanFilter(text);
  assert.ok(filter.ok, filter.ok ? '' : filter.message);
  return rows
    .filter(row => row.id !== 'root' && (filter.matches?.(row) ?? true))
    .map(row => row.id);
}

describe('filter of the spans', () => {
  it('finds by field, comparison and free text, all of which must hold', () => {
    assert.deepEqual(found('status:error'), ['span:failed']);
    assert.deepEqual(found('latency:>2s'), ['span:slow']);
    assert.deepEqual(found('latency:<=100ms'), ['span:failed', 'span:tool']);
    assert.deepEqual(found('tool:search'), ['span:slow', 'tool:0:slow']);
    assert.deepEqual(found('kind:call -status:error'), ['span:slow']);
    assert.deepEqual(found('"slow down"'), ['span:failed']);
    assert.deepEqual(found('error:rate_limit mini'), ['span:failed']);
  });

  it('takes a star for anything', () => {
    assert.deepEqual(found('model:gpt-*mini'), ['span:failed']);
    assert.deepEqual(found('model:*4o'), ['span:slow']);
    assert.deepEqual(found('model:4o*'), []);
  });

  it('says nothing matches the unknown: a span without a figure is in no comparison', () => {
    assert.deepEqual(found('cost:<1'), []);
    assert.deepEqual(found('ttft:>0ms'), []);
  });

  it('points at the word that it does not understand', () => {
    const unknown = parseSpanFilter('kind:call foo:bar');
    assert.ok(!unknown.ok);
    assert.deepEqual([unknown.start, unknown.end], [10, 17]);
    assert.match(unknown.message, /no field "foo"/);
    const open = parseSpanFilter('a "b c');
    assert.ok(!open.ok);
    assert.equal(open.start, 2);
    const number = parseSpanFilter('latency:>soon');
    assert.ok(!number.ok);
    assert.match(number.message, /not a number/);
  });

  it('matches everything when it is empty', () => {
    assert.equal(found('  ').length, rows.length - 1);
  });
});
