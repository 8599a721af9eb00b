import type { SourceRef } from '../../model/source';
import type { Cost, Span, SpanKind, SpanStatus, TraceJoin } from '../../model/span';
import type { Usage } from '../../model/usage';
import type { MergedSpan } from '../store/mergePatches';
import type { RowPatch } from '../store/rowPatch';

/** What of a span is not in its row; by its head. */
export interface Derived {
  readonly key: (head: number) => string;
  readonly traceKey: (head: number) => string;
  readonly join: (head: number) => TraceJoin;
  readonly joinedTraceId: (head: number, merged: MergedSpan) => string | undefined;
  readonly cost: (head: number, merged: MergedSpan) => Cost | undefined;
  readonly error: (merged: MergedSpan) => Span['error'];
  readonly format: (merged: MergedSpan) => string;
  readonly sources: (head: number) => readonly SourceRef[];
}

/** A span of one row, each thing read when it is asked for. Holds until the store changes, and cannot be sent to another thread. */
export class RowSpan implements Span {
  readonly #head: number;
  readonly #patch: RowPatch;
  readonly #derived: Derived;
  /** What takes longer, and is asked for more than once. */
  #key: string | undefined;
  #sources: readonly SourceRef[] | undefined;
  #usage: Usage | undefined;

  constructor(head: number, patch: RowPatch, derived: Derived) {
    this.#head = head;
    this.#patch = patch;
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

  get requestId(): string | undefined {
    return this.#patch.requestId;
  }

  get traceId(): string | undefined {
    return this.#patch.traceId;
  }

  get joinedTraceId(): string | undefined {
    return this.#derived.joinedTraceId(this.#head, this.#patch);
  }

  get spanId(): string | undefined {
    return this.#patch.spanId;
  }

  get parentSpanId(): string | undefined {
    return this.#patch.parentSpanId;
  }

  get sessionId(): string | undefined {
    return this.#patch.sessionId;
  }

  get kind(): SpanKind {
    return this.#patch.kind;
  }

  get name(): string {
    return this.#patch.name;
  }

  get provider(): string | undefined {
    return this.#patch.provider;
  }

  get model(): string | undefined {
    return this.#patch.model;
  }

  get startTime(): number | undefined {
    return this.#patch.startTime;
  }

  get durationMs(): number | undefined {
    return this.#patch.durationMs;
  }

  get timeToFirstTokenMs(): number | undefined {
    return this.#patch.timeToFirstTokenMs;
  }

  get usage(): Usage {
    return (this.#usage ??= this.#patch.usage);
  }

  get cost(): Cost | undefined {
    return this.#derived.cost(this.#head, this.#patch);
  }

  get status(): SpanStatus {
    return this.#patch.status;
  }

  get finishReason(): string | undefined {
    return this.#patch.finishReason;
  }

  get error(): Span['error'] {
    return this.#derived.error(this.#patch);
  }

  get userId(): string | undefined {
    return this.#patch.userId;
  }

  get tags(): Readonly<Record<string, string>> {
    return this.#patch.tags;
  }

  get toolCallNames(): readonly string[] {
    return this.#patch.toolCallNames;
  }

  get hasInput(): boolean {
    return this.#patch.hasInput;
  }

  get hasOutput(): boolean {
    return this.#patch.hasOutput;
  }

  get format(): string {
    return this.#derived.format(this.#patch);
  }

  get sources(): readonly SourceRef[] {
    return (this.#sources ??= this.#derived.sources(this.#head));
  }
}
