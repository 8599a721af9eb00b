import type { LogFile } from '../store/logFile';
import { mergedText } from '../store/mergePatches';
import type { SpanStore } from '../store/spanStore';
import type { TraceName } from './traceGroup';

/** Traces by parent ids, for the spans of one file that have no trace id. */
export class ParentLinks {
  readonly #store: SpanStore;
  readonly #file: LogFile;
  readonly #spanById = new Map<string, number>();
  readonly #parents = new Set<string>();
  readonly #known = new Map<number, TraceName>();

  constructor(store: SpanStore, file: LogFile) {
    this.#store = store;
    this.#file = file;
    for (const row of file.rows) {
      const spanId = store.table.text(row, 'spanId');
      const parentSpanId = store.table.text(row, 'parentSpanId');
      if (spanId !== undefined && !this.#spanById.has(spanId)) {
        this.#spanById.set(spanId, store.spans.headOf(row));
      }
      if (parentSpanId !== undefined) {
        this.#parents.add(parentSpanId);
      }
    }
  }

  /** The trace of the topmost span that the links lead to; undefined for a span without any link. */
  traceOf(head: number): TraceName | undefined {
    const spanId = this.#text(head, 'spanId');
    if (this.#text(head, 'parentSpanId') === undefined) {
      return spanId !== undefined && this.#parents.has(spanId) ? this.#nameOf(head) : undefined;
    }
    const path: number[] = [];
    const seen = new Set<number>();
    let top = head;
    // a forged log may link in a circle: the span where it closes is then the top
    while (!seen.has(top) && !this.#known.has(top)) {
      seen.add(top);
      path.push(top);
      const parent = this.#spanById.get(this.#text(top, 'parentSpanId') ?? '');
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
    const traceId = this.#text(top, 'traceId');
    if (traceId !== undefined) {
      return { key: `trace:${traceId}`, traceId };
    }
    const sessionId = this.#text(top, 'sessionId');
    if (sessionId !== undefined) {
      return { key: `session:${sessionId}`, sessionId };
    }
    const root = this.#text(top, 'parentSpanId') ?? this.#text(top, 'spanId') ?? '';
    return { key: `tree:${this.#file.name}/${root}` };
  }

  #text(head: number, field: 'spanId' | 'parentSpanId' | 'traceId' | 'sessionId') {
    return mergedText(this.#store.table, this.#store.spans.rows(head), field);
  }
}
