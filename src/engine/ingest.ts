import type { FileReader, JsonFormat, LogFormat, ReadContext, Reading } from '../formats/format';
import { placeOf, type Skipped } from '../model/source';
import type { SpanPatch } from '../model/span';
import { type AskedFile, FormatOrder, isFallbackFormat } from './formatOrder';
import { baseNameOf } from './read/logNames';
import { recordChecksum } from './read/readRecord';
import type {
  FileReadStatus,
  LinesAhead,
  ParsedRecord,
  RecordSink,
  TakenLines,
} from './recordSink';
import { isIdle, patience, type QuickFile, QuickLines } from './quickLines';
import { recordId, sha256Of } from './recordWords';
import type { ScanAhead } from './scan/ahead/scanAhead';
import type { Understood } from './scan/planner';
import type { SpanStore } from './store/spanStore';
import type { StoreChange } from './store/storeChange';

/** Why a JSON record was skipped that no format claims. */
export const unclaimedReason = 'no field that we know';

export interface IngestOptions {
  readonly store: Pick<SpanStore, 'apply'>;
  readonly formats: readonly LogFormat[];
  readonly hashRecords: boolean;
  /** Where lines are put that need not be parsed, being like those before them; undefined: all are parsed. */
  readonly quickStore: SpanStore | undefined;
  /** Whether a record is to be known again when it is opened: not when everything is read once and nothing changes. */
  readonly hasChecksums: boolean;
  /** Scans long files before their lines are taken. */
  readonly ahead?: ScanAhead | undefined;
  /**
   * Index of the format that read the last record of a file, as the store knows it: then what is remembered of a file besides is dropped
   * while nothing is written to it, where that may be. Nothing is, when absent.
   */
  readonly lastFormatOf?: ((file: string) => number | undefined) | undefined;
  /** See `QuickOptions`. */
  readonly learnAfterBytes?: number | undefined;
  /** Called after every change of the store; `ofFile`: what is told of the file as a whole is another, too. */
  readonly onDidChange: (ofFile: boolean) => void;
}

/** What is kept of a file (or of an entry of one) while its records come. */
interface FileMemory extends QuickFile, AskedFile {}

/** Asks the formats what a record means and gives the answer to the store. A record that nobody understands is kept as skipped. */
export class Ingest implements RecordSink {
  readonly #quick: QuickLines | undefined;
  readonly #options: IngestOptions;
  readonly #memories = new Map<string, FileMemory>();
  readonly #order: FormatOrder;

  constructor(options: IngestOptions) {
    this.#options = options;
    this.#quick = options.quickStore && new QuickLines(options.quickStore, options);
    this.#order = new FormatOrder(options.formats);
  }

