import type { StatsSpan } from '../../analysis/stats';
import type { SpanStore } from '../store/spanStore';
import type { SpanReader } from './spanReader';

const maxLabels = 4096; // errors whose label is kept

/** What statistics say of the errors of spans: their types and categories. */
export class SpanErrors {
  readonly #store: SpanStore;
  readonly #reader: SpanReader;
  readonly #known = new Map<string, StatsSpan['error']>();
  /** See `StringTable.sweeps`. */
  #sweeps = 0;

  constructor(store: SpanStore, reader: SpanReader) {
    this.#store = store;
    this.#reader = reader;
  }

  of(head: number): StatsSpan['error'] {
    const { table, spans } = this.#store;
    if (!spans.isOneRow(head)) {
      return this.#reader.read(head).error;
    }
    const label = table.errorLabel(head);
    if (this.#sweeps !== this.#store.strings.sweeps) {
      this.#sweeps = this.#store.strings.sweeps;
      this.#known.clear();
    }
    if (label !== undefined && this.#known.has(label)) {
      return this.#known.get(label);
    }
    const error = this.#read(head);
    if (label !== undefined && this.#known.size < maxLabels) {
      this.#known.set(label, error);
    }
    return error;
  }

  /** As the span would say it, without its being made. */
  #read(row: number): StatsSpan['error'] {
    const { table } = this.#store;
    const error = table.error(row);
    const provider = table.text(row, 'provider');
    const model = table.text(row, 'model');
    return (
      error && {
        type: error.type,
        category: this.#reader.labelOf({ kind: table.kind(row), error, provider, model }).category,
      }
    );
  }
}
