import assert from 'node:assert/strict';
import { TraceQueries } from '../../../src/engine/queries/traceQueries';
import type { Filtering } from '../../../src/engine/queries/filtering';
import { growthBounds } from '../../../src/engine/summaries/growthBounds';
import { Memory } from './builders';

const file = '/log.jsonl';

function give(memory: Memory, count: number, from = 0): void {
  for (let at = from; at < from + count; at++) {
    memory.call(file, {
      traceId: 't',
      spanId: `span ${at}`,
      parentSpanId: `span ${at - (at % 20)}`,
      model: 'gpt-4o',
      startTime: at * 1000,
      durationMs: 500,
      status: at % 50 === 3 ? 'error' : 'ok',
    });
  }
}

/** Every look at the rows of a span, whatever for. */
function countLooks(memory: Memory): { looks: number } {
  const counted = { looks: 0 };
  const { spans } = memory.core.store;
  const [rowsOf, isOneRow] = [spans.rows.bind(spans), spans.isOneRow.bind(spans)];
  spans.rows = head => {
    counted.looks++;
    return rowsOf(head);
  };
  spans.isOneRow = head => {
    counted.looks++;
    return isOneRow(head);
  };
  return counted;
}

describe('a trace of very many spans', () => {
  it('costs what is new of it, not what is there, when a line is appended', () => {
    const count = growthBounds.shared + 2 * growthBounds.loose;
    const memory = new Memory();
    const { core } = memory;
    // without a filter it is only asked for the list of all traces
    const filtering = { traces: () => core.traces.groups(), versionOf: () => 0 } as Pick<
      Filtering,
      'traces' | 'versionOf'
    > as Filtering;
    const queries = new TraceQueries(core, filtering);
    const ask = () => {
      const [trace] = queries.listTraces({ start: 0, end: 10 }).items;
      const { items: days } = queries.listGroups({ groupBy: 'day', start: 0, end: 10 });
      return { trace, calls: days.reduce((sum, day) => sum + day.calls, 0) };
    };
    give(memory, count);
    assert.equal(ask().trace?.calls, count);
    const counted = countLooks(memory);
    const appended = 20;
    for (let at = 0; at < appended; at++) {
      give(memory, 1, count + at);
      const { trace, calls } = ask();
      assert.equal(trace?.calls, count + at + 1);
      assert.equal(calls, count + at + 1);
    }
    assert.ok(counted.looks >= appended, 'the looks are counted');
    assert.ok(counted.looks < 20 * appended, `${counted.looks} looks at ${appended} new spans`);
  });

  it('is read and added up anew when all costs are other ones', () => {
    const count = growthBounds.watched;
    const memory = new Memory();
    const { core } = memory;
    const { reader, traces } = core;
    let usd = 1;
    const read = reader.read.bind(reader);
    reader.read = head => ({ ...read(head), cost: { usd, source: 'computed' } });
    const ask = () => {
      core.refresh();
      return traces.groups().map(group => traces.traceOf(group).costUsd);
    };
    give(memory, count);
    assert.deepEqual(ask(), [count]);
    usd = 2;
    core.forgetCosts();
    assert.deepEqual(ask(), [2 * count]);
  });
});
