import type { Turn } from '../../formats/format';
import type { Message } from '../../model/message';
import { isCall } from '../../model/span';
import type { RecordReader } from '../recordReader';
import type { LogFile } from '../store/logFile';
import type { SpanStore } from '../store/spanStore';

const maxTurns = 2000; // records of one conversation that are opened for one call
/** The same to find a few words, for each row of a list. */
export const fewTurns = 100;
/** Records that are opened for each of them: others may lie between, of as many conversations as one file has. */
const openedForTurn = 5;
const maxHistoryBytes = 16 * 1024 * 1024; // of those records; what lies further back is left out

/** What a call was sent, as far as the records before it tell. */
export interface History {
  readonly messages: readonly Message[];
  /** How many of the messages, from the first on, the call before this one was sent too. */
  readonly resent: number;
  /** There is more, further back than is read for one call. */
  readonly isCutOff: boolean;
}

interface ReadTurn {
  readonly record: number;
  readonly messages: readonly Message[];
}

interface Wanted {
  /** At most. */
  readonly turns: number;
  /** Without what the call before was sent too. */
  readonly isOnlyNew: boolean;
}

interface Walk {
  readonly file: LogFile;
  /** Record of the call. */
  readonly first: number;
  readonly head: number;
  readonly thread: string;
  readonly wanted: Wanted;
}

/** Puts the conversation before a call together, for logs that tell it piece by piece. */
export class HistoryReader {
  readonly #store: SpanStore;
  readonly #records: RecordReader;
  /** Made of what was read a moment ago: the next call was sent it too. */
  readonly #messages = new WeakMap<Turn, readonly Message[]>();

  constructor(store: SpanStore, records: RecordReader) {
    this.#store = store;
    this.#records = records;
  }

  /** undefined: the call's record is no part of such a conversation. */
  before(head: number, turns = maxTurns): History | undefined {
    return this.#read(head, { turns, isOnlyNew: false });
  }

  /** The same without what the call before it was sent too: most of a long conversation need not be read for it. */
  sinceCallBefore(head: number): History | undefined {
    return this.#read(head, { turns: fewTurns, isOnlyNew: true });
  }

  #read(head: number, wanted: Wanted): History | undefined {
    const file = this.#store.fileById(this.#store.table.file.get(head));
    const first = this.#store.table.record.get(head);
    if (!file?.recordHasTurn(first)) {
      return undefined;
    }
    const thread = this.#records.reopen(file, first).reading?.turn?.thread;
    return thread === undefined
      ? undefined
      : this.#records.together(() => this.#walkBack({ file, first, head, thread, wanted }));
  }

  #walkBack({ file, first, head, thread, wanted }: Walk): History {
    const turns: ReadTurn[] = [];
    const replaced = new Set<string>();
    let previous: number | undefined;
    let bytes = 0;
    let toOpen = wanted.turns * openedForTurn;
    let record = first - 1;
    // of the call before; what lies before that, it was sent too
    let start = 0;
    const end = () => (wanted.isOnlyNew ? start : 0);
    const hasRoom = () => turns.length < wanted.turns && toOpen > 0 && bytes <= maxHistoryBytes;
    for (; record >= end() && hasRoom(); record--) {
      if (!file.recordHasTurn(record)) {
        continue;
      }
      toOpen--;
      bytes += file.recordSource(record).length;
      const turn = this.#records.reopen(file, record).reading?.turn;
      if (turn?.thread !== thread) {
        continue;
      }
      if (previous === undefined) {
        previous = this.#callIn(file, record, head);
        start = previous === undefined ? 0 : this.#store.table.record.get(previous);
      }
      // an older record of the same message
      const isReplaced = turn.id !== undefined && replaced.has(turn.id);
      if (!isReplaced) {
        turns.push({ record, messages: this.#messagesOf(turn) });
      }
      if (turn.id !== undefined) {
        replaced.add(turn.id);
      }
    }
    turns.reverse();
    const count = (some: readonly ReadTurn[]) =>
      some.reduce((sum, { messages }) => sum + messages.length, 0);
    return {
      messages: turns.flatMap(({ messages }) => messages),
      resent: count(turns.filter(turn => turn.record < start)),
      isCutOff: record >= end(),
    };
  }

  #messagesOf(turn: Turn): readonly Message[] {
    const messages = this.#messages.get(turn) ?? turn.messages();
    this.#messages.set(turn, messages);
    return messages;
  }

  /** Head of another call that the record belongs to. */
  #callIn(file: LogFile, record: number, head: number): number | undefined {
    const { table, spans } = this.#store;
    return this.#store
      .rowsOfRecord(file, record)
      .filter(row => isCall({ kind: table.kind(row) }))
      .map(row => spans.headOf(row))
      .find(other => other !== head && table.file.get(other) === file.id);
  }
}
