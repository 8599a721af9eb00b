import { placeOf, type SourceRef } from '../../model/source';
import type { SpanPatch } from '../../model/span';
import { type AuditState, AuditTable } from './auditTable';
import { lowerBound } from './lowerBound';
import { comparePlaces, type Place, previewOf } from './filePlaces';
import type { NumberRun } from './freeNumbers';
import type { LogFile, LogFileState } from './logFile';
import { type PatchState, PatchTable } from './patchTable';
import type { PathTable } from './pathTable';
import type { RowBatch } from './rowBatch';
import type { RowList } from './rowList';
import { maxIdLength } from './shortId';
import { SpanIndex, type SpanIndexState } from './spanIndex';
import type { StoreChange } from './storeChange';
import { StoreFiles } from './storeFiles';
import { type StringsState, StringTable } from './stringTable';

/** All that a store holds, but for the messages of errors. */
export interface StoreState {
  readonly strings: StringsState;
  readonly table: PatchState;
  readonly audit: AuditState;
  readonly spans: SpanIndexState;
  readonly files: readonly LogFileState[];
  /** Numbers that were given to files, also those that are gone. */
  readonly fileCount: number;
}

/**
 * All that is known of all files: where records lie and what they say of spans, never their bodies. It is changed by `apply`,
 * or record by record by `addBatch`, and forgetting a file is dropping its rows and nothing else.
 */
export class SpanStore {
  readonly strings = new StringTable();
  readonly table = new PatchTable(this.strings);
  readonly audit = new AuditTable(this.strings);
  readonly spans: SpanIndex;
  /** Goes up with every change. */
  revision = 0;
  /** Records and skipped ranges that are there, and that went since texts were marked last. */
  #kept = 0;
  #gone = 0;
  readonly #files: StoreFiles;
  #forgotten: RowList[] = [];

  /** `nameFile` says how a path is called in keys and lists: relative to the folder that was opened. */
  constructor(nameFile: (path: string) => string) {
    this.#files = new StoreFiles(this.strings, nameFile);
    this.spans = new SpanIndex(this.table, (one, other) => this.compareRows(one, other));
  }

  /** undefined: there is something in it that cannot be saved. Only after a refresh, and not while there are previews. */
  save(): StoreState | undefined {
    const spans = this.files().some(file => file.isPreview) ? undefined : this.spans.save();
    return (
      spans && {
        strings: this.strings.save(),
        table: this.table.save(),
        audit: this.audit.save(),
        spans,
        files: this.files().map(file => file.save()),
        fileCount: this.#files.count,
      }
    );
  }

  /** What another store held. Only while this one is empty. */
  restore(state: StoreState): void {
    this.strings.restore(state.strings);
    this.table.restore(state.table);
    this.audit.restore(state.audit);
    this.spans.restore(state.spans);
    this.#files.restore(state.files, state.fileCount);
    this.#kept = this.files().reduce((sum, file) => sum + file.records + file.skipped, 0);
    this.revision++;
  }

  apply(change: StoreChange): void {
    this.revision++;
    switch (change.type) {
      case 'record':
        this.#addRecord(change);
        return;
      case 'skipped':
        this.#files.partAt(change.range, change.isPreview).addSkipped(change.range);
        this.#kept++;
        return;
      case 'retract':
        this.#retract(change.source);
        return;
      case 'status':
        this.fileAt(change).status = change.status;
        return;
      case 'forget':
        this.#forget(previewOf(change));
        if (change.isPreview !== true) {
          this.#forget(placeOf(change.file, change.entry));
        }
    }
  }

  get paths(): PathTable {
    return this.#files.paths;
  }

  /** Records and rows of the file that are to be added together, by `addBatch`; nothing else may be added before that. */
  get batch(): RowBatch {
    return this.table.batch;
  }

  /** Adds what is in the batch, to the file that it was read from, and empties it. */
  addBatch(file: LogFile): void {
    const { batch } = this;
    if (batch.records === 0) {
      return;
    }
    this.revision++;
    const firstRecord = file.append(batch);
    this.#kept += batch.records;
    let done = 0;
    for (const { first, count } of this.table.append(file.id, firstRecord)) {
      file.rows.pushRun(first, count);
      this.spans.append(first, count, batch.identity.subarray(done));
      done += count;
    }
    batch.clear();
  }

  /** The rows of files that were forgotten since the last time of asking: whoever asks is to remove them before anybody is told of anything. */
  takeForgotten(): readonly RowList[] {
    // asked for again and again: where there is nothing, nothing is made
    const forgotten = this.#forgotten;
    this.#forgotten = forgotten.length === 0 ? forgotten : [];
    return forgotten;
  }

  /** The row stays readable until `release`. */
  removeRow(row: number): void {
    this.spans.remove(row);
    this.table.remove(row);
  }

  /** Lets the rows of what was removed be used again, once nobody refers to them any more. Returns them, see `PatchTable.release`. */
  release(): readonly NumberRun[] {
    const runs = this.table.release();
    runs.forEach(({ first, count }) => this.spans.unset(first, count));
    this.#files.release();
    return runs;
  }

  /** See `StringTable.heldBytes`. */
  get heldBytes(): number {
    return this.table.heldBytes;
  }

  /** Of all that texts were kept for since they were marked last, what is gone: from 0 to 1. */
  get goneShare(): number {
    return this.#gone === 0 ? 0 : this.#gone / (this.#gone + this.#kept);
  }

