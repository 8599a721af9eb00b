import { rowsTogether } from '../store/columns';
import type { TraceColumns } from './traceColumns';

const slots = 4096; // traces that spans are added to in turn, a power of two

/**
 * Puts many spans into the traces of their ids, in the order of their rows. What grows with every span, the end and the size of its trace, is
 * kept here meanwhile, as spans of a trace lie near each other; what there is of each span is written for many of them together.
 */
export class TraceFiller {
  readonly #columns: TraceColumns;
  readonly #join: number;
  readonly #open: (id: number) => number;
  /** By the last digits of an id: the id, the number of its trace, the last span there (plus one), and how many there are. */
  readonly #ids = new Uint32Array(slots);
  readonly #numbers = new Uint32Array(slots);
  readonly #lasts = new Uint32Array(slots);
  readonly #sizes = new Uint32Array(slots);
  // of the spans that are added
  readonly #traceOf = new Float64Array(rowsTogether);
  readonly #joins = new Float64Array(rowsTogether);
  readonly #before = new Float64Array(rowsTogether);
  readonly #after = new Float64Array(rowsTogether);

  /** `join`: why they are in their traces, by number. `open` gives the number of the trace of an id; it will be changed. */
  constructor(columns: TraceColumns, join: number, open: (id: number) => number) {
    this.#columns = columns;
    this.#join = join;
    this.#open = open;
  }

  /** `ids`: of the traces of the spans whose heads are `count` rows from `first` on; 0 where there is none, or no head. */
  add(first: number, count: number, ids: Float64Array): void {
    const [traceOf, joins, before, after] = [this.#traceOf, this.#joins, this.#before, this.#after];
    for (let at = 0; at < count; at++) {
      const id = ids[at] ?? 0;
      after[at] = 0;
      joins[at] = id === 0 ? 0 : this.#join;
      traceOf[at] = 0;
      before[at] = 0;
      if (id === 0) {
        continue;
      }
      const slot = id & (slots - 1);
      if (this.#ids[slot] !== id) {
        this.#change(slot, id);
      }
      const last = this.#lasts[slot] ?? 0;
      traceOf[at] = this.#numbers[slot] ?? 0;
      before[at] = last;
      if (last === 0) {
        this.#columns.first.set(this.#numbers[slot] ?? 0, first + at + 1);
      } else if (last > first && last <= first + at) {
        after[last - 1 - first] = first + at + 1;
      } else {
        this.#columns.after.set(last - 1, first + at + 1);
      }
      this.#lasts[slot] = first + at + 1;
      this.#sizes[slot] = (this.#sizes[slot] ?? 0) + 1;
    }
    this.#columns.traceOf.append(first, traceOf, count);
    this.#columns.join.append(first, joins, count);
    this.#columns.before.append(first, before, count);
    this.#columns.after.append(first, after, count);
  }

  finish(): void {
    for (let slot = 0; slot < slots; slot++) {
      this.#put(slot);
    }
  }

  #change(slot: number, id: number): void {
    this.#put(slot);
    const number = this.#open(id);
    const size = this.#columns.size.get(number);
    this.#ids[slot] = id;
    this.#numbers[slot] = number;
    this.#sizes[slot] = size;
    this.#lasts[slot] = size === 0 ? 0 : this.#columns.last.get(number);
  }

  #put(slot: number): void {
    const number = this.#numbers[slot] ?? 0;
    if (number !== 0) {
      this.#columns.last.set(number, this.#lasts[slot] ?? 0);
      this.#columns.size.set(number, this.#sizes[slot] ?? 0);
    }
  }
}

/** Whether none of `count` rows from `first` on is in a trace. */
export function areFree({ traceOf }: TraceColumns, first: number, count: number): boolean {
  let row = first;
  while (row < first + count && traceOf.get(row) === 0) {
    row++;
  }
  return row === first + count;
}
