import { LRUCache } from 'lru-cache';
import { diskAccess, errorCode, type FileAccess } from './read/fileAccess';
import { type FileStamp, isSameStamp, stampOf } from './read/fileStamp';
import type { LogFile } from './store/logFile';

const maxBytes = 32 * 1024 * 1024; // of the records on disk: the longest one there may be, or the longest conversation and more
// that each counts for, so that there are 12,000 at most, more than are opened for one call; were that said as a number, room for all would be made
const leastBytes = Math.ceil(maxBytes / 12_000);
const keptMs = 2000;

interface Recent<Opened> {
  readonly file: LogFile;
  /** Of the record, bytes. */
  readonly offset: number;
  /** Of the file before the record was read. */
  readonly stamp: FileStamp;
  readonly opened: Opened;
}

/**
 * Records that were opened a moment ago and are likely to be opened again for what is asked next: without it each span of a document would have
 * the whole of it parsed, and each call of a conversation all that was said before. As long as their file is as it was, and for two seconds.
 */
export class RecentRecords<Opened extends object> {
  readonly #access: FileAccess;
  readonly #recent = new LRUCache<string, Recent<Opened>>({ maxSize: maxBytes });
  /** Files that were found to be as they were while one question is answered. */
  #unchanged: Map<LogFile, FileStamp> | undefined;

  constructor(access: FileAccess = diskAccess) {
    this.#access = access;
  }

  /** A file is looked at once while `answer` runs. */
  together<T>(answer: () => T): T {
    if (this.#unchanged !== undefined) {
      return answer();
    }
    this.#unchanged = new Map();
    try {
      return answer();
    } finally {
      this.#unchanged = undefined;
    }
  }

  get(file: LogFile, record: number): Opened | undefined {
    const recent = this.#recent.get(keyOf(file, record));
    // its number may be another file's meanwhile, and a last line may have been written to its end
    const isIt = recent?.file === file && recent.offset === file.recordOffset(record);
    return isIt && this.#isUnchanged(recent) ? recent.opened : undefined;
  }

  /** `stamp`: of its file, taken before it was read. */
  keep(file: LogFile, record: number, stamp: FileStamp, opened: Opened): void {
    if (stamp.isRacy) {
      return;
    }
    if (this.#recent.size === 0) {
      setTimeout(() => this.#recent.clear(), keptMs).unref();
    }
    const { length, offset } = file.recordSource(record);
    const size = Math.max(length, leastBytes);
    this.#recent.set(keyOf(file, record), { file, offset, stamp, opened }, { size });
  }

  #isUnchanged({ file, stamp }: Recent<Opened>): boolean {
    const known = this.#unchanged?.get(file);
    const now = known ?? this.#stampOf(file.path);
    if (now !== undefined) {
      this.#unchanged?.set(file, now);
    }
    return now !== undefined && isSameStamp(stamp, now);
  }

  #stampOf(path: string): FileStamp | undefined {
    try {
      return stampOf(this.#access.lstat(path));
    } catch (error) {
      if (errorCode(error) === undefined) {
        throw error;
      }
      return undefined;
    }
  }
}

function keyOf(file: LogFile, record: number): string {
  return `${file.id}:${record}`;
}
