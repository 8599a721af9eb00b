import type { EngineCore } from '../core';

const maxDepth = 100; // levels of a tool's arguments that are searched

/** Looks for words in the bodies of spans, on disk. */
export class TextSearch {
  readonly #core: EngineCore;
  /** What searching has cost so far. */
  bytesRead = 0;

  constructor(core: EngineCore) {
    this.#core = core;
  }

  /** Whether a message, a tool call or a result of the span holds the text. Without regard to case. */
  contains(head: number, text: string): boolean {
    const wanted = text.toLowerCase();
    if (!this.#mayContain(head, plainPiece(wanted))) {
      return false;
    }
    // the name of a field, or what belongs to another span of the record, is no text of this span
    const { content } = this.#core.content.read(head);
    return content !== undefined && holds(content, wanted, 0);
  }

  /** Looks at the bytes before they are parsed, which is much faster. */
  #mayContain(head: number, piece: string): boolean {
    const { store, records } = this.#core;
    const { table, spans } = store;
    return spans.rows(head).some(row => {
      const file = store.fileById(table.file.get(row));
      if (!file || !(table.hasInput(row) || table.hasOutput(row))) {
        return false;
      }
      const record = table.record.get(row);
      this.bytesRead += file.recordSource(record).length;
      return records.wholeText(file, record).toLowerCase().includes(piece);
    });
  }
}

/** The longest piece of a text that is spelled the same in every encoding, however often it was escaped. */
function plainPiece(text: string): string {
  const pieces = text.split(/[^a-z0-9 _.,:-]/);
  return pieces.reduce((one, other) => (other.length > one.length ? other : one));
}

/** Whether any text in a value, at whatever depth, holds the wanted one. Names of fields do not count. */
function holds(value: unknown, wanted: string, depth: number): boolean {
  if (typeof value === 'string') {
    return value.toLowerCase().includes(wanted);
  }
  if (typeof value !== 'object' || value === null || depth > maxDepth) {
    return false;
  }
  return Object.values(value).some(inner => holds(inner, wanted, depth + 1));
}
