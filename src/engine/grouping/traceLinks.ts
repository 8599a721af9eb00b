import type { TraceColumns } from './traceColumns';

/** The spans of each trace in the order in which they came, linked with each other. */
export class TraceLinks {
  readonly #columns: TraceColumns;

  constructor(columns: TraceColumns) {
    this.#columns = columns;
  }

  /** `isFirst`: the trace has no other. */
  append(number: number, head: number, isFirst: boolean): void {
    const { first, last, before, after } = this.#columns;
    const end = isFirst ? 0 : last.get(number);
    before.set(head, end);
    after.set(head, 0);
    if (end === 0) {
      first.set(number, head + 1);
    } else {
      after.set(end - 1, head + 1);
    }
    last.set(number, head + 1);
  }

  /** Returns the span that came before it, plus one; 0 for none. */
  remove(number: number, head: number): number {
    const { first, last, before, after } = this.#columns;
    const previous = before.get(head);
    const next = after.get(head);
    if (previous === 0) {
      first.set(number, next);
    } else {
      after.set(previous - 1, next);
    }
    if (next === 0) {
      last.set(number, previous);
    } else {
      before.set(next - 1, previous);
    }
    return previous;
  }

  /** Those that came behind a span, given plus one; 0: all. */
  *behind(number: number, span: number): Generator<number> {
    const { first, after } = this.#columns;
    let head = span === 0 ? first.get(number) : after.get(span - 1);
    for (; head !== 0; head = after.get(head - 1)) {
      yield head - 1;
    }
  }
}
