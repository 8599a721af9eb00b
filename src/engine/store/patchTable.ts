import type { SpanError, SpanKind, SpanPatch, SpanStatus } from '../../model/span';
import {
  Column,
  columnsFor,
  type ColumnsState,
  type ReadableColumn,
  restoreColumns,
  saveColumns,
} from './columns';
import { fromOfForm, identityFrom, splitIdentityText } from './identity';
import { IdentityColumns, identityOf, type IdentityState } from './identityColumns';
import { idsOf, type PatchIds } from './patchIds';
import { type BatchColumn, RowBatch } from './rowBatch';
import { RowLists, type RowListsState } from './rowLists';
import { rareFields, RowTemplates, type Template } from './rowTemplates';
import {
  emptyRowValues,
  idFields,
  numberFields,
  timeFields,
  tokenFields,
  type IdField,
  type NumberField,
  type RowPlace,
  type RowValues,
} from './rowValues';
import { WordTable, wordFields, type RowWords, type WordField, type WordsState } from './rowWords';
import type { StringTable } from './stringTable';

export type TextField = IdField | WordField;
/** What can be read of many rows at once. */
export type ReadField = 'file' | 'record' | 'words' | 'toolCalls' | IdField | NumberField;

/** Where a patch was read, and by which format. */
export interface PatchPlace extends RowPlace {
  readonly format: number;
}

export interface PatchState {
  readonly columns: ColumnsState;
  readonly identities: IdentityState;
  readonly words: WordsState;
  readonly lists: RowListsState;
  readonly free: readonly number[];
  readonly rows: number;
}

/**
 * One compact row a patch. What many patches share word for word is kept once, and a row keeps its number; ids are numbers of texts;
 * what is rare costs nothing where it is not. Never a body.
 */
