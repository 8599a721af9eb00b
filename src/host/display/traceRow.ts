import { linesLabel, type Trace } from '../../model/trace';
import type { Group, GroupBy } from '../../protocol/engineContract';
import {
  formatCount,
  formatDay,
  formatDuration,
  formatPlural,
  formatTime,
  formatUsd,
  joinFacts,
} from './format';
import { errorColor, type Hover, plainColor, type Row, warningColor } from './row';
import { toVisibleLine } from './visibleText';
import { categoryWords, findHighlights } from './words';

/** Room for a name in a tab. */
const maxTitleCharacters = 40;

/** Icons of the groupings. */
export const groupIcons: Readonly<Record<GroupBy, string>> = {
  trace: 'list-flat',
  session: 'comment-discussion',
  model: 'symbol-class',
  file: 'json',
  day: 'calendar',
};

/** A trace as a tab shows it. */
export function toTabTitle(name: string): string {
  return toVisibleLine(name, maxTitleCharacters) || 'Trace';
}

/** The heading of a group. `now` is epoch ms: days are named by it. */
export function toGroupRow(group: Group, groupBy: GroupBy, now: number): Row {
  const label = groupBy === 'day' ? formatDay(group.label, now) : toVisibleLine(group.label);
  const description = joinFacts([
    formatPlural(group.traces, 'trace'),
    formatPlural(group.calls, 'call'),
    costText(group.costUsd, group.unpricedCalls),
  ]);
  const errors = group.errors > 0 ? formatPlural(group.errors, 'error') : undefined;
  return {
    label,
    description,
    icon: groupIcons[groupBy],
    iconColor: plainColor,
    count: group.errors,
    spoken: [label, description, errors].filter(Boolean).join(', '),
  };
}

/** What the hover of a group says: what its row has no room for. `now` is epoch ms. */
export function toGroupHover(group: Group, groupBy: GroupBy, now: number): Hover {
  const { traces, calls, errors, costUsd, unpricedCalls, latestTime } = group;
  return [
    [groupBy === 'day' ? formatDay(group.label, now) : toVisibleLine(group.label, 400)],
    [
      joinFacts([
        formatPlural(traces, 'trace'),
        formatPlural(calls, 'call'),
        errors > 0 ? formatPlural(errors, 'error') : undefined,
      ]),
      joinFacts([
        costText(costUsd, unpricedCalls) ?? 'cost unknown',
        costUsd !== undefined && unpricedCalls > 0
          ? `${formatPlural(unpricedCalls, 'call')} without a known price`
          : undefined,
      ]),
      ...(latestTime === undefined ? [] : [`last ${formatTime(latestTime)}`]),
    ],
  ];
}

/** A trace: first words of the user, then why it failed, how long, how much. */
export function toTraceRow(trace: Trace, words: readonly string[], now: number): Row {
  const label = toVisibleLine(trace.name) || 'unnamed';
  const category = trace.leadingError && categoryWords(trace.leadingError.category);
  const why = trace.recovered && category !== undefined ? `recovered: ${category}` : category;
  const running = runningText(trace, now);
  const description = joinFacts([
    why,
    running ?? (trace.durationMs === undefined ? undefined : formatDuration(trace.durationMs)),
    trace.running
      ? formatPlural(trace.calls, 'call')
      : costText(trace.costUsd, trace.unpricedCalls),
    trace.inferred ? 'inferred' : undefined,
    trace.hasContent ? undefined : 'no text in the log',
  ]);
  const failed = trace.errors > 0 && !trace.recovered;
  const spoken = [
    label,
    failed ? 'failed' : undefined,
    description,
    trace.errors > 0 ? formatPlural(trace.errors, 'error') : undefined,
  ];
  return {
    label,
    highlights: findHighlights(label, words),
    description,
    ...traceIcon(trace),
    ...(failed ? { tone: 'failed' as const } : {}),
    count: trace.errors,
    spoken: spoken.filter(Boolean).join(', '),
  };
}

/** What the hover of a trace says. `nameOf` shortens a path. */
export function toTraceHover(trace: Trace, nameOf: (file: string) => string): Hover {
  return [
    [toVisibleLine(trace.name, 400), ...(trace.leadingError ? [trace.leadingError.title] : [])],
    [
      joinFacts([
        trace.startTime === undefined ? 'time unknown' : formatTime(trace.startTime),
        trace.durationMs === undefined ? 'duration unknown' : formatDuration(trace.durationMs),
      ]),
      joinFacts([
        formatPlural(trace.calls, 'call'),
        trace.errors > 0 ? `${formatCount(trace.errors)} failed` : undefined,
        trace.spans === trace.calls ? undefined : formatPlural(trace.spans, 'span'),
      ]),
      tokenText(trace),
      trace.costUsd === undefined
        ? 'cost unknown'
        : joinFacts([
            formatUsd(trace.costUsd, trace.unpricedCalls > 0),
            trace.unpricedCalls > 0
              ? `${formatPlural(trace.unpricedCalls, 'call')} without a known price`
              : undefined,
          ]),
      trace.models.map(model => toVisibleLine(model, 80)).join(', '),
    ].filter(line => line !== ''),
    [
      trace.inferred
        ? trace.spans > 1
          ? 'put together by Callsight, not by an id in the log'
          : 'no trace id in the log'
        : `trace ${toVisibleLine(trace.traceId ?? '')}`,
      ...trace.files.slice(0, 5).map(place => placeText(place, nameOf)),
      ...(trace.files.length > 5
        ? [`and ${formatPlural(trace.files.length - 5, 'more file')}`]
        : []),
    ],
  ];
}

function placeText(place: Trace['files'][number], nameOf: (file: string) => string): string {
  return `${toVisibleLine(nameOf(place.file), 400)}${linesLabel(place)}`;
}

function tokenText(trace: Trace): string {
  const { inputTokens, outputTokens, cacheReadInputTokens, reasoningOutputTokens } = trace;
  const cached = cacheReadInputTokens ? ` (${formatCount(cacheReadInputTokens)} cached)` : '';
  const reasoning = reasoningOutputTokens
    ? ` (${formatCount(reasoningOutputTokens)} reasoning)`
    : '';
  return joinFacts([
    inputTokens === undefined
      ? 'input tokens unknown'
      : `${formatCount(inputTokens)} tokens in${cached}`,
    outputTokens === undefined
      ? 'output tokens unknown'
      : `${formatCount(outputTokens)} out${reasoning}`,
  ]);
}

function traceIcon(trace: Trace): { icon: string; iconColor?: string } {
  if (trace.running) {
    return { icon: 'loading~spin' };
  }
  if (trace.recovered) {
    return { icon: 'warning', iconColor: warningColor };
  }
  return trace.errors > 0
    ? { icon: 'error', iconColor: errorColor }
    : { icon: 'comment-discussion' };
}

function runningText(trace: Trace, now: number): string | undefined {
  if (!trace.running) {
    return undefined;
  }
  const age = trace.startTime === undefined ? -1 : now - trace.startTime;
  return age < 0 ? 'running' : `running ${formatDuration(age)}`;
}

function costText(usd: number | undefined, unpricedCalls: number): string | undefined {
  return usd === undefined ? undefined : formatUsd(usd, unpricedCalls > 0);
}
