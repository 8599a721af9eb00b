import type { SourceRef } from '../../model/source';
import type { Cost, Span, SpanError, TraceJoin } from '../../model/span';
import type { Usage } from '../../model/usage';
import type { MergedSpan } from '../store/mergePatches';
import type { PatchTable } from '../store/patchTable';
import { RowPatch } from '../store/rowPatch';

/** What of a span is not in its rows; by its head. */
export interface Derived {
  readonly key: (head: number) => string;
  readonly traceKey: (head: number) => string;
  readonly join: (head: number) => TraceJoin;
  readonly joinedTraceId: (head: number, merged: MergedSpan) => string | undefined;
  readonly cost: (head: number, merged: MergedSpan) => Cost | undefined;
  readonly error: (error: SpanError | undefined, merged: MergedSpan) => Span['error'];
  readonly format: (merged: MergedSpan) => string;
  readonly sources: (head: number) => readonly SourceRef[];
}

/** A span of one row, each thing read when it is asked for. Holds until the store changes, and cannot be sent to another thread. */
export class RowSpan extends RowPatch implements Span {
  readonly #head: number;
  readonly #derived: Derived;
  /** What takes longer, and is asked for more than once. */
  #key: string | undefined;
  #sources: readonly SourceRef[] | undefined;
  #usage: Usage | undefined;

  constructor(table: PatchTable, head: number, derived: Derived) {
    super(table, head);
    this.#head = head;
    this.#derived = derived;
  }

  get key(): string {
    return (this.#key ??= this.#derived.key(this.#head));
  }

  get traceKey(): string {
    return this.#derived.traceKey(this.#head);
  }

  get join(): TraceJoin {
    return this.#derived.join(this.#head);
  }

  get joinedTraceId(): string | undefined {
    return this.#derived.joinedTraceId(this.#head, this);
  }

  override get usage(): Usage {
    return (this.#usage ??= super.usage);
  }

  get cost(): Cost | undefined {
    return this.#derived.cost(this.#head, this);
  }

  override get error(): Span['error'] {
    return this.#derived.error(super.error, this);
  }

  get format(): string {
    return this.#derived.format(this);
  }

  get sources(): readonly SourceRef[] {
    return (this.#sources ??= this.#derived.sources(this.#head));
  }
}
