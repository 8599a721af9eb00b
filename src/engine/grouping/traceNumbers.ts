import { hashNumbers } from '../store/bytes';
import { HashSlots, type SlotsState } from '../store/hashSlots';
import { PagedColumn, type PagedState } from '../store/pagedColumn';
import { kindNumber } from './traceName';

export interface TraceNumbersState {
  readonly byTraceId: PagedState;
  readonly slots: SlotsState;
}

const traceKind = kindNumber('trace');

/** Finds the number of a trace by what it is known by: its kind, by number, and the id of a `TraceName`. */
export class TraceNumbers {
  readonly #isNamed: (number: number, kind: number, id: number) => boolean;
  /** Of the traces with an id of the log, by the number of that id: a log has hardly any others. */
  readonly #byTraceId = new PagedColumn();
  readonly #slots: HashSlots;

  /** `hashOf`: of the trace with this number; see `hash`. */
  constructor(
    hashOf: (number: number) => number,
    isNamed: (number: number, kind: number, id: number) => boolean,
  ) {
    this.#slots = new HashSlots(hashOf);
    this.#isNamed = isNamed;
  }

  save(): TraceNumbersState {
    return { byTraceId: this.#byTraceId.save(), slots: this.#slots.save() };
  }

  restore({ byTraceId, slots }: TraceNumbersState): void {
    this.#byTraceId.restore(byTraceId);
    this.#slots.restore(slots);
  }

  static hash(kind: number, id: number): number {
    pair[0] = kind;
    pair[1] = id;
    return hashNumbers(pair, pair.length);
  }

  /** 0: there is none. */
  find(kind: number, id: number): number {
    if (kind === traceKind) {
      return Math.max(0, this.#byTraceId.get(id));
    }
    let number = this.#slots.first(TraceNumbers.hash(kind, id));
    while (number !== 0 && !this.#isNamed(number, kind, id)) {
      number = this.#slots.next();
    }
    return number;
  }

  /** Of a trace that `find` does not find, or that is to be removed. */
  add(kind: number, id: number, number: number): void {
    if (kind === traceKind) {
      this.#byTraceId.set(id, number);
    } else {
      this.#slots.add(TraceNumbers.hash(kind, id), number);
    }
  }

  remove(kind: number, id: number, number: number): void {
    if (kind !== traceKind) {
      this.#slots.remove(TraceNumbers.hash(kind, id), number);
      return;
    }
    // another one may have been added meanwhile
    if (this.#byTraceId.get(id) === number) {
      this.#byTraceId.set(id, -1);
    }
  }
}

const pair = [0, 0];
