import type { LogFormat } from '../../../formats/format';
import type { RecordSink } from '../../recordSink';
import { archivePatienceMs, maxUnpackedBytes, quietMs } from '../bounds';
import type { FileAccess, OpenFile } from '../fileAccess';
import type { FileStamp } from '../fileStamp';
import { baseNameOf, hasLogName } from '../logNames';
import type { Container } from '../sniff';
import { type Archive, type PackedEntry, type PackedSource, readRange } from './archive';
import { EntryReader } from './entryReader';
import { openArchive } from './openArchive';
import { sideStamp } from './sideStamp';
import { ToldEntries } from './toldEntries';
import type { UnpackSlot } from './unpackSlot';
import { zlib } from '../../builtins';

export interface PackedFileOptions {
  readonly file: string;
  readonly container: Container;
  /** Path of the bytes. */
  readonly target: () => string;
  readonly access: FileAccess;
  /** Whether a format knows this value. */
  readonly isClaimed: (value: unknown) => boolean;
  readonly sink: RecordSink;
  readonly formats: readonly LogFormat[];
  readonly maxRecordBytes: number;
  readonly slot: UnpackSlot;
}

/** The file at one look. */
export interface PackedLook {
  readonly file: OpenFile;
  readonly stamp: FileStamp;
  /** Epoch ms. */
  readonly modifiedTime: number;
  /** Since anything changed. Milliseconds; Infinity when nothing will. */
  readonly quietForMs: number;
}

/** What came of a look. `waits`: what was read before still stands. */
export type PackedState =
  | { readonly state: 'refused'; readonly message: string }
  | { readonly state: 'waits'; readonly message: string; readonly inMs: number }
  | { readonly state: 'reading' }
  | { readonly state: 'read'; readonly isLog: boolean; readonly message: string | undefined };

interface Running {
  readonly archive: Archive;
  readonly stamp: string;
  readonly entries: PackedEntry[];
  readonly messages: Set<string>;
  unpackedBytes: number;
  reader: EntryReader | undefined;
  /** Name of what the reader reads. */
  entry: string;
}

const fingerprintBytes = 4096;
const beingWritten = 'It is still being written, or cut off; it is read when it is whole.';
const isCutOff = 'It is cut off: the end is missing.';

/** Reads a packed file entry by entry, and again when it has changed. What is the same in it is not read again. */
export class PackedFile {
  private readonly told: ToldEntries;
  private running: Running | undefined;
  private size = 0;
  private stampBeside = '';
  private done: { readonly stamp: string; readonly state: PackedState } | undefined;

  constructor(private readonly options: PackedFileOptions) {
    this.told = new ToldEntries(options.file, options.sink);
  }

  get container(): Container {
    return this.options.container;
  }

  /** Bytes of the file that are not read yet. */
  get pendingBytes(): number {
    return this.done === undefined ? this.size : 0;
  }

  /** Whether what stands beside the file has changed. */
  hasNewsBeside(): boolean {
    return this.stampBeside !== this.stampBesideNow();
  }

  /** Another file holds an unpacked entry: there is no point in a look. */
  get mustWait(): boolean {
    return this.running !== undefined && !this.options.slot.isFreeFor(this);
  }

  /** Takes one step. `reading`: there is more to do at once. Throws errors of the disk. */
  look(look: PackedLook): PackedState {
    const stamp = this.stampOf(look);
    if (this.done?.stamp === stamp) {
      return this.done.state;
    }
    this.done = undefined;
    if (this.running?.stamp !== stamp) {
      this.stop();
      const started = this.start(look, stamp);
      if (started !== undefined) {
        return started;
      }
    }
    return this.running === undefined ? { state: 'reading' } : this.step(this.running, look);
  }

  /** Holds nothing in memory until the next look; an entry that was begun is read again then. */
  stop(): void {
    if (this.running?.reader !== undefined) {
      this.told.forget(this.running.entry);
    }
    this.running = undefined;
    this.options.slot.release(this);
  }

  /** Nothing of it holds any more. */
  leave(): void {
    this.stop();
    this.done = undefined;
    this.told.forgetAllBut(new Set());
  }

  private stampOf({ file, stamp }: PackedLook): string {
    const { identity, size, mtimeNs, ctimeNs } = stamp;
    this.size = size;
    this.stampBeside = this.stampBesideNow();
    const end = fingerprint(file, size);
    return [identity, size, mtimeNs, ctimeNs, end, this.stampBeside].join(' ');
  }

  private stampBesideNow(): string {
    const { access, target } = this.options;
    return this.container === 'sqlite' ? sideStamp(target(), access) : '';
  }

  private sourceOf({ file }: PackedLook): PackedSource {
    const { target, isClaimed } = this.options;
    const name = baseNameOf({ file: this.options.file });
    return { file, path: target(), name, size: this.size, isClaimed };
  }

