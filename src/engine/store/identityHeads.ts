import type { IdentityRows } from './identityRows';
import type { SpanIndex } from './spanIndex';

/** Of one identity; of more it is remembered which they are: each may be asked for by its key, one after the other. */
const fewHeads = 16;

/** The spans of an identity, by their heads. */
export class IdentityHeads {
  readonly #spans: Pick<SpanIndex, 'headOf' | 'ordinal'>;
  readonly #byIdentity: IdentityRows;
  /** By the row that the identity is known by. */
  readonly #many = new Map<number, readonly number[]>();

  constructor(spans: Pick<SpanIndex, 'headOf' | 'ordinal'>, byIdentity: IdentityRows) {
    this.#spans = spans;
    this.#byIdentity = byIdentity;
  }

  /** In order. */
  of(identity: string): readonly number[] {
    const first = this.#byIdentity.find(identity);
    const known = this.#many.get(first);
    if (known) {
      return known;
    }
    const rows = first < 0 ? [] : this.#byIdentity.rows(first);
    const heads = new Set(rows.map(row => this.#spans.headOf(row)));
    const inOrder = [...heads].toSorted(
      (one, other) => this.#spans.ordinal(one) - this.#spans.ordinal(other),
    );
    if (inOrder.length > fewHeads) {
      this.#many.set(first, inOrder);
    }
    return inOrder;
  }

  /** Spans have changed. */
  forget(): void {
    this.#many.clear();
  }
}