  /** Marks all texts that files and rows refer to, bit by bit, until `endMarking`: see `DeadTexts`. */
  *markTexts(): Generator<void> {
    this.#gone = 0;
    this.strings.beginMarking();
    yield* this.table.markTexts();
    for (const file of this.files()) {
      yield* file.markTexts();
      file.auditRows.forEach(row => this.audit.markTexts(row));
    }
  }

  /** Adds the only row of the last record of a file, where it has no template. */
  addPatch(file: LogFile, patch: SpanPatch, format: number): void {
    const place = { file: file.id, record: file.records - 1, index: 0, format };
    this.#addRow(file, this.table.add(patch, place));
  }

  /** Sorted by path and entry: the order in which files speak, whatever the order in which they were read. */
  files(): readonly LogFile[] {
    return this.#files.all();
  }

  file(path: string): LogFile | undefined {
    return this.#files.find(path);
  }

  /** The records at the end of a file whose beginning is still being read, when there are any. */
  preview(path: string): LogFile | undefined {
    return this.#files.find(previewOf({ file: path }));
  }

  fileById(id: number): LogFile | undefined {
    return this.#files.byId(id);
  }

  fileByName(name: string): LogFile | undefined {
    return this.#files.byName(name);
  }

  /** The file or entry, made if it is new. */
  fileAt(place: Place): LogFile {
    return this.#files.at(place);
  }

  /** File order: by path, by place in the file, by place in the record. */
  compareRows(one: number, other: number): number {
    const { file, record, index } = this.table;
    if (file.get(one) !== file.get(other)) {
      const first = this.#files.byId(file.get(one));
      const second = this.#files.byId(file.get(other));
      return first && second ? comparePlaces(first, second) : 0;
    }
    return record.get(one) - record.get(other) || index.get(one) - index.get(other);
  }

  /** Where the record lies that a patch was read from. */
  sourceOf(row: number): SourceRef {
    const file = this.#files.byId(this.table.file.get(row));
    if (!file) {
      throw new Error(`row ${row} belongs to no file`);
    }
    return file.recordSource(this.table.record.get(row));
  }

  /** Rows of one record, in the order of its patches. */
  rowsOfRecord(file: LogFile, record: number): readonly number[] {
    const { rows } = file;
    const rowRecord = (at: number) => this.table.record.get(rows.at(at));
    const first = lowerBound(rows.length, at => rowRecord(at) >= record);
    const found: number[] = [];
    for (let at = first; at < rows.length && rowRecord(at) === record; at++) {
      found.push(rows.at(at));
    }
    return found;
  }

  /** The record's own id, when it has one. */
  recordId(file: LogFile, record: number): string | undefined {
    const own = file.recordOwnId(record);
    const [first] = own === undefined ? this.rowsOfRecord(file, record) : [];
    if (first === undefined) {
      return own;
    }
    const identity = this.table.identities.text(first);
    return (
      this.table.text(first, 'requestId') ??
      this.table.text(first, 'spanId') ??
      identity?.slice(identity.indexOf(':') + 1)
    );
  }

  #addRecord(change: Extract<StoreChange, { type: 'record' }>): void {
    const file = this.#files.partAt(change.record.source, change.isPreview);
    const isOfRow = saysId(change.patches[0], change.record.id);
    this.#kept++;
    const record = file.addRecord(isOfRow ? { ...change.record, id: undefined } : change.record);
    change.patches.forEach((patch, index) => {
      const place = { file: file.id, record, index, format: change.record.format };
      this.#addRow(file, this.table.add(patch, place));
    });
    if (change.audit) {
      file.addAuditRow(this.audit.add(change.audit, file.id, record));
    }
  }

  #addRow(file: LogFile, row: number): void {
    file.rows.push(row);
    this.spans.add(row);
  }

  #retract(source: SourceRef): void {
    const file = this.fileAt(source);
    if (file.skipped > 0 && file.skippedOffset(file.skipped - 1) === source.offset) {
      file.dropLastSkipped();
      this.#noteGone(1);
      return;
    }
    const record = file.records - 1;
    if (record < 0 || file.recordOffset(record) !== source.offset) {
      return;
    }
    this.#dropRows(file, row => this.table.record.get(row) === record);
    const lastAudit = file.auditRows.at(-1);
    if (lastAudit !== undefined && this.audit.record.get(lastAudit) === record) {
      file.dropLastAuditRow();
      this.audit.remove(lastAudit);
    }
    file.dropLastRecord();
    this.#noteGone(1);
  }

  #noteGone(count: number): void {
    this.#kept -= count;
    this.#gone += count;
  }

  /** Drops rows from the end of the file as long as the condition holds. */
  #dropRows(file: LogFile, condition: (row: number) => boolean): void {
    for (let row = file.rows.last(); row >= 0 && condition(row); row = file.rows.last()) {
      file.rows.pop();
      this.removeRow(row);
    }
  }

  #forget(place: string): void {
    const file = this.#files.find(place);
    if (!file) {
      return;
    }
    if (file.rows.length > 0) {
      this.#forgotten.push(file.rows);
    }
    for (const row of file.auditRows) {
      this.audit.remove(row);
    }
    this.#noteGone(file.records + file.skipped);
    this.#files.remove(place, file);
  }
}

/** Whether the row of a patch says the id of its record: then it is not kept twice. */
function saysId(patch: SpanPatch | undefined, id: string | undefined): boolean {
  return (
    id !== undefined &&
    id !== '' &&
    id.length <= maxIdLength &&
    patch !== undefined &&
    (patch.requestId ?? patch.spanId) === id
  );
}
