import assert from 'node:assert/strict';
import { buildRows } from '../../../media/waterfall/buildRows';
import { criticalPath, tellingPath } from '../../../media/waterfall/criticalPath';
import { covered } from '../../../media/waterfall/gaps';
import { mergeBars } from '../../../media/waterfall/mergedBars';
import { targetOf } from '../../../media/waterfall/rowKeys';
import { forEachRow, type Row } from '../../../media/waterfall/rows';
import { position, ticks, zoom } from '../../../media/waterfall/timeAxis';
import { failingRows, opensByDefault, visibleRows } from '../../../media/waterfall/visibleRows';
import { span, trace } from './builders';

/** The rows as text: two spaces a level. */
function drawn(rows: readonly Row[]): string[] {
  const lines: string[] = [];
  forEachRow(rows, (row, depth) => lines.push(`${'  '.repeat(depth)}${row.id}`));
  return lines;
}

const timed = (key: string, start: number, durationMs: number, fields = {}) =>
  span(key, { startTime: start, durationMs, spanId: key, ...fields });

describe('rows of a trace', () => {
  it('nest by parent ids, in time order, whatever the order of the log', () => {
    const rows = buildRows(
      trace([
        timed('late', 50, 10, { parentSpanId: 'agent' }),
        timed('early', 0, 10, { parentSpanId: 'agent' }),
        timed('agent', 0, 60, { kind: 'agent' }),
      ]),
      0,
    );
    assert.deepEqual(drawn(rows), ['span:agent', '  span:early', '  span:late']);
  });

  it('sets an audit entry before the call that it announces, though its time is a little later', () => {
    const source = { file: '/logs/audit.jsonl', offset: 0, length: 10, line: 1 };
    const audit = [{ timestamp: 1000.4, action: 'query', source }];
    const detail = { ...trace([timed('a', 1000, 10), timed('b', 1010, 10)]), audit };
    const [root] = buildRows(detail, 0);
    assert.deepEqual(
      root?.children.map(({ type }) => type),
      ['audit', 'span', 'span'],
    );
  });

  it('stand under one row for the trace when no span contains the others', () => {
    const rows = buildRows(trace([timed('a', 0, 10), timed('b', 10, 10)]), 0);
    assert.deepEqual(drawn(rows), ['root', '  span:a', '  span:b']);
    assert.deepEqual([rows[0]?.start, rows[0]?.end], [0, 20]);
  });

  it('survive spans that claim to be their own ancestors', () => {
    const rows = buildRows(
      trace([
        timed('a', 0, 1, { parentSpanId: 'b' }),
        timed('b', 1, 1, { parentSpanId: 'a' }),
        timed('c', 2, 1, { parentSpanId: 'c' }),
      ]),
      0,
    );
    const ids = drawn(rows).map(line => line.trim());
    assert.deepEqual(ids.filter(id => id.startsWith('span')).sort(), [
      'span:a',
      'span:b',
      'span:c',
    ]);
  });

  it('survive nesting deeper than the stack', () => {
    const spans = Array.from({ length: 30_000 }, (_, index) =>
      timed(`s${index}`, index, 1, index > 0 ? { parentSpanId: `s${index - 1}` } : {}),
    );
    let rows = 0;
    forEachRow(buildRows(trace(spans), 0), () => rows++);
    assert.equal(rows, 30_000);
  });

  it('show a tool that a call asked for, unless the log has its run', () => {
    const call = timed('call', 0, 10, { toolCallNames: ['search', 'refund'] });
    const run = timed('run', 10, 5, { kind: 'tool', name: 'search' });
    const rows = buildRows(trace([call, run]), 0);
    assert.deepEqual(drawn(rows), ['root', '  span:call', '    tool:1:call', '  span:run']);
  });

  it('say how many spans are not listed, before and after those that are', () => {
    const detail = trace([timed('a', 0, 1)], { spans: 12 });
    assert.deepEqual(drawn(buildRows(detail, 0)), ['root', '  span:a', '  omitted:after']);
    assert.deepEqual(drawn(buildRows({ ...detail, before: 3 }, 0)), [
      'root',
      '  omitted:before',
      '  span:a',
      '  omitted:after',
    ]);
  });

  it('let a running span end now', () => {
    const running = timed('a', 100, 0, { status: 'running', durationMs: undefined });
    assert.equal(buildRows(trace([running]), 350)[0]?.end, 350);
  });
});

describe('gaps', () => {
  it('stand where much of the time is empty and the hole is long', () => {
    const rows = buildRows(
      trace([timed('a', 0, 4000), timed('b', 9000, 1000), timed('c', 10_100, 900)]),
      0,
    );
    assert.deepEqual(drawn(rows), ['root', '  span:a', '  gap:span:a', '  span:b', '  span:c']);
  });

  it('are left out of a busy trace, and below a second', () => {
    const busy = buildRows(trace([timed('a', 0, 9000), timed('b', 10_500, 9000)]), 0);
    const short = buildRows(trace([timed('a', 0, 100), timed('b', 1000, 100)]), 0);
    assert.ok(![...drawn(busy), ...drawn(short)].some(line => line.includes('gap')));
  });

  it('count time that two spans share once', () => {
    const time = covered([
      { start: 0, end: 10 },
      { start: 5, end: 15 },
      { start: 20, end: 25 },
    ]);
    assert.equal(time, 20);
  });
});