export class PatchTable {
  readonly file = new Column('id');
  readonly record = new Column('ascending');
  readonly index = new Column('id');
  readonly identities: IdentityColumns;
  readonly #strings: StringTable;
  readonly #words: WordTable;
  readonly #lists: RowLists;
  readonly #templates: RowTemplates;
  readonly #wordsOf = new Column('id');
  readonly #ids = columnsFor(idFields, 'id');
  /** Times, durations and tokens by row; see `SpanPatch` for their units. */
  readonly numbers = {
    ...columnsFor(timeFields, 'measure'),
    ...columnsFor(tokenFields, 'measure'),
  };
  /** Texts of rows whose words are loose. */
  readonly #loose = columnsFor(wordFields, 'id');
  readonly #errors = new Column('id');
  readonly #tags = new Column('id');
  readonly #toolCalls = new Column('id');
  readonly #readable: Readonly<Record<ReadField, ReadableColumn>> = {
    ...this.#ids,
    ...this.numbers,
    file: this.file,
    record: this.record,
    words: this.#wordsOf,
    toolCalls: this.#toolCalls,
  };
  readonly #values = emptyRowValues();
  /** Rows that are to be added together. */
  readonly batch = new RowBatch();
  readonly #batched: readonly (readonly [Column, BatchColumn])[];
  /** Reads the error of a row from the log again; undefined: it is not there any more. */
  recallError: ((row: number) => SpanError | undefined) | undefined;
  readonly #free: number[] = [];
  readonly #removed: number[] = [];
  #rows = 0;

  constructor(strings: StringTable) {
    this.#strings = strings;
    this.#words = new WordTable(strings);
    this.#lists = new RowLists(strings);
    this.#templates = new RowTemplates(this.#words, this.#lists);
    this.identities = new IdentityColumns(strings, this.#ids, row => this.words(row).identityForm);
    this.#batched = this.#pairs();
  }

  save(): PatchState {
    return {
      columns: saveColumns(this.#columns()),
      identities: this.identities.save(),
      words: this.#words.save(),
      lists: this.#lists.save(),
      free: this.#free,
      rows: this.#rows,
    };
  }

  restore({ columns, identities, words, lists, free, rows }: PatchState): void {
    restoreColumns(this.#columns(), columns);
    this.identities.restore(identities);
    this.#words.restore(words);
    this.#lists.restore(lists);
    free.forEach(row => this.#free.push(row));
    this.#rows = rows;
  }

  #columns(): Readonly<Record<string, Column>> {
    return {
      ...this.#ids,
      ...this.numbers,
      ...this.#loose,
      file: this.file,
      record: this.record,
      index: this.index,
      words: this.#wordsOf,
      errors: this.#errors,
      tags: this.#tags,
      toolCalls: this.#toolCalls,
    };
  }

  add(patch: SpanPatch, place: PatchPlace): number {
    const ids = idsOf(patch);
    const template = this.#templates.make(patch, ids, place.format);
    this.#readValues(patch, ids);
    return this.#write(template, place, this.#values);
  }

  /**
   * Number of what a patch shares with others of its kind, for `addRow`: all but its ids and figures, and how its identity is made of
   * its ids. 0: there are too many; the patch must be given to `add`.
   */
  templateOf(patch: SpanPatch, format: number): number {
    return this.#templates.idOf(patch, format);
  }

  /** Adds a row without a patch. `template` from `templateOf`; a user id in the values holds before that of the template. */
  addRow(template: number, place: RowPlace, values: RowValues): number {
    return this.#write(this.#templates.get(template), place, values);
  }

  /**
   * Adds the rows of the batch, of which the first record has this number in its file, as `addRow` adds one, but column by column. Returns
   * the first of them; the others follow. Only while `canAppend`.
   */
  append(file: number, firstRecord: number): number {
    const { batch } = this;
    const { rows, fields, shared } = batch;
    const first = this.#rows;
    this.#rows += rows;
    for (let at = 0; at < rows; at++) {
      const template = this.#templates.get(batch.template[at] ?? 0);
      shared.file.set(at, file);
      shared.record.set(at, firstRecord + (batch.record[at] ?? 0));
      shared.words.set(at, template.words);
      if (template.userId !== 0 && fields.userId.get(at) === 0) {
        fields.userId.set(at, template.userId);
      }
      if (template.isRare) {
        for (const name of rareFields) {
          shared[name].set(at, template[name]);
        }
      }
      batch.identity[at] = identityOf(template.identityFrom, fields, at);
    }
    for (const [column, batched] of this.#batched) {
      if (batched.isWritten) {
        column.append(first, batched.values(rows), rows);
      }
    }
    return first;
  }

  /** Columns of rows and those of the batch. */
  #pairs(): readonly (readonly [Column, BatchColumn])[] {
    const { fields, shared } = this.batch;
    const { numbers } = this;
    const [ids, loose] = [this.#ids, this.#loose];
    return [
      [this.file, shared.file],
      [this.record, shared.record],
      [this.#wordsOf, shared.words],
      [this.#errors, shared.error],
      [this.#tags, shared.tags],
      [this.#toolCalls, shared.toolCalls],
      ...this.identities.pairs(fields),
      ...idFields.map(name => [ids[name], fields[name]] as const),
      ...numberFields.map(name => [numbers[name], fields[name]] as const),
      ...wordFields.map(name => [loose[name], shared[name]] as const),
    ];
  }

  #readValues(patch: SpanPatch, ids: PatchIds): void {
    const values = this.#values;
    const strings = this.#strings;
    // nothing looks for a request but by an identity that is made of it
    values.requestId =
      fromOfForm(ids.form) === identityFrom.requestId
        ? strings.id(ids.requestId)
        : strings.idUnshared(ids.requestId);
    values.traceId = strings.id(ids.traceId);
    values.spanId = strings.id(ids.spanId);
    values.parentSpanId = strings.id(ids.parentSpanId);
    values.sessionId = strings.id(ids.sessionId);
    values.startTime = finite(patch.startTime);
    values.durationMs = finite(patch.durationMs);
    values.endTime = finite(patch.endTime);
    values.timeToFirstTokenMs = finite(patch.timeToFirstTokenMs);
    values.loggedCostUsd = finite(patch.loggedCostUsd);
    const { usage } = patch;
    values.inputTokens = finite(usage?.inputTokens);
    values.outputTokens = finite(usage?.outputTokens);
    values.cacheReadInputTokens = finite(usage?.cacheReadInputTokens);
    values.cacheCreationInputTokens = finite(usage?.cacheCreationInputTokens);
    values.reasoningOutputTokens = finite(usage?.reasoningOutputTokens);
    values.totalTokens = finite(usage?.totalTokens);
    values.identityScope = 0;
    values.identityId = 0;
    if (ids.identity !== undefined && fromOfForm(ids.form) === identityFrom.own) {
      const { scope, id } = splitIdentityText(ids.identity);
      values.identityScope = scope === '' ? 0 : strings.id(scope);
      values.identityId = strings.id(id);
    }
  }

  #write(template: Template, place: RowPlace, values: RowValues): number {
    const row = this.#free.pop() ?? this.#rows++;
    this.#wordsOf.set(row, template.words);
    this.file.set(row, place.file);
    this.record.set(row, place.record);
    this.index.set(row, place.index);
    const ids = this.#ids;
    ids.requestId.set(row, values.requestId);
    ids.traceId.set(row, values.traceId);
    ids.spanId.set(row, values.spanId);
    ids.parentSpanId.set(row, values.parentSpanId);
    ids.sessionId.set(row, values.sessionId);
    ids.userId.set(row, values.userId || template.userId);
    this.identities.set(row, values.identityScope, values.identityId);
    const numbers = this.numbers;
    numbers.startTime.set(row, values.startTime);
    numbers.durationMs.set(row, values.durationMs);
    numbers.endTime.set(row, values.endTime);
    numbers.timeToFirstTokenMs.set(row, values.timeToFirstTokenMs);
    numbers.loggedCostUsd.set(row, values.loggedCostUsd);
    numbers.inputTokens.set(row, values.inputTokens);
    numbers.outputTokens.set(row, values.outputTokens);
    numbers.cacheReadInputTokens.set(row, values.cacheReadInputTokens);
    numbers.cacheCreationInputTokens.set(row, values.cacheCreationInputTokens);
    numbers.reasoningOutputTokens.set(row, values.reasoningOutputTokens);
    numbers.totalTokens.set(row, values.totalTokens);
    this.#errors.set(row, template.error);
    this.#tags.set(row, template.tags);
    this.#toolCalls.set(row, template.toolCalls);
    const loose = this.#loose;
    loose.name.set(row, template.name);
    loose.provider.set(row, template.provider);
    loose.model.set(row, template.model);
    loose.finishReason.set(row, template.finishReason);
    return row;
  }

  /** Whether all rows that there are, are in use: else the free ones come first. */
  get canAppend(): boolean {
    return this.#free.length === 0;
  }

  /** Rows that there ever were at a time. */
  get rows(): number {
    return this.#rows;
  }

  /** The row stays readable until `release`. */
  remove(row: number): void {
    this.#removed.push(row);
  }

  /** Lets removed rows be used again, once nobody refers to them any more. */
  release(): void {
    for (const row of this.#removed) {
      this.#free.push(row);
    }
    this.#removed.length = 0;
  }

  textId(row: number, field: TextField): number {
    if (isIdField(field)) {
      return this.#ids[field].get(row);
    }
    const words = this.words(row);
    return words.isLoose ? this.#loose[field].get(row) : words[field];
  }

  text(row: number, field: TextField): string | undefined {
    return this.#strings.text(this.textId(row, field));
  }

  /** undefined: the record does not say. */
  number(row: number, field: NumberField): number | undefined {
    return this.numbers[field].known(row);
  }

  /** To read many rows; `words` are numbers for `wordsOf`. */
  column(field: ReadField): ReadableColumn {
    return this.#readable[field];
  }

  /** What the row shares with others. */
  words(row: number): RowWords {
    return this.#words.get(this.#wordsOf.get(row));
  }

  /** The same by its number. */
  wordsOf(number: number): RowWords {
    return this.#words.get(number);
  }

  /** Whether rows of some words may be there. */
  mayHave(condition: (words: RowWords) => boolean): boolean {
    return this.#words.some(condition);
  }

  /** Whether a format has read any row that was ever there. */
  hasFormat(format: number): boolean {
    return this.#words.hasFormat(format);
  }

  /** Index in the list of formats. */
  format(row: number): number {
    return this.words(row).format;
  }

  part(row: number): SpanPatch['part'] {
    return this.words(row).part;
  }

  kind(row: number): SpanKind {
    return this.words(row).kind;
  }

  status(row: number): SpanStatus {
    return this.words(row).status;
  }

  hasInput(row: number): boolean {
    return this.words(row).hasInput;
  }

  hasOutput(row: number): boolean {
    return this.words(row).hasOutput;
  }

  error(row: number): SpanError | undefined {
    return this.#lists.error(this.#errors.get(row), () => this.recallError?.(row)?.message);
  }

  /** The same for errors that are told in the same words of the same kind of span; undefined where that cannot be said. */
  errorLabel(row: number): string | undefined {
    return this.words(row).isLoose
      ? undefined
      : `${this.#errors.get(row)}/${this.#wordsOf.get(row)}`;
  }

  hasTags(row: number): boolean {
    return this.#tags.get(row) !== 0;
  }

  tags(row: number): readonly (readonly [string, string])[] {
    return this.#lists.tags(this.#tags.get(row));
  }

  /** Number of the tools that the row's call asked for. */
  toolCalls(row: number): number {
    return this.#lists.toolCalls(this.#toolCalls.get(row));
  }

  toolCallNames(row: number): readonly string[] {
    return this.#lists.toolCallNames(this.#toolCalls.get(row));
  }
}

/** Infinity and NaN of a broken log are unknown, too. */
function finite(value: number | undefined): number {
  return value !== undefined && Number.isFinite(value) ? value : Number.NaN;
}

function isIdField(field: TextField): field is IdField {
  return !(
    field === 'name' ||
    field === 'provider' ||
    field === 'model' ||
    field === 'finishReason'
  );
}
