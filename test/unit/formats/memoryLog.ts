import type { BigIntStats } from 'node:fs';
import { EngineCore } from '../../../src/engine/core';
import { Ingest } from '../../../src/engine/ingest';
import { defaultMaxRecordBytes } from '../../../src/engine/read/bounds';
import type { FileAccess } from '../../../src/engine/read/fileAccess';
import { FileTail } from '../../../src/engine/read/fileTail';
import { UnpackSlot } from '../../../src/engine/read/packed/unpackSlot';
import { SharedWindow } from '../../../src/engine/read/sharedWindow';
import type { ParsedRecord, RecordSink } from '../../../src/engine/recordSink';
import type { StoreChange } from '../../../src/engine/store/storeChange';
import { formats } from '../../../src/formats/index';
import type { Span, SpanPatch } from '../../../src/model/span';
import { Believed, unaccounted } from '../read/believed';

/** A record as the store was told it: where it lies, whose it is, what it says. */
export interface KeptReading {
  readonly offset: number;
  readonly length: number;
  readonly container: 'json' | 'text';
  /** Id of the format. */
  readonly format: string;
  readonly value: unknown;
  /** Without bodies, as plain data. */
  readonly patches: readonly unknown[];
}

const modifiedMs = Date.UTC(2026, 9, 5); // long ago enough for a file that nobody writes any more

const sharedWindow = new SharedWindow();

/** One log in memory that the engine's own tail, parser, ingest and store read; only the disk is not real. */
export class MemoryLog {
  readonly readings = new Map<number, KeptReading>();
  readonly #believed = new Believed();
  readonly #changes: StoreChange[] = [];
  readonly #file: string;
  readonly #tail: FileTail;
  #bytes: Buffer = Buffer.alloc(0);
  #record: ParsedRecord | undefined;

  /** `final`: the end of the bytes is the end of the file. */
  constructor(fileName: string, final: boolean) {
    this.#file = `/${fileName}`;
    const ingest = new Ingest({
      store: { apply: change => this.#take(change) },
      formats,
      hashRecords: false,
      quickStore: undefined,
      hasChecksums: true,
      onDidChange: () => {},
    });
    this.#tail = new FileTail(this.#file, {
      targetOf: file => file,
      sink: this.#tee(ingest),
      formats,
      access: this.#access(),
      window: sharedWindow,
      slot: new UnpackSlot(),
      maxRecordBytes: defaultMaxRecordBytes,
      final,
      preview: undefined,
    });
  }

  /** The file is now these bytes. */
  write(bytes: Buffer): void {
    this.#bytes = bytes;
  }

  /** Reads all that is there; a last line without a line break may stay pending. */
  look(): { readonly inMs: number } | undefined {
    for (;;) {
      const next = this.#tail.look();
      if (next !== 'now') {
        return typeof next === 'object' ? next : undefined;
      }
    }
  }

  /** Reads all that is there, and what is pending, too: the clock is put on by the silence that this takes. */
  settle(): void {
    const now = performance.now.bind(performance);
    let skippedMs = 0;
    performance.now = () => now() + skippedMs;
    try {
      for (let wait = this.look(); wait !== undefined; wait = this.look()) {
        skippedMs += wait.inMs;
      }
    } finally {
      Reflect.deleteProperty(performance, 'now');
    }
  }

  /** Bytes that are said twice, wrongly or not at all. */
  faults(): readonly string[] {
    return unaccounted(this.#believed.file(this.#file), this.#bytes);
  }

  /** Records in file order. */
  records(): readonly KeptReading[] {
    return [...this.readings.values()].toSorted((one, other) => one.offset - other.offset);
  }

  skippedReasons(): readonly string[] {
    return this.#believed.reasons(this.#file);
  }

  spans(): readonly Span[] {
    const core = new EngineCore(formats, file => file.slice(1));
    this.#changes.forEach(change => core.store.apply(change));
    return [...core.spans()];
  }

  #take(change: StoreChange): void {
    this.#changes.push(change);
    if (change.type === 'forget') {
      this.readings.clear();
    } else if (change.type === 'retract') {
      this.readings.delete(change.source.offset);
    } else if (change.type === 'record') {
      const { source, format } = change.record;
      this.readings.set(source.offset, {
        offset: source.offset,
        length: source.length,
        container: this.#record?.container ?? 'json',
        format: formats[format]?.id ?? '',
        value: this.#record?.value,
        patches: change.patches.map(withoutBodies),
      });
    }
  }

  #tee(ingest: RecordSink): RecordSink {
    const believed = this.#believed;
    return {
      record: record => {
        this.#record = record;
        believed.record(record);
        ingest.record(record);
      },
      skipped: range => {
        believed.skipped(range);
        ingest.skipped(range);
      },
      reset: file => {
        believed.reset(file);
        ingest.reset(file);
      },
      dropPreview: file => {
        believed.dropPreview(file);
        ingest.dropPreview(file);
      },
      status: (file, status) => {
        believed.status(file, status);
        ingest.status(file, status);
      },
    };
  }

  #access(): FileAccess {
    const stat = (): BigIntStats => {
      const times = BigInt(modifiedMs) * 1_000_000n + 1n;
      const size = BigInt(this.#bytes.length);
      const known = { dev: 1n, ino: 1n, size, mtimeNs: times, ctimeNs: times, isFile: () => true };
      // the tail asks for nothing else of a file
      return known as unknown as BigIntStats;
    };
    return {
      lstat: stat,
      glance: () => undefined,
      glanceThrough: () => {
        throw new Error('nobody looks at the folder');
      },
      isLocal: () => true,
      realpath: file => file,
      list: () => [],
      open: () => ({
        stat,
        read: (target, length, offset) =>
          this.#bytes.copy(target, 0, offset, Math.min(this.#bytes.length, offset + length)),
        close: () => {},
      }),
    };
  }
}

/** A file that is read to its end at once. */
export function readAtOnce(bytes: Buffer, fileName: string): MemoryLog {
  const log = new MemoryLog(fileName, true);
  log.write(bytes);
  log.look();
  return log;
}

function withoutBodies({ content: _content, ...patch }: SpanPatch): unknown {
  return patch;
}

/** What is known of the calls, whatever their place in the file: sorted, without keys, traces and sources. */
export function callFacts(spans: readonly Span[]): readonly string[] {
  return spans
    .map(
      ({
        key: _key,
        traceKey: _trace,
        join: _join,
        joinedTraceId: _joined,
        sources: _sources,
        ...facts
      }) => JSON.stringify(facts),
    )
    .toSorted();
}
