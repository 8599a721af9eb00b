import type { SpanError, SpanKind, SpanPatch, SpanStatus } from '../../model/span';
import { type Column, type ColumnsState, type ReadableColumn, rowsTogether } from './columns';
import type { NumberRun } from './freeNumbers';
import { IdentityColumns, identityOf, type IdentityState } from './identityColumns';
import { idsOf } from './patchIds';
import { readPatchValues } from './patchValues';
import { type BatchColumn, RowBatch } from './rowBatch';
import { type ReadField, RowColumns } from './rowColumns';
import { RowLists, type RowListsState } from './rowLists';
import { rareFields, RowTemplates, type Template } from './rowTemplates';
import { RowTexts } from './rowTexts';
import {
  emptyRowValues,
  type IdField,
  type NumberField,
  type RowPlace,
  type RowValues,
} from './rowValues';
import { WordTable, type RowWords, type WordField, type WordsState } from './rowWords';
import type { StringTable } from './stringTable';
import { TableRows, type TableRowsState } from './tableRows';

export type TextField = IdField | WordField;
/** Where a patch was read, and by which format. */
export interface PatchPlace extends RowPlace {
  readonly format: number;
}

export interface PatchState {
  readonly columns: ColumnsState;
  readonly identities: IdentityState;
  readonly words: WordsState;
  readonly lists: RowListsState;
  readonly rows: TableRowsState;
}

/**
 * One compact row a patch. What many patches share word for word is kept once, and a row keeps its number; ids are numbers of texts;
 * what is rare costs nothing where it is not. Never a body.
 */
export class PatchTable {
  readonly #columns = new RowColumns();
  readonly file = this.#columns.file;
  readonly record = this.#columns.record;
  readonly index = this.#columns.index;
  /** Times, durations and tokens by row; see `SpanPatch` for their units. */
  readonly numbers = this.#columns.numbers;
  readonly identities: IdentityColumns;
  readonly #strings: StringTable;
  readonly #words: WordTable;
  readonly #lists: RowLists;
  readonly #templates: RowTemplates;
  readonly #texts: RowTexts;
  readonly #values = emptyRowValues();
  /** Rows that are to be added together. */
  readonly batch = new RowBatch();
  readonly #batched: readonly (readonly [Column, BatchColumn])[];
  /** Reads the error of a row from the log again; undefined: it is not there any more. */
  recallError: ((row: number) => SpanError | undefined) | undefined;
  readonly #rows = new TableRows();

