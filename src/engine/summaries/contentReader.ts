import type { Message, SpanContent } from '../../model/message';
import type { SpanPatch } from '../../model/span';
import type { RecordReader } from '../recordReader';
import { shortId } from '../store/shortId';
import type { SpanStore } from '../store/spanStore';

const maxRecordsOpened = 200; // of one span; a stream that was logged piece by piece may have thousands

export interface ReadContent {
  /** undefined: no record of the span holds text or the arguments of a tool call. */
  readonly content: SpanContent | undefined;
  readonly problem: string | undefined;
}

/** Reads the bodies of a span out of its records on disk. */
export class ContentReader {
  readonly #store: SpanStore;
  readonly #records: RecordReader;

  constructor(store: SpanStore, records: RecordReader) {
    this.#store = store;
    this.#records = records;
  }

  read(head: number): ReadContent {
    const { table, spans } = this.#store;
    // Tool calls are logged also where text is not: what was asked of a tool is worth showing.
    const rows = spans
      .rows(head)
      .filter(
        row => table.hasInput(row) || table.hasOutput(row) || table.toolCallNames(row).length > 0,
      );
    const contents: SpanContent[] = [];
    let problem: string | undefined;
    for (const row of rows.slice(0, maxRecordsOpened)) {
      const opened = this.patchOf(row);
      problem ??= opened.problem;
      const content = opened.patch?.content?.();
      if (content) {
        contents.push(content);
      }
    }
    return { content: combine(contents, this.#areWhole(rows)), problem };
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
    const identity = patch?.identity === undefined ? undefined : shortId(patch.identity);
    return patch && identity === table.text(row, 'identity')
      ? { patch, problem: opened.problem }
      : { patch: undefined, problem: opened.problem ?? 'The record is now another one.' };
  }

  #areWhole(rows: readonly number[]): boolean {
    return rows.every(row => this.#store.table.part(row) === 'whole');
  }
}

/** Whether two spans were asked the same, in the same words. Nothing is not the same as nothing. */
export function haveSameMessages(reader: ContentReader, one: number, other: number): boolean {
  const [first, second] = [one, other].map(head => reader.read(head).content?.inputMessages ?? []);
  return first?.length !== 0 && JSON.stringify(first) === JSON.stringify(second);
}

/** Whole records repeat each other: the first that has text holds. Pieces add up in file order. */
function combine(contents: readonly SpanContent[], areWhole: boolean): SpanContent | undefined {
  if (contents.length < 2) {
    return contents[0];
  }
  const messages = (read: (content: SpanContent) => readonly Message[]) =>
    areWhole
      ? (contents.map(read).find(list => list.length > 0) ?? [])
      : contents.flatMap(content => [...read(content)]);
  return {
    inputMessages: messages(content => content.inputMessages),
    outputMessages: messages(content => content.outputMessages),
    tools: contents.map(content => content.tools).find(list => list.length > 0) ?? [],
    params: Object.assign(Object.create(null), ...contents.map(content => content.params)),
  };
}
