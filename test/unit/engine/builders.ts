import { type CoreBounds, EngineCore } from '../../../src/engine/core';
import { Ingest } from '../../../src/engine/ingest';
import type { JsonFormat } from '../../../src/formats/format';
import type { Span, SpanPatch } from '../../../src/model/span';

/** A format whose records are lists of patches, so that a test says what a log says. */
const patchFormat: JsonFormat = {
  id: 'patches',
  title: 'Patches',
  docs: { writtenBy: 'a test', recognisedBy: 'a test' },
  container: 'json',
  matches: record => Array.isArray(record),
  // the record comes from `patch` below
  read: record => ({ spans: record as readonly SpanPatch[] }),
};

/** The same under the id of saved conversations. */
const conversationFormat: JsonFormat = {
  ...patchFormat,
  id: 'debug-conversation',
  matches: record => typeof record === 'object' && record !== null && 'conversation' in record,
  read: record => {
    const { conversation } = record as { conversation: SpanPatch };
    if (typeof conversation === 'string') {
      throw new TypeError('this is no conversation');
    }
    return { spans: [conversation] };
  },
};

export function patch(fields: Partial<SpanPatch> = {}): SpanPatch {
  return {
    part: 'whole',
    kind: 'call',
    name: 'completion',
    status: 'ok',
    hasInput: false,
    hasOutput: false,
    ...fields,
  };
}

const recordLength = 10; // bytes; the records of these tests are not on disk

/** An engine without a disk: a test says what was read. */
export class Memory {
  readonly core: EngineCore;
  readonly #ingest: Ingest;
  readonly #next = new Map<string, number>();

  constructor(bounds?: CoreBounds) {
    const formats = [conversationFormat, patchFormat];
    this.core = new EngineCore(formats, path => path.slice(1), bounds);
    this.#ingest = new Ingest({
      store: this.core.store,
      formats: this.core.formats,
      hashRecords: false,
      quickStore: undefined,
      hasChecksums: true,
      onDidChange: () => {},
    });
  }

  /** Appends one record to a file. */
  give(file: string, value: unknown, replaces = false, length = recordLength): void {
    const index = (this.#next.get(file) ?? 0) - (replaces ? 1 : 0);
    this.#next.set(file, index + 1);
    this.#ingest.record({
      source: { file, offset: index * (recordLength + 1), length, line: index + 1 },
      container: 'json',
      value,
      bytes: new Uint8Array(),
      replaces,
    });
  }

  call(file: string, fields: Partial<SpanPatch> = {}): void {
    this.give(file, [patch(fields)]);
  }

  hasRecords(file: string): boolean {
    return (this.#next.get(file) ?? 0) > 0;
  }

  forget(file: string): void {
    this.#next.delete(file);
    this.#ingest.reset(file);
  }

  spans(): readonly Span[] {
    return [...this.core.spans()];
  }

  span(key: string): Span | undefined {
    const head = this.core.findSpan(key);
    return head === undefined ? undefined : this.core.reader.read(head);
  }

  /** Keys of the spans of each trace, newest trace first. */
  traces(): readonly (readonly [string, readonly string[]])[] {
    const list = this.core.traces;
    return list
      .groups()
      .map(group => [group.key, list.spansOf(group).map(({ span }) => span.key)] as const);
  }
}
