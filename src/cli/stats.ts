import type { Stats } from '../model/stats';
import type { Command } from './command';
import { showDuration, showNumber, showText, showUsd, unknownMark } from './display';
import { withLogs } from './openLogs';
import type { Output } from './output';
import { printPairs, printTable } from './table';

export const stats: Command = {
  name: 'stats',
  usage: 'stats PATH… [--json]',
  summary: 'counts calls, tokens, cost, latency and errors',
  details: ['A dash (null with --json) is unknown, not 0.'],
  options: {},
  async run(invocation) {
    const { out, json } = invocation;
    const result = await withLogs(invocation, { prices: true, final: true }, async ({ engine }) =>
      engine.handlers.getStats({}),
    );
    if (json) {
      await out.printJson(result);
      return;
    }
    await printPairs(out, summaryRows(result));
    await printCounts(out, 'ERROR TYPE', result.errorsByType);
    await printCounts(out, 'ERROR CATEGORY', result.errorsByCategory);
    if (result.calls > 0) {
      await out.printText('');
      await printTable(out, modelColumns, modelRows(result));
    }
  },
};

function summaryRows(result: Stats): (readonly [string, string])[] {
  const { latency } = result;
  const rate = result.errorRate === null ? unknownMark : `${(result.errorRate * 100).toFixed(1)} %`;
  const unpriced =
    result.unpricedCalls > 0
      ? ` at least; ${showNumber(result.unpricedCalls)} calls without a price`
      : '';
  return [
    ['Records', showNumber(result.records)],
    ['Skipped', showNumber(result.skippedRecords)],
    ['Audit entries', showNumber(result.auditEntries)],
    ['Calls', showNumber(result.calls)],
    ['Tool calls', showNumber(result.toolCalls)],
    ['Traces', showNumber(result.traces)],
    ['Sessions', showNumber(result.sessions)],
    [
      'Input tokens',
      `${showNumber(result.inputTokens)} (${showNumber(result.avgInputTokens)} a call)`,
    ],
    ['Cached input', showNumber(result.cacheReadInputTokens)],
    [
      'Output tokens',
      `${showNumber(result.outputTokens)} (${showNumber(result.avgOutputTokens)} a call)`,
    ],
    ['Cost', `${showUsd(result.costUsd)}${result.costUsd === null ? '' : unpriced}`],
    ['Errors', `${showNumber(result.errors)} (${rate})`],
    ['Latency mean', showDuration(latency?.meanMs)],
    ['Latency p50', showDuration(latency?.p50Ms)],
    ['Latency p95', showDuration(latency?.p95Ms)],
    ['Latency p99', showDuration(latency?.p99Ms)],
    ['First user text', showText(result.firstUserText)],
    ['Last reply', showText(result.lastAssistantText)],
  ];
}

async function printCounts(
  out: Output,
  title: string,
  byName: Readonly<Record<string, number>>,
): Promise<void> {
  const rows = Object.entries(byName).toSorted(([, left], [, right]) => right - left);
  if (rows.length > 0) {
    await out.printText('');
    await printTable(
      out,
      [{ title }, { title: 'CALLS', align: 'right' }],
      rows.map(([name, count]) => [name, showNumber(count)]),
    );
  }
}

const modelColumns = [
  { title: 'MODEL' },
  { title: 'CALLS', align: 'right' },
  { title: 'IN', align: 'right' },
  { title: 'OUT', align: 'right' },
  { title: 'COST', align: 'right' },
  { title: 'ERRORS', align: 'right' },
  { title: 'P95', align: 'right' },
] as const;

function modelRows(result: Stats): string[][] {
  return Object.entries(result.byModel)
    .toSorted(([, left], [, right]) => right.count - left.count)
    .map(([name, model]) => [
      name,
      showNumber(model.count),
      showNumber(model.inputTokens),
      showNumber(model.outputTokens),
      showUsd(model.costUsd),
      showNumber(model.errors),
      showDuration(model.p95Ms),
    ]);
}
