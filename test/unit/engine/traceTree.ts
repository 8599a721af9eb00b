import path from 'node:path';
import type { Engine } from '../../../src/engine/engine';
import type { Span } from '../../../src/model/span';
import { maxPage } from '../../../src/protocol/page';

/** All traces, oldest first, as text that a person can review: a line a trace, a line a span. */
export async function traceTree(engine: Engine): Promise<string> {
  const { items } = await engine.handlers.listTraces({ start: 0, end: maxPage });
  const lines: string[] = [];
  for (const trace of items.toReversed()) {
    const detail = await engine.handlers.getTrace({ traceKey: trace.key });
    const inferred = trace.inferred ? ' (inferred)' : '';
    lines.push(`${timeOf(trace.startTime)} ${trace.name}${inferred}`);
    lines.push(...(detail?.spans ?? []).map(span => `    ${spanLine(span)}`));
    lines.push(
      ...(detail?.audit ?? []).map(entry => `    audit ${entry.action} ${entry.resource}`),
    );
  }
  return `${lines.join('\n')}\n`;
}

function spanLine(span: Span): string {
  const { usage, error } = span;
  const places = span.sources.map(({ file, line }) => `${path.basename(file)}:${line}`);
  const parts = [
    timeOf(span.startTime),
    span.name,
    span.model ?? '?',
    `${usage.inputTokens ?? '?'} in ${usage.outputTokens ?? '?'} out`,
    span.cost ? `$${span.cost.usd.toFixed(6)}` : 'no price',
    error ? error.category : span.status,
    span.join,
    places.join(' '),
  ];
  return parts.join('  ');
}

function timeOf(time: number | undefined): string {
  return time === undefined ? 'no time' : new Date(time).toISOString();
}
