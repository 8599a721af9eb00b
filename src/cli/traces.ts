import type { Engine } from '../engine/engine';
import type { Trace } from '../model/trace';
import { maxPage } from '../protocol/page';
import { checkFilter } from './calls';
import type { Command } from './command';
import { showCount, showDuration, showNumber, showTime, showUsd, toIso } from './display';
import { withLogs } from './openLogs';
import { printTable } from './table';

export const traces: Command = {
  name: 'traces',
  usage: 'traces PATH… [--filter QUERY] [--json]',
  summary: 'lists every trace, newest first',
  details: ['A trace that no id in the log holds together is marked as inferred.'],
  options: { filter: { type: 'string' } },
  async run(invocation) {
    const { out, json } = invocation;
    const filter = checkFilter(invocation.option('filter'));
    await withLogs(invocation, { prices: true, final: true }, async ({ engine }) => {
      if (json) {
        for await (const trace of listTraces(engine, filter)) {
          await out.printJson(toTraceLine(trace));
        }
        return;
      }
      const count = await printTable(out, columns, toRows(listTraces(engine, filter)));
      await out.printText(`\n${showCount(count, 'trace')}`);
    });
  },
};

async function* listTraces(engine: Engine, filter: string | undefined): AsyncGenerator<Trace> {
  for (let start = 0; ; start += maxPage) {
    const page = await engine.handlers.listTraces({ filter, start, end: start + maxPage });
    yield* page.items;
    if (page.items.length === 0 || start + maxPage >= page.total) {
      return;
    }
  }
}

function toTraceLine(trace: Trace): object {
  return {
    traceId: trace.traceId ?? trace.key,
    inferred: trace.inferred,
    name: trace.name,
    startTime: toIso(trace.startTime),
    durationMs: trace.durationMs ?? null,
    spans: trace.spans,
    calls: trace.calls,
    errors: trace.errors,
    inputTokens: trace.inputTokens ?? null,
    outputTokens: trace.outputTokens ?? null,
    costUsd: trace.costUsd ?? null,
    sessionId: trace.sessionId ?? null,
  };
}

const columns = [
  { title: 'TIME' },
  { title: 'NAME' },
  { title: 'SPANS', align: 'right' },
  { title: 'CALLS', align: 'right' },
  { title: 'ERRORS', align: 'right' },
  { title: 'IN', align: 'right' },
  { title: 'OUT', align: 'right' },
  { title: 'COST', align: 'right' },
  { title: 'DURATION', align: 'right' },
  { title: 'TRACE' },
] as const;

async function* toRows(traces: AsyncIterable<Trace>): AsyncGenerator<string[]> {
  for await (const trace of traces) {
    yield toRow(trace);
  }
}

function toRow(trace: Trace): string[] {
  return [
    showTime(trace.startTime),
    trace.name,
    showNumber(trace.spans),
    showNumber(trace.calls),
    showNumber(trace.errors),
    showNumber(trace.inputTokens),
    showNumber(trace.outputTokens),
    showUsd(trace.costUsd),
    showDuration(trace.durationMs),
    `${trace.traceId ?? trace.key}${trace.inferred ? ' (inferred)' : ''}`,
  ];
}
