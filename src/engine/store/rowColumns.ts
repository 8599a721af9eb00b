import {
  Column,
  columnsFor,
  type ColumnsState,
  type ReadableColumn,
  restoreColumns,
  saveColumns,
} from './columns';
import type { BatchColumn, RowBatch } from './rowBatch';
import type { Template } from './rowTemplates';
import {
  idFields,
  numberFields,
  timeFields,
  tokenFields,
  type IdField,
  type NumberField,
  type RowPlace,
  type RowValues,
} from './rowValues';
import { wordFields } from './rowWords';

/** What can be read of many rows at once. */
export type ReadField = 'file' | 'record' | 'words' | 'toolCalls' | IdField | NumberField;

/** The columns of all rows, but for those of their identities. */
export class RowColumns {
  readonly file = new Column('id');
  readonly record = new Column('ascending');
  readonly index = new Column('id');
  readonly words = new Column('id');
  readonly ids = columnsFor(idFields, 'id');
  /** Times, durations and tokens; see `SpanPatch` for their units. */
  readonly numbers = {
    ...columnsFor(timeFields, 'measure'),
    ...columnsFor(tokenFields, 'measure'),
  };
  /** Texts of rows whose words are loose. */
  readonly loose = columnsFor(wordFields, 'id');
  readonly errors = new Column('id');
  readonly tags = new Column('id');
  readonly toolCalls = new Column('id');
  /** Those that hold numbers of texts. */
  readonly texts: readonly Column[] = [...Object.values(this.ids), ...Object.values(this.loose)];
  readonly readable: Readonly<Record<ReadField, ReadableColumn>> = {
    ...this.ids,
    ...this.numbers,
    file: this.file,
    record: this.record,
    words: this.words,
    toolCalls: this.toolCalls,
  };

  save(): ColumnsState {
    return saveColumns(this.#named());
  }

  restore(state: ColumnsState): void {
    restoreColumns(this.#named(), state);
  }

  set(row: number, template: Template, place: RowPlace, values: RowValues): void {
    this.words.set(row, template.words);
    this.file.set(row, place.file);
    this.record.set(row, place.record);
    this.index.set(row, place.index);
    const { ids, numbers, loose } = this;
    ids.requestId.set(row, values.requestId);
    ids.traceId.set(row, values.traceId);
    ids.spanId.set(row, values.spanId);
    ids.parentSpanId.set(row, values.parentSpanId);
    ids.sessionId.set(row, values.sessionId);
    ids.userId.set(row, values.userId || template.userId);
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
    this.errors.set(row, template.error);
    this.tags.set(row, template.tags);
    this.toolCalls.set(row, template.toolCalls);
    loose.name.set(row, template.name);
    loose.provider.set(row, template.provider);
    loose.model.set(row, template.model);
    loose.finishReason.set(row, template.finishReason);
  }

  /** `count` rows from `first` on are in no use any more. */
  unset(first: number, count: number): void {
    Object.values(this.#named()).forEach(column => column.unset(first, count));
  }

  /** They and those of a batch. */
  pairs({ fields, shared }: RowBatch): readonly (readonly [Column, BatchColumn])[] {
    const { ids, numbers, loose } = this;
    return [
      [this.file, shared.file],
      [this.record, shared.record],
      [this.words, shared.words],
      [this.errors, shared.error],
      [this.tags, shared.tags],
      [this.toolCalls, shared.toolCalls],
      ...idFields.map(name => [ids[name], fields[name]] as const),
      ...numberFields.map(name => [numbers[name], fields[name]] as const),
      ...wordFields.map(name => [loose[name], shared[name]] as const),
    ];
  }

  /** By the names under which they are kept. */
  #named(): Readonly<Record<string, Column>> {
    const { ids, numbers, loose, file, record, index, words, errors, tags, toolCalls } = this;
    return { ...ids, ...numbers, ...loose, file, record, index, words, errors, tags, toolCalls };
  }
}
