import { LRUCache } from 'lru-cache';
import { priceCall, type PricedCall } from '../../analysis/cost';
import type { LogFormat } from '../../formats/format';
import type { SourceRef } from '../../model/source';
import { isCall, type Cost, type Span, type SpanError, type SpanKind } from '../../model/span';
import { errorBook } from '../../rules/errorBook';
import type { TraceMembership } from '../grouping/traceMembership';
import { Column } from '../store/columns';
import type { NumberRun } from '../store/freeNumbers';
import { mergePatches, mergedTextId, type MergedSpan } from '../store/mergePatches';
import { spanKey } from '../store/spanKey';
import type { SpanStore } from '../store/spanStore';
import { type Derived, RowSpan } from './rowSpan';

const maxLabels = 2000; // different errors whose category is kept; most errors of a log are the same few

/** What the classifier calls an error, for labels. */
export interface ErrorLabel {
  readonly category: string;
  readonly title: string;
}

interface ErrorSubject {
  readonly kind: SpanKind;
  readonly error?: SpanError | undefined;
  readonly provider?: string | undefined;
  readonly model?: string | undefined;
}

const costStates = { notAsked: 0, unknown: 1, log: 2, computed: 3 } as const;

/** Makes spans out of rows, with what is derived: key, trace, cost, category of the error. */
export class SpanReader {
  readonly #store: SpanStore;
  readonly #membership: TraceMembership;
  readonly #formats: readonly LogFormat[];
  readonly #labels = new LRUCache<string, ErrorLabel>({ max: maxLabels });
  #costState = new Column('id');
  readonly #costUsd = new Column('measure');
  readonly #derived: Derived = {
    key: head => spanKey(this.#store, head),
    traceKey: head => this.#membership.groupOf(head)?.key ?? '',
    join: head => this.#membership.joinOf(head),
    joinedTraceId: (head, { traceId }) =>
      traceId === undefined ? this.#membership.groupOf(head)?.traceId : undefined,
    cost: (head, merged) => this.#costOf(head, merged),
    error: (error, merged) => error && this.#labelled(error, merged),
    format: merged => this.#formats[merged.formatIndex]?.id ?? '',
    sources: head => this.#sourcesOf(this.#store.spans.rows(head)),
  };

  constructor(store: SpanStore, membership: TraceMembership, formats: readonly LogFormat[]) {
    this.#store = store;
    this.#membership = membership;
    this.#formats = formats;
  }

  /** As it is now, for good. */
  read(head: number): Span {
    const merged = this.#merged(head);
    const derived = this.#derived;
    // each field by hand: copying the rest of an object costs thirty times as much, and there may be a million spans
    return {
      key: derived.key(head),
      traceKey: derived.traceKey(head),
      join: derived.join(head),
      requestId: merged.requestId,
      traceId: merged.traceId,
      joinedTraceId: derived.joinedTraceId(head, merged),
      spanId: merged.spanId,
      parentSpanId: merged.parentSpanId,
      sessionId: merged.sessionId,
      kind: merged.kind,
      name: merged.name,
      provider: merged.provider,
      model: merged.model,
      startTime: merged.startTime,
      durationMs: merged.durationMs,
      timeToFirstTokenMs: merged.timeToFirstTokenMs,
      usage: merged.usage,
      cost: derived.cost(head, merged),
      status: merged.status,
      finishReason: merged.finishReason,
      error: derived.error(merged.error, merged),
      userId: merged.userId,
      tags: merged.tags,
      toolCallNames: merged.toolCallNames,
      hasInput: merged.hasInput,
      hasOutput: merged.hasOutput,
      format: derived.format(merged),
      sources: derived.sources(head),
    };
  }

  /** The same to look at it now: it holds until the store changes. What nobody asks of it costs nothing. */
  glance(head: number): Span {
    const { spans, table } = this.#store;
    return spans.isOneRow(head) ? new RowSpan(table, head, this.#derived) : this.read(head);
  }

  /** A number that the spans of a session have in common; those without one, the spans of a trace. */
  laneOf(head: number): number {
    const { spans, table } = this.#store;
    const session = spans.isOneRow(head)
      ? table.textId(head, 'sessionId')
      : mergedTextId(table, spans.rows(head), 'sessionId');
    return session === 0 ? -this.#membership.numberOf(head) : session;
  }

  /** Cost of a call in full, or why it is unknown. */
  priceOf(head: number): PricedCall {
    const merged = this.#merged(head);
    return isCall(merged) ? priceCall(merged) : {};
  }

  labelOf({ kind, error, provider, model }: ErrorSubject): ErrorLabel {
    const input = {
      message: error?.message ?? '',
      type: error?.type,
      status: error?.status,
      provider,
      model,
      isOfTool: kind === 'tool',
    };
    const key = JSON.stringify(input);
    const known = this.#labels.get(key);
    if (known) {
      return known;
    }
    const { id, title } = errorBook().classifyError(input);
    const label = { category: id, title };
    this.#labels.set(key, label);
    return label;
  }

  /** The prices are others now. */
  forgetCosts(): void {
    this.#costState = new Column('id');
  }

  /** The span is no more, or other rows make it. */
  forget(head: number): void {
    this.#costState.set(head, costStates.notAsked);
  }

  /** These rows are in no use any more. */
  release(rows: readonly NumberRun[]): void {
    for (const { first, count } of rows) {
      this.#costState.unset(first, count);
      this.#costUsd.unset(first, count);
    }
  }

  #labelled(error: SpanError, { kind, provider, model }: MergedSpan): Span['error'] {
    const { type, message, status } = error;
    const { category } = this.labelOf({ kind, error, provider, model });
    return { type, message, status, category };
  }

  #costOf(head: number, merged: MergedSpan): Cost | undefined {
    if (!isCall(merged)) {
      return undefined;
    }
    if (this.#costState.get(head) === costStates.notAsked) {
      const { cost } = priceCall(merged);
      this.#costState.set(head, cost ? costStates[cost.source] : costStates.unknown);
      this.#costUsd.set(head, cost?.usd ?? Number.NaN);
    }
    const state = this.#costState.get(head);
    return state === costStates.unknown
      ? undefined
      : { usd: this.#costUsd.get(head), source: state === costStates.log ? 'log' : 'computed' };
  }

  #merged(head: number): MergedSpan {
    return mergePatches(this.#store.table, this.#store.spans.rows(head));
  }

  /** Several patches of one span may come from one record, which is one source; they follow each other. */
  #sourcesOf(rows: readonly number[]): readonly SourceRef[] {
    const { table } = this.#store;
    const [only] = rows;
    if (only !== undefined && rows.length === 1) {
      return [this.#store.sourceOf(only)];
    }
    return rows
      .filter((row, at) => {
        const before = rows[at - 1];
        return (
          before === undefined ||
          table.record.get(row) !== table.record.get(before) ||
          table.file.get(row) !== table.file.get(before)
        );
      })
      .map(row => this.#store.sourceOf(row));
  }
}