  constructor(strings: StringTable) {
    this.#strings = strings;
    this.#words = new WordTable(strings);
    this.#lists = new RowLists(strings);
    this.#templates = new RowTemplates(this.#words, this.#lists);
    this.identities = new IdentityColumns(strings, this.#columns.ids, {
      of: row => this.words(row).identityForm,
      read: (first, count, into) => {
        this.#columns.words.read(first, count, into);
        for (let at = 0; at < count; at++) {
          into[at] = this.#words.get(into[at] ?? 0).identityForm;
        }
      },
    });
    this.#texts = new RowTexts(strings, this.#lists, this.#columns, this.identities);
    const { batch } = this;
    this.#batched = [...this.#columns.pairs(batch), ...this.identities.pairs(batch.fields)];
  }

  save(): PatchState {
    return {
      columns: this.#columns.save(),
      identities: this.identities.save(),
      words: this.#words.save(),
      lists: this.#lists.save(),
      rows: this.#rows.save(),
    };
  }

  restore({ columns, identities, words, lists, rows }: PatchState): void {
    this.#columns.restore(columns);
    this.identities.restore(identities);
    this.#words.restore(words);
    this.#lists.restore(lists);
    this.#rows.restore(rows);
  }

  add(patch: SpanPatch, place: PatchPlace): number {
    const ids = idsOf(patch);
    const template = this.#templates.make(patch, ids, place.format);
    readPatchValues(patch, ids, this.#strings, this.#values);
    return this.#write(template, place, this.#values);
  }

  /**
   * Number of what a patch shares with others of its kind, for `addRow`: all but its ids and figures, and how its identity is made of
   * its ids. 0: there are too many; the patch must be given to `add`.
   */
  templateOf(patch: SpanPatch, format: number): number {
    return this.#templates.idOf(patch, format);
  }

  /**
   * Adds the rows of the batch, of which the first record has this number in its file, column by column. A user id in them holds before that
   * of their template. Returns where they are, in their order.
   */
  append(file: number, firstRecord: number): readonly NumberRun[] {
    const { batch } = this;
    const { rows, fields, shared } = batch;
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
    const runs = this.#rows.takeRuns(rows);
    for (const [column, batched] of this.#batched) {
      if (batched.isWritten) {
        let from = 0;
        for (const { first, count } of runs) {
          column.append(first, batched.values, count, from);
          from += count;
        }
      }
    }
    runs.forEach(({ first, count }) => this.#markNew(first, count));
    return runs;
  }

  #write(template: Template, place: RowPlace, values: RowValues): number {
    const row = this.#rows.take();
    this.#columns.set(row, template, place, values);
    this.identities.set(row, values.identityScope, values.identityId);
    this.#markNew(row, 1);
    return row;
  }

  /** What rows are made of may have been found before texts were marked. */
  #markNew(first: number, count: number): void {
    if (this.#strings.isMarking) {
      this.#texts.mark(first, count);
    }
  }

  /** See `StringTable.heldBytes`. */
  get heldBytes(): number {
    return this.#strings.heldBytes + this.#lists.heldBytes;
  }

  /** Marks the texts and lists of all rows, bit by bit: see `DeadTexts`. */
  *markTexts(): Generator<void> {
    this.#lists.beginMarking();
    for (let row = 0; row < this.rows; row += rowsTogether) {
      this.#texts.mark(row, Math.min(rowsTogether, this.rows - row));
      yield;
    }
  }

  /** The same of what is kept besides by numbers. What is not marked then can be swept; the numbers of templates stand for nothing any more. */
  endMarking(): void {
    this.#templates.forget();
    this.#words.markTexts();
  }

  sweepLists(): Generator<void> {
    return this.#lists.sweep();
  }

  /** All rows that are in use are below this one. */
  get rows(): number {
    return this.#rows.end;
  }

  /** The row stays readable until `release`. */
  remove(row: number): void {
    this.#rows.remove(row);
  }

  /** Whether rows wait for their release. */
  get hasRemoved(): boolean {
    return this.#rows.hasRemoved;
  }

  /** Many that nobody refers to any more. */
  removeRuns(runs: readonly NumberRun[]): void {
    this.#rows.removeRuns(runs);
  }

  /**
   * Lets removed rows be used again, once nobody refers to them any more. Returns in which runs they are: whoever keeps something of rows
   * forgets what he kept of these.
   */
  release(): readonly NumberRun[] {
    const freed = this.#rows.release();
    for (const { first, count } of freed) {
      this.#columns.unset(first, count);
      this.identities.unset(first, count);
    }
    return freed;
  }

  textId(row: number, field: TextField): number {
    if (isIdField(field)) {
      return this.#columns.ids[field].get(row);
    }
    const words = this.words(row);
    return words.isLoose ? this.#columns.loose[field].get(row) : words[field];
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
    return this.#columns.readable[field];
  }

  /** What the row shares with others. */
  words(row: number): RowWords {
    return this.#words.get(this.#columns.words.get(row));
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
    return this.#lists.error(this.#columns.errors.get(row), () => this.recallError?.(row)?.message);
  }

  /** The same for errors that are told in the same words of the same kind of span; undefined where that cannot be said. */
  errorLabel(row: number): string | undefined {
    return this.words(row).isLoose
      ? undefined
      : `${this.#columns.errors.get(row)}/${this.#columns.words.get(row)}`;
  }

  hasTags(row: number): boolean {
    return this.#columns.tags.get(row) !== 0;
  }

  tags(row: number): readonly (readonly [string, string])[] {
    return this.#lists.tags(this.#columns.tags.get(row));
  }

  /** Number of the tools that the row's call asked for. */
  toolCalls(row: number): number {
    return this.#lists.toolCalls(this.#columns.toolCalls.get(row));
  }

  toolCallNames(row: number): readonly string[] {
    return this.#lists.toolCallNames(this.#columns.toolCalls.get(row));
  }
}

function isIdField(field: TextField): field is IdField {
  return !(
    field === 'name' ||
    field === 'provider' ||
    field === 'model' ||
    field === 'finishReason'
  );
}
