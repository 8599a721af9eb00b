import type { Rule } from '../../rules/rule';
import { earliestStart, mergedTextId } from '../store/mergePatches';
import type { SpanStore } from '../store/spanStore';

/** The findings of one category, counted: there may be tens of thousands, and they are asked for whenever something changes. */
export class FindingTally {
  count = 0;
  /** Of the spans, epoch ms. */
  firstTime: number | undefined;
  latestTime: number | undefined;
  /** undefined: the error classifier's. */
  readonly rule: Rule | undefined;
  readonly #store: SpanStore;
  /** Numbers of texts. */
  readonly #models = new Set<number>();

  constructor(store: SpanStore, rule: Rule | undefined) {
    this.#store = store;
    this.rule = rule;
  }

  add(head: number): void {
    const { table, spans } = this.#store;
    const isOneRow = spans.isOneRow(head);
    const rows = isOneRow ? undefined : spans.rows(head);
    const time = rows ? earliestStart(table, rows) : table.number(head, 'startTime');
    this.count++;
    if (time !== undefined) {
      this.firstTime = Math.min(this.firstTime ?? time, time);
      this.latestTime = Math.max(this.latestTime ?? time, time);
    }
    this.#models.add(rows ? mergedTextId(table, rows, 'model') : table.textId(head, 'model'));
  }

  get models(): readonly string[] {
    const texts = Array.from(this.#models, id => this.#store.strings.text(id));
    return texts.filter(text => text !== undefined);
  }
}
