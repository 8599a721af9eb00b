import {
  type BigIntStats,
  closeSync,
  constants,
  fstatSync,
  lstatSync,
  openSync,
  readdirSync,
  readSync,
  realpathSync,
  type Stats,
  statSync,
} from 'node:fs';
import { isLocalDisk } from './localDisk';

/** What of the file system the reading side uses; tests put faults into it. All calls throw as node:fs does. */
export interface FileAccess {
  lstat(path: string): BigIntStats;
  /** The same in plain numbers, times exact to the microsecond: for looks at very many files. undefined: it is gone. */
  glance(path: string): Stats | undefined;
  /** The same of what a link leads to. Throws when there is nothing. */
  glanceThrough(path: string): Stats;
  realpath(path: string): string;
  list(folder: string): readonly FolderEntry[];
  open(path: string): OpenFile;
  /** Whether whatever changes in this folder goes through the kernel of this machine, which then has an event for it. */
  isLocal(folder: string): boolean;
}

export interface FolderEntry {
  readonly name: string;
  readonly isFolder: boolean;
}

export interface OpenFile {
  stat(): BigIntStats;
  /** Reads into `target` from its start; returns how many bytes there were. */
  read(target: Buffer, length: number, offset: number): number;
  close(): void;
}

// Windows knows neither flag: there they are undefined, which is 0 in a bit mask.
// O_NONBLOCK: opening a pipe must not wait for its writer. O_NOFOLLOW: a log is never a link to another file.
const openFlags = constants.O_RDONLY | constants.O_NONBLOCK | constants.O_NOFOLLOW;

// one object for all calls: each takes a third less memory, and no glance at ten thousand files makes the collector work
const orNothing = { throwIfNoEntry: false } as const;

const isWindows = process.platform === 'win32';

/**
 * The real file system. Synchronous on purpose: the engine has its own thread, and one system call of microseconds costs
 * less than the way through the thread pool; what is slow is cut into small steps by the caller.
 */
export const diskAccess: FileAccess = {
  lstat: path => lstatSync(path, { bigint: true }),
  glance: path => lstatSync(path, orNothing),
  glanceThrough: path => statSync(path),
  // the native one is a single call; on Windows it also resolves drives that stand for folders, and a path would be another one
  realpath: path => (isWindows ? realpathSync(path) : realpathSync.native(path)),
  list: folder =>
    readdirSync(folder, { withFileTypes: true }).map(entry => ({
      name: entry.name,
      isFolder: entry.isDirectory(),
    })),
  open: path => {
    const descriptor = openSync(path, openFlags);
    return {
      stat: () => fstatSync(descriptor, { bigint: true }),
      read: (target, length, offset) => readFully(descriptor, target, length, offset),
      close: () => closeSync(descriptor),
    };
  },
  isLocal: isLocalDisk,
};

function readFully(descriptor: number, target: Buffer, length: number, offset: number): number {
  let count = 0;
  while (count < length) {
    const read = readSync(descriptor, target, count, length - count, offset + count);
    if (read === 0) {
      break;
    }
    count += read;
  }
  return count;
}

/** The code of a system error (`ENOENT`), undefined for any other error. */
export function errorCode(error: unknown): string | undefined {
  return error instanceof Error && 'code' in error && typeof error.code === 'string'
    ? error.code
    : undefined;
}

/** A sentence for people. */
export function accessProblem(error: unknown, what: 'file' | 'folder'): string {
  const code = errorCode(error);
  if (code === 'EACCES' || code === 'EPERM') {
    return `No permission to read this ${what}.`;
  }
  if (code === 'EMFILE' || code === 'ENFILE') {
    return 'Too many files are open on this machine; it will be tried again.';
  }
  if (code === 'EIO' || code === 'ESTALE' || code === 'ETIMEDOUT') {
    return `The disk or network drive does not answer (${code}); it will be tried again.`;
  }
  return `This ${what} cannot be read (${code ?? String(error)}).`;
}
