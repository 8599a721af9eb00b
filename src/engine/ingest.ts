import { createHash } from 'node:crypto';
import type { FileReader, LogFormat, ReadContext, Reading } from '../formats/format';
import { placeOf, type Skipped, type SourceRef } from '../model/source';
import type { SpanPatch } from '../model/span';
import { onOneLine } from './read/compactJson';
import { PossibleFormats } from './possibleFormats';
import { baseNameOf } from './read/logNames';
import { recordChecksum } from './read/readRecord';
import type { FileReadStatus, ParsedRecord, RecordSink } from './recordSink';
import type { SpanStore, StoreChange } from './store/spanStore';

/** Why a JSON record was skipped that no format claims. */
export const unclaimedReason = 'no field that we know';

export interface IngestOptions {
  readonly store: Pick<SpanStore, 'apply'>;
  readonly formats: readonly LogFormat[];
  readonly hashRecords: boolean;
  /** Called after every change of the store; `ofFile`: what is told of the file as a whole is another, too. */
  readonly onDidChange: (ofFile: boolean) => void;
}

interface Understood {
  readonly format: number;
  readonly reading: Reading;
}

/** Asks the formats what a record means and gives the answer to the store. A record that nobody understands is kept as skipped. */
export class Ingest implements RecordSink {
  readonly #options: IngestOptions;
  /** Index of the format that read the last record of a file: it is asked first for the next one. */
  readonly #lastFormat = new Map<string, number>();
  /** Of the formats that remember what a file said before, their readers of that file. */
  readonly #readers = new Map<string, Map<number, FileReader>>();
  /** Specific formats in the order of the list, then the generic ones; the mapped one stands at the beginning of the list. */
  readonly #order: readonly number[];
  readonly #possible: PossibleFormats;
  /** Formats that are asked even before the one that read the last record. */
  readonly #first: readonly number[];

  constructor(options: IngestOptions) {
    this.#options = options;
    const indices = options.formats.map((_format, index) => index);
    const isFallback = (index: number) => isFallbackFormat(options.formats[index]);
    this.#first = indices.filter(index => isFirstFormat(options.formats[index]));
    this.#order = [
      ...indices.filter(index => !isFallback(index)),
      ...indices.filter(index => isFallback(index)),
    ];
    this.#possible = new PossibleFormats(options.formats, this.#order);
  }

  record(record: ParsedRecord): void {
    const { source } = record;
    if (record.replaces) {
      this.#apply({ type: 'retract', source });
    }
    const context = {
      fileName: baseNameOf(source),
      fileModifiedTime: record.fileModifiedTime,
    };
    const understood = this.#understand(record, context);
    if (typeof understood === 'string') {
      this.#apply({ type: 'skipped', range: { ...source, reason: understood } });
      return;
    }
    const { format, reading } = understood;
    this.#lastFormat.set(keyOf(source), format);
    this.#apply({
      type: 'record',
      record: {
        source,
        format,
        id: recordId(reading),
        checksum: recordChecksum(record.bytes),
        sha256: this.#options.hashRecords ? sha256Of(record) : undefined,
        hasTurn: reading.turn !== undefined,
        sessionId: reading.sessionId,
      },
      patches: record.container === 'text' ? reading.spans.map(detach) : reading.spans,
      audit: reading.audit,
    });
  }

  skipped(range: Skipped): void {
    this.#apply({ type: 'skipped', range });
  }

  reset(file: string, entry?: string): void {
    const key = placeOf(file, entry);
    this.#lastFormat.delete(key);
    this.#readers.delete(key);
    this.#apply({ type: 'forget', file, entry });
  }

  status(file: string, status: FileReadStatus): void {
    this.#apply({ type: 'status', file, status });
  }

  /** The reason, when nobody understands it. */
  #understand(record: ParsedRecord, context: ReadContext): Understood | string {
    for (const format of this.#candidates(record, context)) {
      try {
        const reading = this.#readWith(format, record, context);
        if (reading) {
          return { format, reading };
        }
      } catch (error) {
        // a format that stumbles over a record must not take the other records with it
        const problem = error instanceof Error ? error.message : String(error);
        return `the format ${this.#options.formats[format]?.id ?? ''} failed: ${problem.slice(0, 200)}`;
      }
    }
    return unclaimedReason;
  }

  #readWith(index: number, record: ParsedRecord, context: ReadContext): Reading | undefined {
    const format = this.#options.formats[index];
    if (format?.container !== 'json' || !format.open) {
      return readWith(format, record.value, context);
    }
    const key = keyOf(record.source);
    const known = this.#readers.get(key)?.get(index);
    const isClaimed = known?.matches?.(record.value) ?? format.matches(record.value, context);
    if (!isClaimed) {
      return undefined;
    }
    const reader = known ?? format.open(context);
    if (!known) {
      this.#readers.set(key, (this.#readers.get(key) ?? new Map()).set(index, reader));
    }
    return reader.read(record.value);
  }

  #candidates(record: ParsedRecord, context: ReadContext): readonly number[] {
    if (record.container === 'text') {
      const index = this.#options.formats.findIndex(format => format.id === record.textFormat);
      return index < 0 ? [] : [index];
    }
    const key = keyOf(record.source);
    const last = this.#lastFormat.get(key);
    if (last !== undefined && !isFallbackFormat(this.#options.formats[last])) {
      return [...this.#first, last, ...this.#order];
    }
    return this.#hasSpecificReader(key) ? this.#order : this.#possible.of(record.value, context);
  }

  /** Whether a format remembers the file: it may claim what it would not without its memory. */
  #hasSpecificReader(key: string): boolean {
    const readers = this.#readers.get(key);
    if (readers === undefined) {
      return false;
    }
    for (const index of readers.keys()) {
      if (!isFallbackFormat(this.#options.formats[index])) {
        return true;
      }
    }
    return false;
  }

  #apply(change: StoreChange): void {
    this.#options.store.apply(change);
    this.#options.onDidChange(change.type !== 'record');
  }
}

function keyOf({ file, entry }: SourceRef): string {
  return placeOf(file, entry);
}

/** The same record has the same hash whether it was printed on one line or over several. */
function sha256Of({ container, bytes }: ParsedRecord): string {
  return createHash('sha256')
    .update(container === 'json' ? onOneLine(bytes) : bytes)
    .digest('hex');
}

/** What a format says of a record; undefined when it is not one of its own. */
function readWith(
  format: LogFormat | undefined,
  value: unknown,
  context: ReadContext,
): Reading | undefined {
  if (format?.container === 'text') {
    return typeof value === 'string' ? format.read(value, context) : undefined;
  }
  return format?.matches(value, context) ? format.read(value, context) : undefined;
}

function isFallbackFormat(format: LogFormat | undefined): boolean {
  return format?.container === 'json' && format.fallback === true;
}

function isFirstFormat(format: LogFormat | undefined): boolean {
  return format?.container === 'json' && format.first === true;
}

/** The id that the record gives its first span, without the prefix that says what kind of id it is. */
function recordId({ spans }: Reading): string | undefined {
  const first = spans[0];
  const identity = first?.identity;
  return first?.requestId ?? first?.spanId ?? identity?.slice(identity.indexOf(':') + 1);
}

/** Pieces cut out of a text keep the whole text alive; what is kept of a record must not. */
function detach({ content: _content, ...patch }: SpanPatch): SpanPatch {
  return structuredClone(patch);
}