  record(record: ParsedRecord): void {
    const { source } = record;
    if (record.replaces) {
      this.#apply({ type: 'retract', source });
    }
    const { file, entry } = source;
    const memory = this.#memoryOf({ file, entry, isPreview: record.isPreview });
    const context = { fileName: memory.fileName, fileModifiedTime: record.fileModifiedTime };
    const understood = this.#understand(record, context, memory);
    const { isPreview } = record;
    if (typeof understood === 'string') {
      this.#apply({ type: 'skipped', range: { ...source, reason: understood }, isPreview });
      return;
    }
    const { format, reading } = understood;
    this.#remember(memory, format);
    this.#quick?.learn(record, understood, memory, (value, given) =>
      this.#order.of({ ...record, value }, given, memory),
    );
    this.#apply({
      type: 'record',
      record: {
        source,
        format,
        id: recordId(reading),
        checksum: this.#options.hasChecksums ? recordChecksum(record.bytes) : 0,
        sha256: this.#options.hashRecords ? sha256Of(record) : undefined,
        hasTurn: reading.turn !== undefined,
        sessionId: reading.sessionId,
      },
      patches: record.container === 'text' ? reading.spans.map(detach) : reading.spans,
      audit: reading.audit,
      isPreview,
    });
  }

  takeLines(ahead: LinesAhead): TakenLines | undefined {
    const memory = this.#memoryOf(ahead);
    const taken = this.#quick?.take(ahead, memory);
    if (taken?.lastFormat !== undefined) {
      this.#remember(memory, taken.lastFormat);
      this.#options.onDidChange(false);
    }
    return taken;
  }

  /** What the formats claim is another thing from now on. */
  forgetShapes(): void {
    this.#quick?.forgetShapes();
  }

  /** Index of the format that read the last record of a file; undefined: what its next record means depends on those before. */
  formatFor(file: string): number | undefined {
    const memory = this.#memories.get(placeOf(file, undefined));
    if (memory === undefined) {
      return this.#options.lastFormatOf?.(file);
    }
    return isIdle(memory) ? memory.lastFormat : undefined;
  }

  /** The last record of the file was read by this format. */
  goOn(file: string, format: number): void {
    this.#resume(this.#memoryOf({ file }), format);
  }

  skipped(range: Skipped): void {
    this.#apply({ type: 'skipped', range });
  }

  reset(file: string, entry?: string): void {
    this.#memories.delete(placeOf(file, entry));
    this.#memories.delete(previewKey(file));
    this.#apply({ type: 'forget', file, entry });
  }

  dropPreview(file: string): void {
    this.#memories.delete(previewKey(file));
    this.#apply({ type: 'forget', file, isPreview: true });
  }

  status(file: string, status: FileReadStatus): void {
    this.#apply({ type: 'status', file, status });
    const key = placeOf(file, undefined);
    const memory = status.state === 'live' ? this.#memories.get(key) : undefined;
    if (memory !== undefined && this.#isReplaceable(file, memory)) {
      this.#memories.delete(key);
    }
  }

  /** Whether the store knows all that matters of what is remembered of a file. */
  #isReplaceable(file: string, { lastFormat, readers, quickLines }: FileMemory): boolean {
    if (quickLines !== patience || this.#options.lastFormatOf?.(file) !== lastFormat) {
      return false;
    }
    for (const [format, reader] of readers ?? []) {
      if (format !== lastFormat || reader.isReplaceable?.() !== true) {
        return false;
      }
    }
    return true;
  }

  /** The last record of the file was read by this format, and there is nothing else to remember. */
  #resume(memory: FileMemory, format: number): void {
    this.#remember(memory, format);
    const known = this.#options.formats[format];
    if (known?.container === 'json') {
      openReader(known, format, { fileName: memory.fileName }, memory)?.goOn?.();
    }
  }

  #memoryOf(source: MemoryPlace): FileMemory {
    const key =
      source.isPreview === true ? previewKey(source.file) : placeOf(source.file, source.entry);
    let memory = this.#memories.get(key);
    if (memory === undefined) {
      memory = {
        fileName: baseNameOf(source),
        candidates: undefined,
        lastFormat: undefined,
        readers: undefined,
        hasSpecificReader: false,
        quickLines: patience,
      };
      this.#memories.set(key, memory);
      const isWhole = source.entry === undefined && source.isPreview !== true;
      const format = isWhole ? this.#options.lastFormatOf?.(source.file) : undefined;
      if (format !== undefined) {
        this.#resume(memory, format);
      }
    }
    return memory;
  }

  /** The format that read the last record of a file is asked first for the next one. */
  #remember(memory: FileMemory, format: number): void {
    if (memory.lastFormat === format) {
      return;
    }
    memory.lastFormat = format;
    memory.candidates = this.#order.after(format);
  }

  /** The reason, when nobody understands it. */
  #understand(record: ParsedRecord, context: ReadContext, memory: FileMemory): Understood | string {
    for (const format of this.#order.of(record, context, memory)) {
      try {
        const reading = this.#readWith(format, record, context, memory);
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

  /** undefined when the record is not one of this format's own. */
  #readWith(
    index: number,
    { value }: ParsedRecord,
    context: ReadContext,
    memory: FileMemory,
  ): Reading | undefined {
    const format = this.#options.formats[index];
    if (format?.container !== 'json') {
      return typeof value === 'string' ? format?.read(value, context) : undefined;
    }
    const known = memory.readers?.get(index);
    const isClaimed = known?.matches?.(value) ?? format.matches(value, context);
    if (!isClaimed) {
      return undefined;
    }
    const reader = known ?? openReader(format, index, context, memory);
    return reader === undefined ? format.read(value, context) : reader.read(value);
  }

  #apply(change: StoreChange): void {
    this.#options.store.apply(change);
    this.#options.onDidChange(change.type !== 'record');
  }
}

/** undefined: the format remembers nothing of a file. */
function openReader(
  format: JsonFormat,
  index: number,
  context: ReadContext,
  memory: FileMemory,
): FileReader | undefined {
  const reader = format.open?.(context);
  if (reader !== undefined) {
    memory.readers ??= new Map();
    memory.readers.set(index, reader);
    memory.hasSpecificReader ||= !isFallbackFormat(format);
  }
  return reader;
}

/** Whose memory is asked for; a preview has one of its own. */
interface MemoryPlace {
  readonly file: string;
  readonly entry?: string | undefined;
  readonly isPreview?: boolean | undefined;
}

/** What a file says at its end is read with a memory of its own. */
function previewKey(file: string): string {
  return `${file}\0\0preview`;
}

/** Pieces cut out of a text keep the whole text alive; what is kept of a record must not. */
function detach({ content: _content, ...patch }: SpanPatch): SpanPatch {
  return structuredClone(patch);
}
