import type { SpanError, SpanKind, SpanPatch, SpanStatus } from '../../model/span';
import { Column, columnsFor, type ColumnsState, restoreColumns, saveColumns } from './columns';
import { fromOfForm, identityFrom, splitIdentityText } from './identity';
import { IdentityColumns, type IdentityState } from './identityColumns';
import { ListTable } from './listTable';
import { idsOf, type PatchIds } from './patchIds';
import { RowLists, type RowListsState } from './rowLists';
import {
  emptyRowValues,
  idFields,
  timeFields,
  tokenFields,
  type IdField,
  type NumberField,
  type RowPlace,
  type RowValues,
} from './rowValues';
import {
  WordTable,
  wordFields,
  type RowWords,
  type WordField,
  type WordsState,
  type WordTexts,
} from './rowWords';
import type { StringTable } from './stringTable';

export type TextField = IdField | WordField;

const maxTemplates = 65_536;

/** Where a patch was read, and by which format. */
export interface PatchPlace extends RowPlace {
  readonly format: number;
}

/** What rows of one kind share, by numbers; the texts only where the words are loose. */
type Template = Record<(typeof templateFields)[number], number>;
const noTexts: WordTexts = { name: 0, provider: 0, model: 0, finishReason: 0 };
const templateFields = ['words', 'userId', 'error', 'tags', 'toolCalls', ...wordFields] as const;

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
  readonly #templates = new ListTable();
  /** The same by their numbers. */
  readonly #shared: (Template | undefined)[] = [undefined];
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
  readonly #values = emptyRowValues();
  /** Reads the error of a row from the log again; undefined: it is not there any more. */
  recallError: ((row: number) => SpanError | undefined) | undefined;
  readonly #free: number[] = [];
  readonly #removed: number[] = [];
  #rows = 0;

  constructor(strings: StringTable) {
    this.#strings = strings;
    this.#words = new WordTable(strings);
    this.#lists = new RowLists(strings);
    this.identities = new IdentityColumns(strings, this.#ids, row => this.words(row).identityForm);
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
    const template = this.#makeTemplate(patch, ids, place.format);
    this.#readValues(patch, ids);
    return this.#write(template, place, this.#values);
  }

  /**
   * Number of what a patch shares with others of its kind, for `addRow`: all but its ids and figures, and how its identity is made of
   * its ids. 0: there are too many; the patch must be given to `add`.
   */
  templateOf(patch: SpanPatch, format: number): number {
    const template = this.#makeTemplate(patch, idsOf(patch), format);
    const list = templateFields.map(name => template[name]);
    const id =
      this.#templates.size < maxTemplates ? this.#templates.id(list) : this.#templates.find(list);
    this.#shared[id] = template;
    return id;
  }

  /** Adds a row without a patch. `template` from `templateOf`; a user id in the values holds before that of the template. */
  addRow(template: number, place: RowPlace, values: RowValues): number {
    const shared = this.#shared[template];
    if (shared === undefined) {
      throw new RangeError(`there is no template ${template}`);
    }
    return this.#write(shared, place, values);
  }

  #makeTemplate(patch: SpanPatch, ids: PatchIds, format: number): Template {
    const words = this.#words.id(patch, ids.form, format);
    const texts = this.#words.get(words).isLoose ? this.#words.texts : noTexts;
    return {
      words,
      userId: this.#words.textId(patch.userId),
      error: this.#lists.errorId(patch.error),
      tags: this.#lists.tagsId(patch.tags),
      toolCalls: this.#lists.toolCallsId(patch.toolCallNames),
      name: texts.name,
      provider: texts.provider,
      model: texts.model,
      finishReason: texts.finishReason,
    };
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

  /** What the row shares with others. */
  words(row: number): RowWords {
    return this.#words.get(this.#wordsOf.get(row));
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
