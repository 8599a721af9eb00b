import type { LogFile } from '../store/logFile';
import { mergedTextId } from '../store/mergePatches';
import type { SpanStore } from '../store/spanStore';
import type { TraceName } from './traceName';

/** Traces by parent ids, for the spans of one file that have no trace id. */
export class ParentLinks {
  readonly #store: SpanStore;
  readonly #file: LogFile;
  readonly #spanById = new Map<number, number>();
  readonly #parents = new Set<number>();
  readonly #known = new Map<number, TraceName>();

  constructor(store: SpanStore, file: LogFile) {
    this.#store = store;
    this.#file = file;
    for (const row of file.rows) {
      const spanId = store.table.textId(row, 'spanId');
      const parentSpanId = store.table.textId(row, 'parentSpanId');
      if (spanId !== 0 && !this.#spanById.has(spanId)) {
        this.#spanById.set(spanId, store.spans.headOf(row));
      }
      if (parentSpanId !== 0) {
        this.#parents.add(parentSpanId);
      }
    }
  }

  /** The trace of the topmost span that the links lead to; undefined for a span without any link. */
  traceOf(head: number): TraceName | undefined {
    const spanId = this.#textId(head, 'spanId');
    if (this.#textId(head, 'parentSpanId') === 0) {
      return spanId !== 0 && this.#parents.has(spanId) ? this.#nameOf(head) : undefined;
    }
    const path: number[] = [];
    const seen = new Set<number>();
    let top = head;
    // a forged log may link in a circle: the span where it closes is then the top
    while (!seen.has(top) && !this.#known.has(top)) {
      seen.add(top);
      path.push(top);
      const parent = this.#spanById.get(this.#textId(top, 'parentSpanId'));
      if (parent === undefined) {
        break;
      }
      top = parent;
    }
    const name = this.#known.get(top) ?? this.#nameOf(top);
    path.forEach(member => this.#known.set(member, name));
    return name;
  }

  /** A top has the trace that it would have alone; else the links themselves make one, also when the top is missing. */
  #nameOf(top: number): TraceName {
    const traceId = this.#textId(top, 'traceId');
    if (traceId !== 0) {
      return { kind: 'trace', id: traceId, session: 0 };
    }
    const session = this.#textId(top, 'sessionId');
    if (session !== 0) {
      return { kind: 'session', id: session, session };
    }
    const { strings } = this.#store;
    const root = strings.text(this.#textId(top, 'parentSpanId') || this.#textId(top, 'spanId'));
    const id = strings.id(`${this.#file.name}/${root ?? ''}`);
    return { kind: 'tree', id, session: 0 };
  }

  #textId(head: number, field: 'spanId' | 'parentSpanId' | 'traceId' | 'sessionId'): number {
    return mergedTextId(this.#store.table, this.#store.spans.rows(head), field);
  }
}
