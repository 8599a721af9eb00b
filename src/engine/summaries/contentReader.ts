import { allOf, type Beginning, contentAfter, inputOf, inputOfPieces } from '../../model/beginning';
import type { Message, SpanContent } from '../../model/message';
import { isCall, type SpanPatch } from '../../model/span';
import type { RecordReader } from '../recordReader';
import { rowsByFile } from '../store/mergePatches';
import type { SpanStore } from '../store/spanStore';
import { type History, HistoryReader } from './history';

const maxRecordsOpened = 10_000; // of one span; a stream that was logged piece by piece may have thousands

const maxContents = 64; // that are remembered: each call of a long document may hold a list of all that was said before it

export interface ReadContent {
  /** undefined: no record of the span holds text or the arguments of a tool call. */
  readonly content: SpanContent | undefined;
  readonly problem: string | undefined;
  /** How many of the input messages the call before this one was sent too; undefined when the log does not order its calls. */
  readonly resent?: number | undefined;
}

/** Reads the bodies of a span out of its records on disk. */
export class ContentReader {
  readonly #store: SpanStore;
  readonly #records: RecordReader;
  readonly #history: HistoryReader;
  /** Made of what was read a moment ago: an answer asks for it more than once. */
  #contents = new WeakMap<SpanPatch, SpanContent>();
  #contentsMade = 0;

  constructor(store: SpanStore, records: RecordReader) {
    this.#store = store;
    this.#records = records;
    this.#history = new HistoryReader(store, records);
  }

  /** With the conversation before the call, where the log tells that in records of its own: so many of them at most, or as many as ever. */
  read(head: number, turns?: number): ReadContent {
    return this.#behind(this.#isCall(head) ? this.#history.before(head, turns) : undefined, head);
  }

  /** The same without what the call before it was sent too. */
  readNew(head: number): ReadContent {
    return this.#behind(this.#isCall(head) ? this.#history.sinceCallBefore(head) : undefined, head);
  }

  #isCall(head: number): boolean {
    return isCall({ kind: this.#store.table.kind(head) });
  }

  #behind(history: History | undefined, head: number): ReadContent {
    const own = this.readOwn(head);
    if (!history || (history.messages.length === 0 && !own.content)) {
      return own;
    }
    const content = own.content ?? nothing;
    return {
      content: { ...content, inputMessages: [...history.messages, ...content.inputMessages] },
      problem: own.problem ?? (history.isCutOff ? cutOff : undefined),
      resent: history.resent,
    };
  }

  /** Only what the span's own records hold. */
  readOwn(head: number): ReadContent {
    // one document may tell of it again and again
    return this.#records.together(() => this.#readOwn(head));
  }

  #readOwn(head: number): ReadContent {
    const { table, spans } = this.#store;
    // Tool calls are logged also where text is not: what was asked of a tool is worth showing.
    const rows = spans
      .rows(head)
      .filter(
        row => table.hasInput(row) || table.hasOutput(row) || table.toolCallNames(row).length > 0,
      );
    let problem: string | undefined;
    const opened = rows.slice(0, maxRecordsOpened);
    const groups = this.#isSpreadOverFiles(opened) ? [opened] : rowsByFile(table, opened);
    const byFile = groups.map(group =>
      group.flatMap(row => {
        const { patch, problem: unread } = this.patchOf(row);
        problem ??= unread;
        return (patch && this.#contentOf(patch)) ?? [];
      }),
    );
    const areWhole = rows.every(row => table.part(row) === 'whole');
    const content = areWhole
      ? firstOfEach(byFile.flat())
      : fullestOfEach(byFile.map(pieces => this.#join(pieces, rows[0] ?? head)));
    return { content, problem };
  }

  #contentOf(patch: SpanPatch): SpanContent | undefined {
    const known = this.#contents.get(patch);
    if (known !== undefined) {
      return known;
    }
    if (++this.#contentsMade % maxContents === 0) {
      this.#contents = new WeakMap();
    }
    const content = patch.content?.();
    if (content !== undefined) {
      this.#contents.set(patch, content);
    }
    return content;
  }

  #isSpreadOverFiles([first]: readonly number[]): boolean {
    const format =
      first === undefined ? undefined : this.#records.format(this.#store.table.format(first));
    return format?.container === 'json' && format.isSpreadOverFiles === true;
  }

  #join(pieces: readonly SpanContent[], row: number): SpanContent {
    const format = this.#records.format(this.#store.table.format(row));
    const joined =
      format?.container === 'json' && pieces.length > 1 ? format.joinPieces?.(pieces) : undefined;
    return joined ?? addUp(pieces);
  }

  /** The patch again that a row was made from, with what reads its bodies. */
  patchOf(row: number): {
    readonly patch: SpanPatch | undefined;
    readonly problem: string | undefined;
  } {
    const { table } = this.#store;
    const file = this.#store.fileById(table.file.get(row));
    if (!file) {
      return { patch: undefined, problem: 'The file is no longer followed.' };
    }
    const opened = this.#records.reopen(file, table.record.get(row));
    const patch = opened.reading?.spans[table.index.get(row)];
    return {
      patch,
      problem: opened.problem ?? (patch ? undefined : 'The record is now another one.'),
    };
  }
}

const nothing: SpanContent = { inputMessages: [], outputMessages: [], tools: [], params: {} };
const cutOff =
  'Only the last part of the conversation is shown: it is too long to be read for one call.';

/** Whether two spans were asked the same, in the same words. Nothing is not the same as nothing. */
export function haveSameMessages(reader: ContentReader, one: number, other: number): boolean {
  const [first, second] = [one, other].map(head => reader.read(head).content?.inputMessages ?? []);
  return first?.length !== 0 && JSON.stringify(first) === JSON.stringify(second);
}

/** Whole records repeat each other: the first that has text holds. */
function firstOfEach(contents: readonly SpanContent[]): SpanContent | undefined {
  const input = contents.map(inputOf).find(({ count }) => count > 0);
  const output = contents.find(({ outputMessages }) => outputMessages.length > 0)?.outputMessages;
  return contents.length < 2 ? contents[0] : combine(contents, input ?? allOf([]), output ?? []);
}

/** Pieces add up in file order. */
function addUp(pieces: readonly SpanContent[]): SpanContent {
  const outputMessages = pieces.flatMap(piece => piece.outputMessages);
  return combine(pieces, inputOfPieces(pieces), outputMessages);
}

/** The same pieces in another file are a copy of the log: on each side the file holds that says most. */
function fullestOfEach(contents: readonly SpanContent[]): SpanContent | undefined {
  const fullest = (read: (content: SpanContent) => readonly Message[]) =>
    contents.map(read).reduce((most, list) => (partsOf(list) > partsOf(most) ? list : most), []);
  return contents.length < 2
    ? contents[0]
    : combine(
        contents,
        allOf(fullest(content => content.inputMessages)),
        fullest(content => content.outputMessages),
      );
}

function partsOf(messages: readonly Message[]): number {
  return messages.reduce((sum, { parts }) => sum + parts.length, 0);
}

function combine(
  contents: readonly SpanContent[],
  input: Beginning,
  outputMessages: readonly Message[],
): SpanContent {
  return contentAfter(input, {
    outputMessages,
    tools: contents.map(content => content.tools).find(list => list.length > 0) ?? [],
    params: Object.assign(Object.create(null), ...contents.map(content => content.params)),
  });
}
