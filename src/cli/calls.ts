import { parseFilter } from '../engine/filter';
import type { Span } from '../model/span';
import type { Command } from './command';
import { showCount, showDuration, showNumber, showText, showTime, showUsd } from './display';
import { UsageError } from './io';
import { withLogs } from './openLogs';
import { toSpanLine } from './spanLine';
import { printTable } from './table';

export const calls: Command = {
  name: 'calls',
  usage: 'calls PATH… [--filter QUERY] [--json]',
  summary: 'lists every span: calls, tools, agents',
  details: [
    '--filter QUERY  such as: status:error model:gpt-4o* latency:>2s "free text"',
    'Files are named relative to PATH.',
  ],
  options: { filter: { type: 'string' } },
  async run(invocation) {
    const { out, json } = invocation;
    const filter = checkFilter(invocation.option('filter')) ?? '';
    await withLogs(invocation, { prices: true, final: true }, async ({ engine, nameOf }) => {
      if (json) {
        for (const span of await engine.matchingSpans(filter)) {
          await out.printJson(toSpanLine(span, nameOf));
        }
        return;
      }
      const count = await printTable(out, columns, toRows(await engine.matchingSpans(filter)));
      await out.printText(`\n${showCount(count, 'span')}`);
    });
  },
};

/** Throws UsageError with the place when the filter cannot be read. */
export function checkFilter(text: string | undefined): string | undefined {
  const filter = parseFilter(text ?? '');
  if (!filter.ok) {
    throw new UsageError(`--filter, character ${filter.start + 1}: ${filter.message}`);
  }
  return text;
}

const columns = [
  { title: 'TIME' },
  { title: 'KIND' },
  { title: 'NAME' },
  { title: 'MODEL' },
  { title: 'IN', align: 'right' },
  { title: 'OUT', align: 'right' },
  { title: 'COST', align: 'right' },
  { title: 'DURATION', align: 'right' },
  { title: 'STATUS' },
  { title: 'KEY' },
] as const;

function* toRows(spans: Iterable<Span>): Generator<string[]> {
  for (const span of spans) {
    yield toRow(span);
  }
}

function toRow(span: Span): string[] {
  return [
    showTime(span.startTime),
    span.kind,
    span.name,
    showText(span.model),
    showNumber(span.usage.inputTokens),
    showNumber(span.usage.outputTokens),
    showUsd(span.cost?.usd),
    showDuration(span.durationMs),
    showStatus(span),
    span.key,
  ];
}

/** Why it failed; a failure whose cause nobody knows is still a failure. */
function showStatus({ error, status }: Span): string {
  return error === undefined || error.category === 'unknown' ? status : error.category;
}
