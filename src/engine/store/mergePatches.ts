import type { SpanError, SpanKind, SpanPatch, SpanStatus } from '../../model/span';
import type { Usage } from '../../model/usage';
import type { PatchTable, TextField } from './patchTable';
import { knownDuration, RowPatch, tagsOf } from './rowPatch';
import type { NumberField, TokenField } from './rowValues';
import { strongerStatus } from './rowWords';

/** What all patches of one span say together. The same whatever the order in which they came. */
export interface MergedSpan {
  readonly kind: SpanKind;
  readonly name: string;
  readonly requestId: string | undefined;
  readonly traceId: string | undefined;
  readonly spanId: string | undefined;
  readonly parentSpanId: string | undefined;
  readonly sessionId: string | undefined;
  readonly provider: string | undefined;
  readonly model: string | undefined;
  readonly startTime: number | undefined;
  readonly durationMs: number | undefined;
  readonly timeToFirstTokenMs: number | undefined;
  readonly usage: Usage;
  readonly loggedCostUsd: number | undefined;
  readonly status: SpanStatus;
  readonly finishReason: string | undefined;
  readonly error: SpanError | undefined;
  readonly userId: string | undefined;
  readonly tags: Readonly<Record<string, string>>;
  readonly toolCallNames: readonly string[];
  readonly hasInput: boolean;
  readonly hasOutput: boolean;
  /** Index of the format whose word counted most. */
  readonly formatIndex: number;
}

/** Whose word counts when patches of one span differ: what was written last knows most. */
const authority: Readonly<Record<SpanPatch['part'], number>> = {
  end: 0,
  whole: 1,
  update: 2,
  start: 3,
};

/** `rows` are all patches of one span in file order. Holds until the store changes. */
export function mergePatches(table: PatchTable, rows: readonly number[]): MergedSpan {
  const [only] = rows;
  if (only !== undefined && rows.length === 1) {
    // most spans are one patch: there is nothing to weigh
    return new RowPatch(table, only);
  }
  const ranked = byAuthority(table, rows);
  const text = (field: TextField) => firstKnown(ranked, row => table.text(row, field));
  const number = (field: NumberField) => firstKnown(ranked, row => table.number(row, field));
  const tokens = (field: TokenField) => largestAmongEquals(table, ranked, field);
  const inputTokens = tokens('inputTokens');
  const best = ranked[0] ?? 0;
  const startTime = earliestStart(table, rows);
  const kind = kindOf(table, ranked);
  return {
    kind,
    name: text('name') ?? kind,
    requestId: text('requestId'),
    traceId: text('traceId'),
    spanId: text('spanId'),
    parentSpanId: text('parentSpanId'),
    sessionId: text('sessionId'),
    provider: text('provider'),
    model: text('model'),
    startTime,
    durationMs: knownDuration(number('durationMs'), startTime, latestEnd(table, rows)),
    timeToFirstTokenMs: number('timeToFirstTokenMs'),
    usage: {
      inputTokens,
      outputTokens: tokens('outputTokens'),
      cacheReadInputTokens: tokens('cacheReadInputTokens'),
      cacheCreationInputTokens: tokens('cacheCreationInputTokens'),
      reasoningOutputTokens: tokens('reasoningOutputTokens'),
      totalTokens: tokens('totalTokens'),
    },
    loggedCostUsd: number('loggedCostUsd'),
    status: rows.map(row => table.status(row)).reduce(strongerStatus, 'unknown'),
    finishReason: text('finishReason'),
    error: firstKnown(ranked, row => table.error(row)),
    userId: text('userId'),
    tags: tagsOf(table, ranked),
    toolCallNames: mergedToolCallNames(table, rows),
    hasInput: rows.some(row => table.hasInput(row)),
    hasOutput: rows.some(row => table.hasOutput(row)),
    formatIndex: table.format(best),
  };
}

/** One field of a span without merging the others, by the number of its text; 0 when nobody says it. */
export function mergedTextId(table: PatchTable, rows: readonly number[], field: TextField): number {
  let found = 0;
  let trusted = Infinity;
  for (const row of rows) {
    const rank = authority[table.part(row)];
    const id = rank < trusted ? table.textId(row, field) : 0;
    if (id !== 0) {
      found = id;
      trusted = rank;
    }
  }
  return found;
}

/** The earliest start that any patch of the span says, epoch ms. A row that was only joined to it knows no better. */
export function earliestStart(table: PatchTable, rows: readonly number[]): number | undefined {
  let earliest: number | undefined;
  for (const row of rows) {
    const isJoined = row !== rows[0] && !table.identities.has(row);
    const time = isJoined && earliest !== undefined ? undefined : table.number(row, 'startTime');
    if (time !== undefined && (earliest === undefined || time < earliest)) {
      earliest = time;
    }
  }
  return earliest;
}

function latestEnd(table: PatchTable, rows: readonly number[]): number | undefined {
  let latest: number | undefined;
  for (const row of rows) {
    const time = table.number(row, 'endTime');
    if (time !== undefined && (latest === undefined || time > latest)) {
      latest = time;
    }
  }
  return latest;
}

function byAuthority(table: PatchTable, rows: readonly number[]): readonly number[] {
  if (rows.length < 2) {
    return rows;
  }
  // sort is stable: patches of equal authority keep file order
  return rows.toSorted((one, other) => authority[table.part(one)] - authority[table.part(other)]);
}

function firstKnown<T>(
  rows: readonly number[],
  read: (row: number) => T | undefined,
): T | undefined {
  for (const row of rows) {
    const value = read(row);
    if (value !== undefined) {
      return value;
    }
  }
  return undefined;
}

/** Pieces repeat the usage as it grows, so the largest figure of the most trusted part is the last one. */
function largestAmongEquals(
  table: PatchTable,
  ranked: readonly number[],
  field: TokenField,
): number | undefined {
  let largest: number | undefined;
  let trusted: SpanPatch['part'] | undefined;
  for (const row of ranked) {
    const value = table.number(row, field);
    if (value === undefined || (trusted !== undefined && table.part(row) !== trusted)) {
      continue;
    }
    trusted = table.part(row);
    largest = largest === undefined ? value : Math.max(largest, value);
  }
  return largest;
}

/** `event` is what a format says when it knows no better. */
function kindOf(table: PatchTable, ranked: readonly number[]): SpanKind {
  return (
    firstKnown(ranked, row => (table.kind(row) === 'event' ? undefined : table.kind(row))) ??
    'event'
  );
}

/** Records that say the whole repeat each other; pieces add up, but those of another file are a copy of the log. */
function mergedToolCallNames(table: PatchTable, rows: readonly number[]): readonly string[] {
  const naming = rows.filter(row => table.toolCalls(row) > 0);
  const whole = naming.find(row => table.part(row) === 'whole');
  if (whole !== undefined) {
    return table.toolCallNames(whole);
  }
  return rowsByFile(table, naming)
    .map(group => group.flatMap(row => table.toolCallNames(row)))
    .reduce<readonly string[]>((most, names) => (names.length > most.length ? names : most), []);
}

/** The rows of each file, in the order of the files. */
export function rowsByFile(table: PatchTable, rows: readonly number[]): readonly number[][] {
  const groups = new Map<number, number[]>();
  for (const row of rows) {
    const file = table.file.get(row);
    const group = groups.get(file);
    if (group) {
      group.push(row);
    } else {
      groups.set(file, [row]);
    }
  }
  return [...groups.values()];
}
