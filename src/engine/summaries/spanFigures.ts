import { callUsd, type PriceRequest } from '../../analysis/cost';
import type { StatsSpan } from '../../analysis/stats';
import { isCall, isFailed, type SpanKind } from '../../model/span';
import type { Usage } from '../../model/usage';
import { mergePatches, mergedTextId } from '../store/mergePatches';
import { rowDuration } from '../store/rowPatch';
import type { SpanStore } from '../store/spanStore';
import type { NestedCall } from './nestedCalls';
import { SpanErrors } from './spanErrors';
import type { SpanReader } from './spanReader';

/** The figures of one span after the other, in one object: making a span of a million rows costs more than reading them. */
export class SpanFigures implements StatsSpan, PriceRequest {
  kind: SpanKind = 'event';
  model: string | undefined;
  provider: string | undefined;
  startTime: number | undefined;
  durationMs: number | undefined;
  usage: Usage = {};
  loggedCostUsd: number | undefined;
  costUsd: number | undefined;
  error: StatsSpan['error'];
  isCounted = false;
  hasFailed = false;
  requestedTools = 0;
  /** Number of the session's id; 0 for none. */
  session = 0;
  readonly #store: SpanStore;
  readonly #errors: SpanErrors;
  /** Usage of spans of one row. */
  readonly #usage: Record<keyof Usage, number | undefined> = {
    inputTokens: undefined,
    outputTokens: undefined,
    cacheReadInputTokens: undefined,
    cacheCreationInputTokens: undefined,
    reasoningOutputTokens: undefined,
    totalTokens: undefined,
  };

  constructor(store: SpanStore, reader: SpanReader) {
    this.#store = store;
    this.#errors = new SpanErrors(store, reader);
  }

  /** `nested`: what is known of it as a call around calls or inside one. */
  read(head: number, nested: NestedCall | undefined): void {
    const isOneRow = this.#store.spans.isOneRow(head);
    const status = isOneRow ? this.#readRow(head) : this.#readRows(head);
    const isOfCall = isCall(this);
    this.isCounted = isOfCall && nested?.isLeaf !== false;
    this.hasFailed = isOfCall && isFailed({ status }) && nested?.saysFailure !== false;
    if (!isOfCall || nested?.saysToolCalls === false) {
      this.requestedTools = 0;
    }
    this.costUsd = this.isCounted ? callUsd(this) : undefined;
    this.error = this.hasFailed ? this.#errors.of(head) : undefined;
  }

  #readRow(row: number): StatsStatus {
    const { table, strings } = this.#store;
    const words = table.words(row);
    const { numbers } = table;
    this.kind = words.kind;
    this.model = strings.text(table.textId(row, 'model'));
    this.provider = strings.text(table.textId(row, 'provider'));
    this.session = table.textId(row, 'sessionId');
    this.startTime = numbers.startTime.known(row);
    this.durationMs = rowDuration(table, row);
    this.loggedCostUsd = numbers.loggedCostUsd.known(row);
    this.requestedTools = table.toolCalls(row);
    const usage = this.#usage;
    usage.inputTokens = numbers.inputTokens.known(row);
    usage.outputTokens = numbers.outputTokens.known(row);
    usage.cacheReadInputTokens = numbers.cacheReadInputTokens.known(row);
    usage.cacheCreationInputTokens = numbers.cacheCreationInputTokens.known(row);
    usage.reasoningOutputTokens = numbers.reasoningOutputTokens.known(row);
    usage.totalTokens = numbers.totalTokens.known(row);
    this.usage = usage;
    return words.status;
  }

  #readRows(head: number): StatsStatus {
    const { table, spans } = this.#store;
    const rows = spans.rows(head);
    const merged = mergePatches(table, rows);
    this.kind = merged.kind;
    this.model = merged.model;
    this.provider = merged.provider;
    this.session = mergedTextId(table, rows, 'sessionId');
    this.startTime = merged.startTime;
    this.durationMs = merged.durationMs;
    this.loggedCostUsd = merged.loggedCostUsd;
    this.requestedTools = merged.toolCallNames.length;
    this.usage = merged.usage;
    return merged.status;
  }
}

type StatsStatus = Parameters<typeof isFailed>[0]['status'];
