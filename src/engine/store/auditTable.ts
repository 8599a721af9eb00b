import type { AuditFields } from '../../model/audit';
import { Column, type ColumnsState, restoreColumns, saveColumns } from './columns';
import type { StringTable } from './stringTable';

export interface AuditState {
  readonly columns: ColumnsState;
  readonly free: readonly number[];
  readonly rows: number;
}

/** One compact row an audit entry; its details stay on disk. */
export class AuditTable {
  readonly file = new Column('id');
  readonly record = new Column('id');
  readonly #timestamp = new Column('measure');
  readonly #action = new Column('id');
  readonly #userId = new Column('id');
  readonly #resource = new Column('id');
  readonly #contentHash = new Column('id');
  readonly #strings: StringTable;
  readonly #free: number[] = [];
  #rows = 0;

  constructor(strings: StringTable) {
    this.#strings = strings;
  }

  save(): AuditState {
    return { columns: saveColumns(this.#columns()), free: this.#free, rows: this.#rows };
  }

  restore({ columns, free, rows }: AuditState): void {
    restoreColumns(this.#columns(), columns);
    free.forEach(row => this.#free.push(row));
    this.#rows = rows;
  }

  #columns(): Readonly<Record<string, Column>> {
    return {
      file: this.file,
      record: this.record,
      timestamp: this.#timestamp,
      action: this.#action,
      userId: this.#userId,
      resource: this.#resource,
      contentHash: this.#contentHash,
    };
  }

  add(entry: AuditFields, file: number, record: number): number {
    const row = this.#free.pop() ?? this.#rows++;
    this.file.set(row, file);
    this.record.set(row, record);
    this.#timestamp.set(row, entry.timestamp ?? Number.NaN);
    this.#action.set(row, this.#strings.id(entry.action));
    this.#userId.set(row, this.#strings.id(entry.userId));
    this.#resource.set(row, this.#strings.id(entry.resource));
    this.#contentHash.set(row, this.#strings.id(entry.contentHash));
    return row;
  }

  remove(row: number): void {
    this.#free.push(row);
  }

  markTexts(row: number): void {
    for (const column of [this.#action, this.#userId, this.#resource, this.#contentHash]) {
      this.#strings.mark(column.get(row));
    }
  }

  timestamp(row: number): number | undefined {
    return this.#timestamp.known(row);
  }

  fields(row: number): AuditFields {
    return {
      timestamp: this.timestamp(row),
      action: this.#strings.text(this.#action.get(row)) ?? '',
      userId: this.#strings.text(this.#userId.get(row)),
      resource: this.#strings.text(this.#resource.get(row)),
      contentHash: this.#strings.text(this.#contentHash.get(row)),
    };
  }
}
