import { isCall } from '../../model/span';
import type { EngineCore } from '../core';
import { Column } from '../store/columns';
import { earliestStart } from '../store/mergePatches';
import { PagedColumn } from '../store/pagedColumn';
import type { HeadedSpan } from './traceSpans';

/** Calls of a trace that are asked for before all are linked, which takes a hundred times as long as to find one. */
const fewAsked = 50;

interface AskedTrace {
  asked: number;
  links: ReadonlyMap<number, number> | undefined;
}

/** Which call came before a call: in its trace, else in its session, which may have a trace for each of its turns. */
export class PreviousCalls {
  readonly #core: EngineCore;
  /** The last call of a session in file order, by the number of its id. */
  #lastOf = new PagedColumn();
  /** By head: the call before it in its session in file order, plus one. */
  #before = new Column('id');
  /** The same in time, of sessions that somebody has asked for. As numbers of 4 bytes: in no order, they would have a column packed again and again. */
  #earlier = new Int32Array(0);
  #ordered = new Set<number>();
  #madeOf = -1;
  readonly #traces = new WeakMap<readonly HeadedSpan[], AskedTrace>();

  constructor(core: EngineCore) {
    this.#core = core;
  }

  /** Head of the call before, if there is one. */
  of(head: number): number | undefined {
    if (!isCall({ kind: this.#core.store.table.kind(head) })) {
      return undefined;
    }
    return this.#inTrace(head) ?? this.#inSession(head);
  }

  #inTrace(head: number): number | undefined {
    const group = this.#core.traceOfSpan(head);
    if (!group) {
      return undefined;
    }
    const members = this.#core.traces.spansOf(group);
    const known = this.#traces.get(members) ?? { asked: 0, links: undefined };
    known.asked++;
    known.links ??= known.asked > fewAsked ? linkCalls(members) : undefined;
    this.#traces.set(members, known);
    return known.links ? known.links.get(head) : callBefore(members, head);
  }

  #inSession(head: number): number | undefined {
    const session = this.#core.store.table.textId(head, 'sessionId');
    if (session === 0) {
      return undefined;
    }
    const { revision } = this.#core;
    if (revision !== this.#madeOf) {
      this.#madeOf = revision;
      this.#linkSessions();
    }
    if (!this.#ordered.has(session)) {
      this.#ordered.add(session);
      this.#order(session);
    }
    const earlier = (this.#earlier[head] ?? 0) - 1;
    return earlier < 0 ? undefined : earlier;
  }

  /** Once for all calls of a session, of which there may be tens of thousands with a trace for each. */
  #order(session: number): void {
    const calls: { readonly call: number; readonly start: number }[] = [];
    for (let call = this.#lastOf.get(session); call >= 0; call = this.#before.get(call) - 1) {
      const start = this.#startOf(call);
      if (start !== undefined) {
        calls.push({ call, start });
      }
    }
    let earlier = -1;
    let last: { readonly call: number; readonly start: number } | undefined;
    // of equal starts the last one in file order came after the others
    for (const one of calls.toReversed().toSorted((some, other) => some.start - other.start)) {
      earlier = last && last.start < one.start ? last.call : earlier;
      this.#earlier[one.call] = earlier + 1;
      last = one;
    }
  }

  #linkSessions(): void {
    const { table } = this.#core.store;
    this.#lastOf = new PagedColumn();
    this.#before = new Column('id');
    this.#earlier = new Int32Array(table.rows);
    this.#ordered = new Set();
    for (const head of this.#core.heads()) {
      const session = table.textId(head, 'sessionId');
      if (session !== 0 && isCall({ kind: table.kind(head) })) {
        this.#before.set(head, this.#lastOf.get(session) + 1);
        this.#lastOf.set(session, head);
      }
    }
  }

  #startOf(head: number): number | undefined {
    const { table, spans } = this.#core.store;
    return earliestStart(table, spans.rows(head));
  }
}

/** The head of the call before each call of a trace. */
function linkCalls(members: readonly HeadedSpan[]): ReadonlyMap<number, number> {
  const calls = members.filter(member => isCall(member.span));
  return new Map(calls.slice(1).map(({ head }, at) => [head, calls[at]?.head ?? head]));
}

/** The same of one of them. */
function callBefore(members: readonly HeadedSpan[], head: number): number | undefined {
  let before: number | undefined;
  for (const member of members) {
    const isOfCall = isCall(member.span);
    if (member.head === head) {
      return isOfCall ? before : undefined;
    }
    before = isOfCall ? member.head : before;
  }
  return undefined;
}
