import { isCall } from '../../model/span';
import { earliestStart, mergePatches } from '../store/mergePatches';
import { lowerBound } from '../store/lowerBound';
import type { SpanChanges } from '../store/spanChanges';
import type { SpanStore } from '../store/spanStore';

const maxDelayMs = 5000; // between the end of a call and the time in the name of its file, which has whole seconds
const maxZoneMs = 15 * 3_600_000; // a file name may be in local time
const maxCompared = 400; // pairs of one model and one token count whose messages are compared
const unknownTime = Number.NEGATIVE_INFINITY; // near nothing

interface Candidates {
  readonly conversations: Set<number>;
  readonly calls: Set<number>;
}

interface Pair {
  readonly conversation: number;
  readonly call: number;
  readonly delayMs: number;
}

/**
 * Joins a saved conversation to the logged call that it is the text of: same model, same token counts, and written when
 * the call ended, or with the same messages. Both are then one span.
 */
export class Conversations {
  readonly #store: SpanStore;
  readonly #format: number;
  readonly #haveSameMessages: (one: number, other: number) => boolean;
  /** By model and token counts; only what some conversation has. */
  readonly #candidates = new Map<string, Candidates>();

  /** `format`: index of the format of saved conversations; -1 when there is none. */
  constructor(
    store: SpanStore,
    format: number,
    haveSameMessages: (one: number, other: number) => boolean,
  ) {
    this.#store = store;
    this.#format = format;
    this.#haveSameMessages = haveSameMessages;
  }

  /** Joins and parts what has changed, and puts that into the changes. `gone`: rows that left. `allHeads` are all spans there are. */
  update(changes: SpanChanges, gone: Iterable<number>, allHeads: () => Iterable<number>): void {
    if (this.#candidates.size === 0 && !this.#store.table.hasFormat(this.#format)) {
      return;
    }
    const dirty = new Set<string>();
    for (const head of changes.removed) {
      this.#forget(head, dirty);
    }
    if (this.#candidates.size > 0) {
      for (const row of gone) {
        this.#forget(row, dirty);
      }
    }
    let isFirst = false;
    for (const head of changes.added) {
      if (this.#isConversation(head)) {
        isFirst = this.#addConversation(head, dirty) || isFirst;
      }
    }
    if (this.#candidates.size > 0) {
      for (const head of isFirst ? allHeads() : changes.added) {
        this.#addCall(head, dirty);
      }
    }
    for (const key of dirty) {
      this.#pairUp(key, changes);
    }
  }

  #isConversation(head: number): boolean {
    const { table } = this.#store;
    return table.format(head) === this.#format && !table.identities.has(head);
  }

  /** Whether nothing with its model and token counts was looked for before. */
  #addConversation(row: number, dirty: Set<string>): boolean {
    const key = this.#keyOf(row);
    if (key === undefined) {
      return false;
    }
    dirty.add(key);
    const known = this.#candidates.get(key);
    if (known) {
      known.conversations.add(row);
      return false;
    }
    this.#candidates.set(key, { conversations: new Set([row]), calls: new Set() });
    return true;
  }

  #addCall(head: number, dirty: Set<string>): void {
    if (this.#isConversation(head)) {
      return;
    }
    const key = this.#keyOf(head);
    const candidates = key === undefined ? undefined : this.#candidates.get(key);
    if (key !== undefined && candidates) {
      candidates.calls.add(head);
      dirty.add(key);
    }
  }

  #forget(head: number, dirty: Set<string>): void {
    const key = this.#candidates.size === 0 ? undefined : this.#keyOf(head);
    const candidates = key === undefined ? undefined : this.#candidates.get(key);
    if (key === undefined || !candidates) {
      return;
    }
    dirty.add(key);
    candidates.calls.delete(head);
    candidates.conversations.delete(head);
    if (candidates.conversations.size === 0) {
      this.#candidates.delete(key);
    }
  }

  /** undefined: not a call whose model and tokens are known. */
  #keyOf(head: number): string | undefined {
    const { table } = this.#store;
    const model = table.textId(head, 'model');
    const input = table.number(head, 'inputTokens');
    const output = table.number(head, 'outputTokens');
    return model !== 0 && input !== undefined && output !== undefined && this.#isSuccess(head)
      ? `${model} ${input} ${output}`
      : undefined;
  }

  #isSuccess(head: number): boolean {
    const { table } = this.#store;
    return isCall({ kind: table.kind(head) }) && table.status(head) !== 'error';
  }

  #pairUp(key: string, { removed, added }: SpanChanges): void {
    const { spans } = this.#store;
    const { conversations, calls } = this.#candidates.get(key) ?? none;
    const wanted = this.#bestPairs(conversations, calls);
    const change = (head: number) => {
      removed.add(head);
      added.add(head);
    };
    for (const conversation of conversations) {
      const before = spans.adopterOf(conversation);
      const now = wanted.get(conversation);
      if (before === now) {
        continue;
      }
      if (before !== undefined) {
        spans.release(conversation);
        change(before);
        added.add(conversation);
      }
      if (now !== undefined) {
        spans.adopt(conversation, now);
        change(now);
        removed.add(conversation);
        added.delete(conversation);
      }
    }
  }

  /** Nearest in time first; no call and no conversation twice. */
  #bestPairs(
    conversations: ReadonlySet<number>,
    calls: ReadonlySet<number>,
  ): ReadonlyMap<number, number> {
    const chosen = new Map<number, number>();
    const taken = new Set<number>();
    for (const { conversation, call, delayMs } of this.#pairs(conversations, calls)) {
      if (chosen.has(conversation) || taken.has(call)) {
        continue;
      }
      if (delayMs <= maxDelayMs || this.#haveSameMessages(conversation, call)) {
        chosen.set(conversation, call);
        taken.add(call);
      }
    }
    return chosen;
  }

  /** Those that are near in time; when they are few, also those whose messages may be the same. */
  #pairs(conversations: ReadonlySet<number>, calls: ReadonlySet<number>): readonly Pair[] {
    const ends = [...calls]
      .map(call => ({ call, end: this.#endOf(call, conversations) }))
      .toSorted((one, other) => one.end - other.end);
    const range = conversations.size * calls.size <= maxCompared ? maxZoneMs : maxDelayMs;
    const pairs: Pair[] = [];
    for (const conversation of conversations) {
      const written = this.#store.table.number(conversation, 'startTime') ?? unknownTime;
      const first = lowerBound(ends.length, at => (ends[at]?.end ?? 0) >= written - range);
      for (let at = first; at < ends.length; at++) {
        const { call, end } = ends[at] ?? { call: 0, end: Number.POSITIVE_INFINITY };
        if (end - written > range) {
          break;
        }
        pairs.push({ conversation, call, delayMs: Math.abs(written - end) });
      }
    }
    return pairs.toSorted((one, other) => this.#compare(one, other));
  }

  #endOf(call: number, conversations: ReadonlySet<number>): number {
    const { table, spans } = this.#store;
    const rows = spans.rows(call).filter(row => !conversations.has(row));
    const start = earliestStart(table, rows);
    const { durationMs = 0 } = mergePatches(table, rows);
    return start === undefined ? unknownTime : start + durationMs;
  }

  #compare(one: Pair, other: Pair): number {
    return (
      one.delayMs - other.delayMs ||
      this.#store.compareRows(one.conversation, other.conversation) ||
      this.#store.compareRows(one.call, other.call)
    );
  }
}

const none: Candidates = { conversations: new Set(), calls: new Set() };