  private start(look: PackedLook, stamp: string): PackedState | undefined {
    if (look.quietForMs < quietMs) {
      return { state: 'waits', message: beingWritten, inMs: quietMs - look.quietForMs };
    }
    const archive = openArchive(this.container, this.sourceOf(look));
    if ('problem' in archive) {
      return archive.isPassing === true
        ? { state: 'waits', message: archive.problem, inMs: archivePatienceMs }
        : { state: 'refused', message: archive.problem };
    }
    if (!archive.isWhole && look.quietForMs < archivePatienceMs) {
      return waits(look);
    }
    this.told.forgetAllBut(new Set(archive.entries.map(({ name }) => name)));
    const messages = new Set(archive.message === undefined ? [] : [archive.message]);
    if (!archive.isWhole) {
      messages.add(isCutOff);
    }
    const entries = archive.entries.filter(
      ({ name, signature }) =>
        signature === undefined || this.told.get(name)?.signature !== signature,
    );
    this.running = {
      archive,
      stamp,
      entries,
      messages,
      unpackedBytes: 0,
      reader: undefined,
      entry: '',
    };
    return undefined;
  }

  private step(running: Running, look: PackedLook): PackedState {
    if (!this.options.slot.isFreeFor(this) || running.reader?.step() === true) {
      return { state: 'reading' };
    }
    this.endEntry(running);
    const entry = running.entries.shift();
    if (entry !== undefined) {
      const state = this.startEntry(running, entry, look);
      if (state.state !== 'reading') {
        this.stop();
      }
      return state;
    }
    const message = running.messages.size > 0 ? [...running.messages].join(' ') : undefined;
    const state: PackedState = { state: 'read', isLog: this.told.haveLogs, message };
    this.stop();
    this.done = { stamp: running.stamp, state };
    return state;
  }

  private startEntry(running: Running, entry: PackedEntry, look: PackedLook): PackedState {
    if (running.unpackedBytes > maxUnpackedBytes) {
      running.messages.add(
        `Only the first ${maxUnpackedBytes.toLocaleString('en')} unpacked bytes are read.`,
      );
      running.entries.length = 0;
      return { state: 'reading' };
    }
    const unpacked = entry.unpack(this.sourceOf(look));
    if ('problem' in unpacked) {
      if (unpacked.isPassing === true) {
        return { state: 'waits', message: unpacked.problem, inMs: archivePatienceMs };
      }
      return this.skipEntry(running, entry, unpacked);
    }
    if (unpacked.isCut && running.archive.isWhole && look.quietForMs < archivePatienceMs) {
      return waits(look);
    }
    if (unpacked.isCut) {
      running.messages.add(isCutOff);
    }
    if (unpacked.message !== undefined) {
      running.messages.add(unpacked.message);
    }
    running.unpackedBytes += unpacked.bytes.length;
    this.startReader(running, entry, unpacked.bytes, look.modifiedTime);
    return { state: 'reading' };
  }

  private startReader(
    running: Running,
    { name, signature }: PackedEntry,
    bytes: Buffer,
    fileModifiedTime: number,
  ): void {
    const { file, sink, formats, maxRecordBytes, slot } = this.options;
    const known = this.told.get(name)?.reader;
    slot.take(this);
    running.entry = name;
    if (known?.goOn(bytes, fileModifiedTime) === true) {
      running.reader = known;
      return;
    }
    this.told.forget(name);
    const about = { file, entry: name, bytes, sink, formats, maxRecordBytes, fileModifiedTime };
    const reader = new EntryReader(about);
    running.reader = reader;
    this.told.set(name, { signature, reader: signature === undefined ? reader : undefined });
  }

  private endEntry(running: Running): void {
    if (running.reader?.isLog === true) {
      this.told.noteLog(running.entry);
    }
    running.reader?.end();
    running.reader = undefined;
    this.options.slot.release(this);
  }

  /** An entry that cannot be unpacked; a file that is nothing but this entry is refused. */
  private skipEntry(
    running: Running,
    { name }: PackedEntry,
    { problem, unreadBytes }: { readonly problem: string; readonly unreadBytes: number },
  ): PackedState {
    if (this.container === 'gzip' || this.container === 'zstd') {
      return { state: 'refused', message: problem };
    }
    const { file, sink } = this.options;
    this.told.forget(name);
    if (hasLogName(baseNameOf({ file, entry: name }))) {
      // without a signature: it is said again when the file is read again
      this.told.set(name, { signature: undefined, reader: undefined });
      const range = { file, entry: name, offset: 0, length: unreadBytes, line: 1 };
      sink.skipped({ ...range, reason: problem });
    }
    running.messages.add(`In ${name}: ${problem}`);
    return { state: 'reading' };
  }
}

function waits({ quietForMs }: PackedLook): PackedState {
  return { state: 'waits', message: beingWritten, inMs: archivePatienceMs - quietForMs };
}

/** The end of a file holds checksums of what is before it, or the places of it. */
function fingerprint(file: OpenFile, size: number): number {
  return zlib().crc32(readRange(file, Math.max(0, size - fingerprintBytes), fingerprintBytes));
}
