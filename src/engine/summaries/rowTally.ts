import { tokensOf } from '../../analysis/billing';
import { CallPrices } from '../../analysis/cost';
import type { ModelTally, StatsTally } from '../../analysis/stats';
import { isCall, isFailed } from '../../model/span';
import { rowsTogether } from '../store/columns';
import { durationFrom } from '../store/rowPatch';
import type { NumberSet } from '../store/numberSet';
import type { ReadField } from '../store/rowColumns';
import { tokenFields } from '../store/rowValues';
import { rowPlaces } from '../store/rowPlaces';
import type { SpanStore } from '../store/spanStore';
import type { NestedCall } from './nestedCalls';
import { SpanErrors } from './spanErrors';
import { SpanFigures } from './spanFigures';
import type { SpanReader } from './spanReader';

const readFields = [
  'words',
  'sessionId',
  'toolCalls',
  'startTime',
  'endTime',
  'durationMs',
  'loggedCostUsd',
  ...tokenFields,
] as const satisfies readonly ReadField[];

/** What rows of the same words have in common. */
interface RowKind {
  /** Its rows have to be read one by one. */
  readonly isLoose: boolean;
  readonly isTool: boolean;
  readonly isCall: boolean;
  /** And of calls, where they are counted: known from the first of them on. */
  calls: ModelTally | undefined;
  readonly hasFailed: boolean;
  readonly model: string | undefined;
  readonly prices: CallPrices;
}

/**
 * Counts spans row by row out of columns: nearly every span is one row that shares its words with many others, and has a few numbers of its
 * own. The others are given to the tally as spans.
 */
export class RowTally {
  readonly #store: SpanStore;
  readonly #nested: ReadonlyMap<number, NestedCall>;
  readonly #tally: StatsTally;
  readonly #sessions: NumberSet;
  readonly #spans: SpanFigures;
  readonly #errors: SpanErrors;
  /** By the number of the words. */
  readonly #kinds: (RowKind | undefined)[] = [];
  readonly #columns = columnsOf(readFields);
  readonly #places = new Uint8Array(rowsTogether);
  readonly #figures = { tokens: tokensOf({}), durationMs: Number.NaN, costUsd: Number.NaN };

  constructor(
    store: SpanStore,
    reader: SpanReader,
    nested: ReadonlyMap<number, NestedCall>,
    tally: StatsTally,
    sessions: NumberSet,
  ) {
    this.#store = store;
    this.#nested = nested;
    this.#tally = tally;
    this.#sessions = sessions;
    this.#spans = new SpanFigures(store, reader);
    this.#errors = new SpanErrors(store, reader);
  }

  /** Counts the spans whose heads are among `count` rows from `first` on. */
  add(first: number, count: number): void {
    const { table, spans } = this.#store;
    const { words, sessionId, toolCalls } = this.#columns;
    readFields.forEach(field => table.column(field).read(first, count, this.#columns[field]));
    spans.readPlaces(first, count, this.#places);
    for (let at = 0; at < count; at++) {
      const row = first + at;
      const place = this.#places[at];
      if (place === rowPlaces.inside) {
        continue;
      }
      const kind = this.#kindOf(words[at] ?? 0);
      if (place !== rowPlaces.alone || kind.isLoose || this.#nested.has(row)) {
        this.#addSpan(row);
        continue;
      }
      this.#sessions.add(sessionId[at] ?? 0);
      if (kind.isCall) {
        this.#addCall(at, kind);
        if (toolCalls[at] !== 0) {
          this.#tally.addTools(0, table.toolCalls(row));
        }
        if (kind.hasFailed) {
          this.#tally.addFailure(kind.model, this.#errors.of(row));
        }
      } else if (kind.isTool) {
        this.#tally.addTools(1, 0);
      }
    }
  }

  #addSpan(head: number): void {
    const span = this.#spans;
    span.read(head, this.#nested.get(head));
    this.#tally.add(span);
    this.#sessions.add(span.session);
  }

  #addCall(at: number, kind: RowKind): void {
    const columns = this.#columns;
    const figures = this.#figures;
    const { tokens } = figures;
    const startTime = columns.startTime[at] ?? Number.NaN;
    tokens.inputTokens = columns.inputTokens[at] ?? Number.NaN;
    tokens.outputTokens = columns.outputTokens[at] ?? Number.NaN;
    tokens.cacheReadInputTokens = columns.cacheReadInputTokens[at] ?? Number.NaN;
    tokens.cacheCreationInputTokens = columns.cacheCreationInputTokens[at] ?? Number.NaN;
    tokens.reasoningOutputTokens = columns.reasoningOutputTokens[at] ?? Number.NaN;
    tokens.totalTokens = columns.totalTokens[at] ?? Number.NaN;
    figures.durationMs = durationFrom(
      columns.durationMs[at] ?? Number.NaN,
      startTime,
      columns.endTime[at] ?? Number.NaN,
    );
    figures.costUsd = kind.prices.usd(tokens, startTime, columns.loggedCostUsd[at] ?? Number.NaN);
    kind.calls ??= this.#tally.callsOf(kind.model);
    this.#tally.addCall(kind.calls, figures);
  }

  #kindOf(words: number): RowKind {
    const known = this.#kinds[words];
    if (known) {
      return known;
    }
    while (this.#kinds.length < words) {
      this.#kinds.push(undefined);
    }
    const kind = this.#readKind(words);
    this.#kinds[words] = kind;
    return kind;
  }

  #readKind(number: number): RowKind {
    const { table, strings } = this.#store;
    const words = table.wordsOf(number);
    const model = strings.text(words.model);
    return {
      isLoose: words.isLoose,
      isTool: words.kind === 'tool',
      isCall: isCall(words),
      calls: undefined,
      hasFailed: isFailed(words),
      model,
      prices: new CallPrices(model, strings.text(words.provider)),
    };
  }
}

function columnsOf<Name extends string>(
  names: readonly Name[],
): Readonly<Record<Name, Float64Array>> {
  // each of the names is set, which the type of fromEntries does not say
  return Object.fromEntries(names.map(name => [name, new Float64Array(rowsTogether)])) as Record<
    Name,
    Float64Array
  >;
}
