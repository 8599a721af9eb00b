import { isCall, type Span } from '../../src/model/span';
import type { Trace } from '../../src/model/trace';
import type { TraceDetail } from '../../src/protocol/engineContract';
import { counted, count, day, duration, firstOf, money, percent, words } from '../display';
import { isListedWhole } from '../selection';
import { covered, type Interval } from '../waterfall/gaps';
import { spanEnd } from '../waterfall/rows';

/** One figure of the summary: its name, the figure, and what it is made of. */
export interface Figure {
  readonly name: string;
  readonly value: string;
  readonly note: string;
  /** Part of the note that is red. */
  readonly failed?: string | undefined;
  readonly tooltip?: string | undefined;
  /** Left out when there is little room. */
  readonly minor?: boolean;
}

const notInTheLog = 'not in the log';

/**
 * The seven figures above a trace. `length` is the time that its spans cover, ms; 0: no times in the log. `prices` is the
 * price list as CostDetail has it.
 */
export function figures(
  detail: TraceDetail,
  length: number,
  now: number,
  prices: string | undefined,
): readonly Figure[] {
  const { trace, spans } = detail;
  return [
    durationFigure(detail, length, now),
    callsFigure(trace, spans),
    inputFigure(trace),
    {
      name: 'Output tokens',
      value: trace.outputTokens === undefined ? 'unknown' : count(trace.outputTokens),
      note: trace.outputTokens === undefined ? notInTheLog : reasoningNote(trace),
    },
    costFigure(detail, prices),
    errorsFigure(trace, spans),
    {
      name: trace.models.length === 1 ? 'Model' : 'Models',
      value: count(trace.models.length),
      note: firstOf(trace.models, 2),
      tooltip: trace.models.length > 2 ? trace.models.join(', ') : undefined,
      minor: true,
    },
  ];
}

function durationFigure({ trace, spans }: TraceDetail, length: number, now: number): Figure {
  const name = 'Duration';
  const [only] = spans;
  const ofOne = spans.length === 1 ? only?.durationMs : undefined;
  const total = trace.durationMs ?? (length > 0 ? length : ofOne);
  if (total === undefined) {
    return { name, value: 'unknown', note: `times: ${notInTheLog}` };
  }
  if (!isListedWhole({ trace, spans })) {
    return { name, value: trace.running ? 'running' : duration(total), note: '' };
  }
  const model = covered(intervals(spans.filter(isCall), now));
  const leaves = spans.filter(({ kind }) => kind !== 'agent' && kind !== 'chain');
  const idle = Math.max(0, length - covered(intervals(leaves, now)));
  if (length === 0) {
    return { name, value: duration(total), note: `start: ${notInTheLog}` };
  }
  const rest = idle > length * 0.01 ? `idle ${duration(idle)}` : 'no gaps';
  const value = trace.running ? `${duration(length)} so far` : duration(total);
  return { name, value, note: `model ${duration(model)} · ${rest}` };
}

function intervals(spans: readonly Span[], now: number): readonly Interval[] {
  return spans.flatMap(span => {
    const end = spanEnd(span, now);
    return span.startTime === undefined || end === undefined
      ? []
      : [{ start: span.startTime, end }];
  });
}

function callsFigure(trace: Trace, spans: readonly Span[]): Figure {
  const calls = spans.filter(isCall);
  const value = count(trace.calls);
  if (!isListedWhole({ trace, spans })) {
    return { name: 'Calls', value, note: `${count(calls.length)} of them listed` };
  }
  const failed = calls.filter(({ status }) => status === 'error').length;
  const running = calls.filter(({ status }) => status === 'running').length;
  const ok = calls.filter(({ status }) => status === 'ok').length;
  const unknown = calls.length - failed - running - ok;
  const note = [
    ok > 0 ? `${count(ok)} ok` : '',
    running > 0 ? `${count(running)} running` : '',
    unknown > 0 ? `${count(unknown)} with unknown result` : '',
  ];
  return {
    name: 'Calls',
    value,
    note: note.filter(Boolean).join(' · '),
    failed: failed > 0 ? `${count(failed)} failed` : undefined,
  };
}

function inputFigure(trace: Trace): Figure {
  const name = 'Input tokens';
  if (trace.inputTokens === undefined) {
    return { name, value: 'unknown', note: notInTheLog };
  }
  const cached = trace.cacheReadInputTokens;
  const share = cached && trace.inputTokens > 0 ? ` (${percent(cached / trace.inputTokens)})` : '';
  const note = cached === undefined ? `cached: ${notInTheLog}` : `${count(cached)} cached${share}`;
  return { name, value: count(trace.inputTokens), note };
}

function reasoningNote(trace: Trace): string {
  const reasoning = trace.reasoningOutputTokens;
  return reasoning === undefined ? `reasoning: ${notInTheLog}` : `${count(reasoning)} reasoning`;
}

function costFigure({ trace, spans }: TraceDetail, prices: string | undefined): Figure {
  const name = 'Cost';
  if (trace.costUsd === undefined) {
    const isCounted = trace.inputTokens !== undefined && trace.outputTokens !== undefined;
    const note = isCounted ? 'no price known for its calls' : `tokens: ${notInTheLog}`;
    return { name, value: 'unknown', note };
  }
  const list = pricesOf(prices);
  const byModel = isListedWhole({ trace, spans }) ? costByModel(spans) : '';
  const tooltip = [byModel, list].filter(Boolean).join(' · ');
  if (trace.unpricedCalls > 0) {
    const note = `${counted(trace.unpricedCalls, 'call')} without a price`;
    return { name, value: `≥ ${money(trace.costUsd)}`, note, tooltip };
  }
  return { name, value: money(trace.costUsd), note: costNote(trace, spans, list), tooltip };
}

function costNote(trace: Trace, spans: readonly Span[], list: string | undefined): string {
  const sources = new Set(spans.flatMap(({ cost }) => (cost ? [cost.source] : [])));
  if (sources.size === 1 && sources.has('log')) {
    return 'as the log says';
  }
  if (trace.cacheReadInputTokens === undefined) {
    return 'if nothing was cached';
  }
  const prices = list ?? 'list prices';
  return sources.has('log') ? `log and ${prices}` : prices;
}

/** `gpt-4o $0.2893 + o4-mini $0.0060`: what makes up the cost. */
function costByModel(spans: readonly Span[]): string {
  const sums = new Map<string, number>();
  for (const { cost, model = 'unknown model' } of spans.filter(isCall)) {
    if (cost) {
      sums.set(model, (sums.get(model) ?? 0) + cost.usd);
    }
  }
  return [...sums]
    .sort((a, b) => b[1] - a[1])
    .map(([model, usd]) => `${model} ${money(usd)}`)
    .join(' + ');
}

function errorsFigure(trace: Trace, spans: readonly Span[]): Figure {
  const byCategory = new Map<string, number>();
  for (const { error } of isListedWhole({ trace, spans }) ? spans : []) {
    if (error) {
      byCategory.set(error.category, (byCategory.get(error.category) ?? 0) + 1);
    }
  }
  const sorted = [...byCategory].sort((a, b) => b[1] - a[1]);
  const note = sorted.map(([category, times]) =>
    sorted.length === 1 ? words(category) : `${words(category)} ${count(times)}`,
  );
  return { name: 'Errors', value: count(trace.errors), note: note.join(' · ') };
}

/** `prices of 12 Oct 2026`, or the name of a list without a day. */
export function pricesOf(list: string | undefined): string | undefined {
  // the scope of a package says nothing to a reader
  return list === undefined ? undefined : `prices of ${day(list.replace(/^@[^/]*\//, ''))}`;
}
