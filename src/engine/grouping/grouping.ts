import type { AddedHeads } from '../store/addedHeads';
import { rowsTogether } from '../store/columns';
import { inOrder } from '../store/filePlaces';
import type { LogFile } from '../store/logFile';
import { mergedTextId } from '../store/mergePatches';
import { rowPlaces } from '../store/rowPlaces';
import type { SpanChanges } from '../store/spanChanges';
import type { SpanStore } from '../store/spanStore';
import { LooseSpans } from './looseSpans';
import { positionInFile } from './position';
import { TraceMembership } from './traceMembership';

/**
 * Which spans make which trace: by trace id, then by parent links, then by session, else inferred from nearness. Spans
 * with a trace id are placed at once; for the others the file is walked again from the first record that changed.
 */
export class Grouping {
  readonly membership: TraceMembership;
  readonly #store: SpanStore;
  readonly #loose: LooseSpans;
  /** First position in a file from which loose spans may belong elsewhere now. */
  readonly #dirty = new Map<LogFile, number>();
  #lastDirty: DirtyFile | undefined;
  // of the rows that are looked at together
  readonly #ids = new Float64Array(rowsTogether);
  readonly #files = new Float64Array(rowsTogether);
  readonly #records = new Float64Array(rowsTogether);
  readonly #places = new Uint8Array(rowsTogether);

  constructor(store: SpanStore) {
    this.#store = store;
    this.membership = new TraceMembership(store);
    this.#loose = new LooseSpans(store, this.membership);
  }

  get infers(): boolean {
    return this.#loose.infers;
  }

  /** Switches inference on or off; every loose span is looked at again. */
  setInfers(infers: boolean): void {
    this.#loose.infers = infers;
    for (const file of this.#store.files()) {
      this.#dirty.set(file, 0);
    }
    this.#placeLooseSpans();
  }

  apply({ removed, added }: SpanChanges): void {
    for (const head of removed) {
      this.membership.remove(head);
      this.#markDirty(head);
    }
    for (const head of this.#addMany(added.run) ? added.beyondRun() : added) {
      this.#add(head);
    }
    this.#placeLooseSpans();
  }

  /** Adds the spans whose heads are in the run, many together; false: they are few, or not all of them new. */
  #addMany({ first, count }: AddedHeads['run']): boolean {
    const filler = count < rowsTogether ? undefined : this.membership.fill(first, count);
    if (!filler) {
      return false;
    }
    const { table, spans } = this.#store;
    const [ids, files, records] = [this.#ids, this.#files, this.#records];
    const places = this.#places;
    for (let start = first; start < first + count; start += rowsTogether) {
      const rows = Math.min(rowsTogether, first + count - start);
      table.column('traceId').read(start, rows, ids);
      table.column('file').read(start, rows, files);
      table.column('record').read(start, rows, records);
      spans.readPlaces(start, rows, places);
      for (let at = 0; at < rows; at++) {
        const place = places[at];
        if (place === rowPlaces.inside) {
          ids[at] = 0;
        } else if (place === rowPlaces.head) {
          const all = spans.rows(start + at);
          ids[at] = mergedTextId(table, all, 'traceId');
          all.forEach(row => this.#markDirty(row));
        } else if (!this.#isBehindDirt(files[at] ?? 0, records[at] ?? 0)) {
          this.#markDirty(start + at);
        }
      }
      filler.add(start, rows, ids);
    }
    filler.finish();
    return true;
  }

  #add(head: number): void {
    const { table, spans } = this.#store;
    const rows = spans.isOneRow(head) ? undefined : spans.rows(head);
    const id = rows ? mergedTextId(table, rows, 'traceId') : table.textId(head, 'traceId');
    if (id !== 0) {
      this.membership.assign(head, { kind: 'trace', id, session: 0 }, 'traceId');
    }
    if (rows) {
      rows.forEach(row => this.#markDirty(row));
    } else {
      this.#markDirty(head);
    }
  }

  #markDirty(row: number): void {
    const { table } = this.#store;
    const id = table.file.get(row);
    const record = table.record.get(row);
    if (this.#isBehindDirt(id, record)) {
      return;
    }
    const file = this.#store.fileById(id);
    if (!file) {
      return;
    }
    const position = positionInFile(this.#store, file, row);
    const first = Math.min(position, this.#dirty.get(file) ?? position);
    this.#dirty.set(file, first);
    if (first === position) {
      this.#lastDirty = { id, record };
    }
  }

  /** The rows of a file come in order: nearly always they lie behind the first one. */
  #isBehindDirt(file: number, record: number): boolean {
    return this.#lastDirty?.id === file && record > this.#lastDirty.record;
  }

  #placeLooseSpans(): void {
    this.#spreadDirt();
    const dirty = new Map(this.#dirty);
    this.#dirty.clear();
    this.#lastDirty = undefined;
    for (const file of inOrder(dirty.keys())) {
      this.#loose.place(file, dirty.get(file) ?? 0);
    }
  }

  /** A loose span after a changed record may be placed by another file, where its first row lies. */
  #spreadDirt(): void {
    const pending = [...this.#dirty.keys()];
    // a span that was told again and again, in one file after the other, is looked at once
    const seen = new Set<number>();
    for (let file = pending.pop(); file !== undefined; file = pending.pop()) {
      for (const row of this.#rowsInside(file, this.#dirty.get(file) ?? 0)) {
        const head = this.#store.spans.headOf(row);
        const headFile = this.#store.fileById(this.#store.table.file.get(head));
        if (!headFile || headFile === file || seen.has(head)) {
          continue;
        }
        seen.add(head);
        if (this.#loose.hasTraceId(head)) {
          continue;
        }
        const position = positionInFile(this.#store, headFile, head);
        if (position < (this.#dirty.get(headFile) ?? Number.POSITIVE_INFINITY)) {
          this.#dirty.set(headFile, position);
          pending.push(headFile);
        }
      }
    }
  }

  /** Rows of the file from this position on that are not the heads of their spans. */
  *#rowsInside({ rows }: LogFile, from: number): Generator<number> {
    const places = this.#places;
    for (let at = from; at < rows.length;) {
      const first = rows.at(at);
      const count = rows.runAt(at, rowsTogether);
      this.#store.spans.readPlaces(first, count, places);
      for (let behind = 0; behind < count; behind++) {
        if (places[behind] === rowPlaces.inside) {
          yield first + behind;
        }
      }
      at += count;
    }
  }
}

/** A file from whose record on its rows are dirty. */
interface DirtyFile {
  readonly id: number;
  readonly record: number;
}
