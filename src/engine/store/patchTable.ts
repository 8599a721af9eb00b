import type { SpanError, SpanKind, SpanPatch, SpanStatus } from '../../model/span';
import type { Usage } from '../../model/usage';
import { Column } from './columns';
import { shortId } from './shortId';
import type { StringTable } from './stringTable';

const parts: readonly SpanPatch['part'][] = ['whole', 'start', 'update', 'end'];
const kinds: readonly SpanKind[] = [
  'call',
  'embedding',
  'tool',
  'agent',
  'retrieval',
  'chain',
  'event',
];
/** From the weakest word to the strongest: the strongest of several patches holds. */
const statuses: readonly SpanStatus[] = ['unknown', 'running', 'ok', 'error'];

const inputFlag = 1;
const outputFlag = 2;
// whether there is anything in the maps of rare things: most rows need not look
const errorFlag = 4;
const tagsFlag = 8;
const toolCallsFlag = 16;

const maxKeptErrorMessage = 4000; // characters of an error kept in memory; the whole text is read from disk when asked for

const textFields = [
  'identity',
  'name',
  'requestId',
  'traceId',
  'spanId',
  'parentSpanId',
  'sessionId',
  'provider',
  'model',
  'finishReason',
  'userId',
] as const;
export type TextField = (typeof textFields)[number];
/** What keys are made of. */
const idFields: ReadonlySet<TextField> = new Set([
  'identity',
  'requestId',
  'traceId',
  'spanId',
  'parentSpanId',
  'sessionId',
]);

const timeFields = [
  'startTime',
  'durationMs',
  'endTime',
  'timeToFirstTokenMs',
  'loggedCostUsd',
] as const;
const tokenFields = [
  'inputTokens',
  'outputTokens',
  'cacheReadInputTokens',
  'cacheCreationInputTokens',
  'reasoningOutputTokens',
  'totalTokens',
] as const satisfies readonly (keyof Usage)[];
export type TokenField = (typeof tokenFields)[number];
export type NumberField = (typeof timeFields)[number] | TokenField;

/** Where a patch was read. */
export interface PatchPlace {
  readonly file: number;
  readonly record: number;
  /** Position among the patches of its record. */
  readonly index: number;
  readonly format: number;
}

