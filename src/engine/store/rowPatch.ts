import type { SpanError, SpanKind, SpanStatus } from '../../model/span';
import type { Usage } from '../../model/usage';
import type { MergedSpan } from './mergePatches';
import type { PatchTable } from './patchTable';
import type { NumberField, TokenField } from './rowValues';

/**
 * What one row says, each thing read when it is asked for: most of those who look at many rows want to know little of each. Holds until the
 * store changes.
 */
export class RowPatch implements MergedSpan {
  readonly #table: PatchTable;
  readonly #row: number;

  constructor(table: PatchTable, row: number) {
    this.#table = table;
    this.#row = row;
  }

  get kind(): SpanKind {
    return this.#table.kind(this.#row);
  }

  get name(): string {
    return this.#table.text(this.#row, 'name') ?? this.kind;
  }

  get requestId(): string | undefined {
    return this.#table.text(this.#row, 'requestId');
  }

  get traceId(): string | undefined {
    return this.#table.text(this.#row, 'traceId');
  }

  get spanId(): string | undefined {
    return this.#table.text(this.#row, 'spanId');
  }

  get parentSpanId(): string | undefined {
    return this.#table.text(this.#row, 'parentSpanId');
  }

  get sessionId(): string | undefined {
    return this.#table.text(this.#row, 'sessionId');
  }

  get provider(): string | undefined {
    return this.#table.text(this.#row, 'provider');
  }

  get model(): string | undefined {
    return this.#table.text(this.#row, 'model');
  }

  get startTime(): number | undefined {
    return this.#number('startTime');
  }

  get durationMs(): number | undefined {
    return rowDuration(this.#table, this.#row);
  }

  get timeToFirstTokenMs(): number | undefined {
    return this.#number('timeToFirstTokenMs');
  }

  get usage(): Usage {
    return {
      inputTokens: this.#number('inputTokens'),
      outputTokens: this.#number('outputTokens'),
      cacheReadInputTokens: this.#number('cacheReadInputTokens'),
      cacheCreationInputTokens: this.#number('cacheCreationInputTokens'),
      reasoningOutputTokens: this.#number('reasoningOutputTokens'),
      totalTokens: this.#number('totalTokens'),
    };
  }

  get loggedCostUsd(): number | undefined {
    return this.#number('loggedCostUsd');
  }

  get status(): SpanStatus {
    return this.#table.status(this.#row);
  }

  get finishReason(): string | undefined {
    return this.#table.text(this.#row, 'finishReason');
  }

  get error(): SpanError | undefined {
    return this.#table.error(this.#row);
  }

  get userId(): string | undefined {
    return this.#table.text(this.#row, 'userId');
  }

  get tags(): Readonly<Record<string, string>> {
    return tagsOf(this.#table, [this.#row]);
  }

  get toolCallNames(): readonly string[] {
    return this.#table.toolCallNames(this.#row);
  }

  get hasInput(): boolean {
    return this.#table.hasInput(this.#row);
  }

  get hasOutput(): boolean {
    return this.#table.hasOutput(this.#row);
  }

  get formatIndex(): number {
    return this.#table.format(this.#row);
  }

  #number(field: NumberField | TokenField): number | undefined {
    return this.#table.number(this.#row, field);
  }
}

/** What a row alone says of the duration of its span, ms. */
export function rowDuration(table: PatchTable, row: number): number | undefined {
  const { durationMs, startTime, endTime } = table.numbers;
  return knownDuration(durationMs.known(row), startTime.known(row), endTime.known(row));
}

/** The duration that is logged, else the time between both, ms; undefined: unknown. */
export function knownDuration(
  durationMs = Number.NaN,
  startTime = Number.NaN,
  endTime = Number.NaN,
): number | undefined {
  const duration = durationFrom(durationMs, startTime, endTime);
  return Number.isNaN(duration) ? undefined : duration;
}

/** The same of figures of which NaN is unknown. */
export function durationFrom(durationMs: number, startTime: number, endTime: number): number {
  const between = endTime - startTime;
  return Number.isNaN(durationMs) && between >= 0 ? between : durationMs;
}

const noTags: Readonly<Record<string, string>> = Object.freeze(Object.create(null));

/** Of rows that say one name, the first one's word counts. */
export function tagsOf(
  table: PatchTable,
  rows: readonly number[],
): Readonly<Record<string, string>> {
  if (!rows.some(row => table.hasTags(row))) {
    return noTags;
  }
  // the names come from the log: no prototype to stumble over
  const tags: Record<string, string> = Object.create(null);
  for (const row of rows) {
    for (const [name, value] of table.tags(row)) {
      tags[name] ??= value;
    }
  }
  return tags;
}
