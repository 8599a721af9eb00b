import { isCall } from '../../model/span';
import type { EngineCore } from '../core';
import { earliestStart } from '../store/mergePatches';
import type { HeadedSpan } from './traceList';

interface TimedCall {
  readonly head: number;
  readonly start: number;
}

/** Which call came before a call: in its trace, else in its session, which may have a trace for each of its turns. */
export class PreviousCalls {
  readonly #core: EngineCore;
  /** Calls of a session in time order, by the number of its id in the table of strings. */
  #sessions: ReadonlyMap<number, readonly TimedCall[]> = new Map();
  #madeOf = -1;
  readonly #traces = new WeakMap<readonly HeadedSpan[], ReadonlyMap<number, number>>();

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
    const known = this.#traces.get(members) ?? linkCalls(members);
    this.#traces.set(members, known);
    return known.get(head);
  }

  #inSession(head: number): number | undefined {
    const start = this.#startOf(head);
    const session = this.#core.store.table.textId(head, 'sessionId');
    if (session === 0 || start === undefined) {
      return undefined;
    }
    const earlier = this.#callsOf(session).filter(call => call.start < start);
    return earlier.at(-1)?.head;
  }

  #callsOf(session: number): readonly TimedCall[] {
    const { revision } = this.#core;
    if (revision !== this.#madeOf) {
      this.#madeOf = revision;
      this.#sessions = this.#bySession();
    }
    return this.#sessions.get(session) ?? [];
  }

  #bySession(): ReadonlyMap<number, readonly TimedCall[]> {
    const { table } = this.#core.store;
    const sessions = new Map<number, TimedCall[]>();
    for (const head of this.#core.heads()) {
      const session = table.textId(head, 'sessionId');
      const start = this.#startOf(head);
      if (session === 0 || start === undefined || !isCall({ kind: table.kind(head) })) {
        continue;
      }
      const calls = sessions.get(session);
      if (calls) {
        calls.push({ head, start });
      } else {
        sessions.set(session, [{ head, start }]);
      }
    }
    sessions.forEach(calls => calls.sort((one, other) => one.start - other.start));
    return sessions;
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