/** One compact row a patch: numbers in columns, texts by number, rare things in maps. Never a body. */
export class PatchTable {
  readonly file = new Column('uint32');
  readonly record = new Column('uint32');
  readonly index = new Column('uint32');
  readonly format = new Column('uint8');
  readonly #strings: StringTable;
  readonly #part = new Column('uint8');
  readonly #kind = new Column('uint8');
  readonly #status = new Column('uint8');
  readonly #flags = new Column('uint8');
  readonly #texts = new Map<TextField, Column>(
    textFields.map(name => [name, new Column('uint32')]),
  );
  readonly #numbers = new Map<NumberField, Column>(
    [...timeFields, ...tokenFields].map(name => [name, new Column('float64')]),
  );
  readonly #errors = new Map<number, SpanError>();
  readonly #tags = new Map<number, readonly number[]>();
  readonly #toolCallNames = new Map<number, readonly number[]>();
  readonly #free: number[] = [];
  readonly #removed: number[] = [];
  #rows = 0;

  constructor(strings: StringTable) {
    this.#strings = strings;
  }

  add(patch: SpanPatch, place: PatchPlace): number {
    const row = this.#free.pop() ?? this.#rows++;
    this.file.set(row, place.file);
    this.record.set(row, place.record);
    this.index.set(row, place.index);
    this.format.set(row, place.format);
    this.#part.set(row, parts.indexOf(patch.part));
    this.#kind.set(row, kinds.indexOf(patch.kind));
    this.#status.set(row, statuses.indexOf(patch.status));
    this.#flags.set(row, flagsOf(patch));
    for (const [name, column] of this.#texts) {
      // a piece without a name has none to say
      const text = patch[name] === '' ? undefined : patch[name];
      column.set(
        row,
        this.#strings.id(text !== undefined && idFields.has(name) ? shortId(text) : text),
      );
    }
    for (const name of timeFields) {
      this.#numbers.get(name)?.set(row, finite(patch[name]));
    }
    for (const name of tokenFields) {
      this.#numbers.get(name)?.set(row, finite(patch.usage?.[name]));
    }
    this.#addRare(row, patch);
    return row;
  }

  #addRare(row: number, patch: SpanPatch): void {
    if (patch.error) {
      this.#errors.set(row, {
        type: patch.error.type,
        message: bounded(patch.error.message),
        status: patch.error.status,
      });
    }
    const tags = patch.tags ? Object.entries(patch.tags) : [];
    if (tags.length > 0) {
      this.#tags.set(
        row,
        tags.flatMap(([name, value]) => [this.#strings.id(name), this.#strings.id(value)]),
      );
    }
    if (patch.toolCallNames && patch.toolCallNames.length > 0) {
      this.#toolCallNames.set(
        row,
        patch.toolCallNames.map(name => this.#strings.id(name)),
      );
    }
  }

  /** The row stays readable until `release`. */
  remove(row: number): void {
    this.#removed.push(row);
  }

  /** Lets removed rows be used again, once nobody refers to them any more. */
  release(): void {
    for (const row of this.#removed) {
      this.#errors.delete(row);
      this.#tags.delete(row);
      this.#toolCallNames.delete(row);
      this.#free.push(row);
    }
    this.#removed.length = 0;
  }

  textId(row: number, field: TextField): number {
    return this.#texts.get(field)?.get(row) ?? 0;
  }

  text(row: number, field: TextField): string | undefined {
    return this.#strings.text(this.textId(row, field));
  }

  /** undefined: the record does not say. */
  number(row: number, field: NumberField): number | undefined {
    return this.#numbers.get(field)?.known(row);
  }

  part(row: number): SpanPatch['part'] {
    return parts[this.#part.get(row)] ?? 'whole';
  }

  kind(row: number): SpanKind {
    return kinds[this.#kind.get(row)] ?? 'event';
  }

  status(row: number): SpanStatus {
    return statuses[this.#status.get(row)] ?? 'unknown';
  }

  hasInput(row: number): boolean {
    return this.#has(row, inputFlag);
  }

  hasOutput(row: number): boolean {
    return this.#has(row, outputFlag);
  }

  error(row: number): SpanError | undefined {
    return this.#has(row, errorFlag) ? this.#errors.get(row) : undefined;
  }

  hasTags(row: number): boolean {
    return this.#has(row, tagsFlag);
  }

  tags(row: number): readonly (readonly [string, string])[] {
    const ids = this.#tags.get(row) ?? [];
    const pairs: (readonly [string, string])[] = [];
    for (let at = 0; at + 1 < ids.length; at += 2) {
      pairs.push([
        this.#strings.text(ids[at] ?? 0) ?? '',
        this.#strings.text(ids[at + 1] ?? 0) ?? '',
      ]);
    }
    return pairs;
  }

  toolCallNames(row: number): readonly string[] {
    if (!this.#has(row, toolCallsFlag)) {
      return [];
    }
    return (this.#toolCallNames.get(row) ?? []).map(id => this.#strings.text(id) ?? '');
  }

  #has(row: number, flag: number): boolean {
    return (this.#flags.get(row) & flag) !== 0;
  }
}

function flagsOf(patch: SpanPatch): number {
  return (
    (patch.hasInput ? inputFlag : 0) |
    (patch.hasOutput ? outputFlag : 0) |
    (patch.error ? errorFlag : 0) |
    (patch.tags ? tagsFlag : 0) |
    (patch.toolCallNames ? toolCallsFlag : 0)
  );
}

/** Infinity and NaN of a broken log are unknown, too. */
function finite(value: number | undefined): number {
  return value !== undefined && Number.isFinite(value) ? value : Number.NaN;
}

/** The stronger of two: an error beats a success, which beats "still running", which beats not knowing. */
export function strongerStatus(one: SpanStatus, other: SpanStatus): SpanStatus {
  return statuses.indexOf(one) >= statuses.indexOf(other) ? one : other;
}

/** A copy, for a slice would keep the whole text alive. */
function bounded(message: string): string {
  return message.length <= maxKeptErrorMessage
    ? message
    : structuredClone(message.slice(0, maxKeptErrorMessage));
}