describe('critical path', () => {
  const agent = timed('agent', 0, 1000, { kind: 'agent' });
  const inside = (key: string, start: number, length: number) =>
    timed(key, start, length, { parentSpanId: 'agent' });

  it('goes back from the end along what ended last', () => {
    const spans = [agent, inside('a', 0, 300), inside('short', 300, 200), inside('long', 305, 600)];
    const path = criticalPath(buildRows(trace(spans), 0));
    assert.deepEqual([...path.keys()].sort(), ['span:a', 'span:long']);
  });

  it('is not drawn when everything is on it', () => {
    const sequential = [agent, inside('a', 0, 500), inside('b', 500, 500)];
    assert.equal(tellingPath(buildRows(trace(sequential), 0)).size, 0);
    const parallel = [agent, inside('a', 0, 500), inside('b', 0, 900)];
    assert.equal(tellingPath(buildRows(trace(parallel), 0)).size, 1);
  });
});

describe('time axis', () => {
  it('has round steps, from a tenth of a millisecond to days', () => {
    assert.deepEqual(ticks({ from: 0, to: 38_140 }, 5).at, [0, 10_000, 20_000, 30_000]);
    assert.deepEqual(ticks({ from: 5200, to: 14_000 }, 5).at, [6000, 8000, 10_000, 12_000]);
    assert.equal(ticks({ from: 0, to: 600_000 }, 5).step, 120_000);
    assert.equal(ticks({ from: 0, to: 9e8 }, 5).step % 86_400_000, 0);
    assert.deepEqual(ticks({ from: 0, to: 0 }, 5).at, []);
    assert.ok(!Object.is(ticks({ from: 0, to: 100 }, 5).at[0], -0));
  });

  it('zooms around a point, stays inside the trace, and fits again when zoomed out', () => {
    const closer = zoom({ from: 0, to: 1000 }, 1000, 1, 500);
    assert.ok(closer && closer.from > 0 && closer.to < 1000);
    assert.equal(position(closer, 500), 0.5);
    const atEdge = zoom({ from: 0, to: 100 }, 1000, -1, 0);
    assert.equal(atEdge?.from, 0);
    assert.equal(zoom({ from: 0, to: 900 }, 1000, -1, 500), undefined);
  });
});

describe('folded rows', () => {
  const spans = [
    timed('agent', 0, 1000, { kind: 'agent' }),
    ...Array.from({ length: 600 }, (_, index) =>
      timed(`s${index}`, index, 1, {
        parentSpanId: 'agent',
        status: index === 300 ? 'error' : 'ok',
      }),
    ),
  ];
  const rows = buildRows(trace(spans), 0);

  it('open closed beyond 500 children, but for the way to what failed', () => {
    const [agent] = rows;
    assert.ok(agent);
    assert.equal(opensByDefault(agent, new Set()), false);
    assert.equal(opensByDefault(agent, failingRows(rows)), true);
  });

  it('draw one bar a cell and keep the failed one on top', () => {
    const bars = mergeBars(rows, { from: 0, to: 1000 }, 0);
    assert.deepEqual(
      bars.map(({ kind }) => kind),
      ['model', 'fail', 'model'],
    );
  });

  it('show what matches a filter with the rows that it is in, open or not', () => {
    const visible = visibleRows(
      rows,
      () => false,
      row => row.id === 'span:s7',
    );
    assert.deepEqual(
      visible.map(({ row, context }) => [row.id, context]),
      [
        ['span:agent', true],
        ['span:s7', false],
      ],
    );
  });
});

describe('keys in the list', () => {
  const rows = visibleRows(
    buildRows(
      trace([timed('agent', 0, 9, { kind: 'agent' }), timed('a', 0, 1, { parentSpanId: 'agent' })]),
      0,
    ),
    () => true,
  );

  it('move, open, close and go to the parent', () => {
    assert.deepEqual(targetOf('ArrowDown', rows, 0, 10), { kind: 'move', index: 1 });
    assert.deepEqual(targetOf('ArrowDown', rows, 1, 10), { kind: 'move', index: 1 });
    assert.deepEqual(targetOf('ArrowLeft', rows, 0, 10), { kind: 'open', open: false });
    assert.deepEqual(targetOf('ArrowLeft', rows, 1, 10), { kind: 'move', index: 0 });
    assert.deepEqual(targetOf('ArrowRight', rows, 0, 10), { kind: 'move', index: 1 });
    assert.deepEqual(targetOf('Enter', rows, 1, 10), { kind: 'enter', index: 1 });
    assert.equal(targetOf('x', rows, 0, 10), undefined);
  });
});
