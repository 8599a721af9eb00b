import { priceCall, type PricedCall } from '../../analysis/cost';
import type { LogFormat } from '../../formats/format';
import { isCall, type Span } from '../../model/span';
import type { SourceRef } from '../../model/source';
import { diagnoseError } from '../../rules/errors/diagnoseError';
import type { TraceMembership } from '../grouping/traceGroup';
import { mergePatches } from '../store/mergePatches';
import { spanKey } from '../store/spanKey';
import type { SpanStore } from '../store/spanStore';

/** What the classifier calls an error, for labels. */
export interface ErrorLabel {
  readonly category: string;
  readonly title: string;
}

/** Makes spans out of rows, with what is derived: key, trace, cost, category of the error. */
export class SpanReader {
  readonly #store: SpanStore;
  readonly #membership: TraceMembership;
  readonly #formats: readonly LogFormat[];
  readonly #labels = new Map<number, ErrorLabel>();
  /** US dollars; null: unknown. */
  readonly #costs = new Map<number, Span['cost'] | null>();

  constructor(store: SpanStore, membership: TraceMembership, formats: readonly LogFormat[]) {
    this.#store = store;
    this.#membership = membership;
    this.#formats = formats;
  }

  read(head: number): Span {
    const { table, spans } = this.#store;
    const rows = spans.rows(head);
    const { loggedCostUsd, error, format, ...merged } = mergePatches(table, rows);
    const span = {
      ...merged,
      key: spanKey(this.#store, head),
      traceKey: this.#membership.groupOf(head)?.key ?? '',
      join: this.#membership.joinOf(head),
      format: this.#formats[format]?.id ?? '',
      sources: rows.map(row => this.#store.sourceOf(row)).filter(isFirstOfItsRecord),
    };
    return {
      ...span,
      cost: this.#costOf(head, span, loggedCostUsd),
      error: error && { ...error, category: this.labelOf(head, { ...span, error }).category },
    };
  }

  /** Cost of a call in full, or why it is unknown. */
  priceOf(head: number): PricedCall {
    const merged = mergePatches(this.#store.table, this.#store.spans.rows(head));
    return isCall(merged) ? priceCall(merged) : {};
  }

  labelOf(head: number, { error, provider, model }: ErrorSubject): ErrorLabel {
    const known = this.#labels.get(head);
    if (known) {
      return known;
    }
    const { category, title } = diagnoseError({ message: '', ...error, provider, model });
    const label = { category, title };
    this.#labels.set(head, label);
    return label;
  }

  /** The span is no more, or other rows make it. */
  forget(head: number): void {
    this.#labels.delete(head);
    this.#costs.delete(head);
  }

  /** Prices are other ones now. */
  forgetCosts(): void {
    this.#costs.clear();
  }

  #costOf(
    head: number,
    span: Omit<Span, 'cost' | 'error'>,
    loggedCostUsd: number | undefined,
  ): Span['cost'] {
    if (!isCall(span)) {
      return undefined;
    }
    let cost = this.#costs.get(head);
    if (cost === undefined) {
      const priced = priceCall({ ...span, loggedCostUsd }).cost;
      cost = priced ? { usd: priced.usd, source: priced.source } : null;
      this.#costs.set(head, cost);
    }
    return cost ?? undefined;
  }
}

interface ErrorSubject {
  readonly error?: Omit<NonNullable<Span['error']>, 'category'> | undefined;
  readonly provider?: string | undefined;
  readonly model?: string | undefined;
}

/** Several patches of one span may come from one record, which is one source; they follow each other in file order. */
function isFirstOfItsRecord(
  source: SourceRef,
  index: number,
  sources: readonly SourceRef[],
): boolean {
  const before = sources[index - 1];
  return before?.file !== source.file || before.offset !== source.offset;
}
