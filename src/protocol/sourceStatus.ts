// What the engine says of the folders and files that it reads, and of those that it could.

export interface FileStatus {
  readonly path: string;
  /** Relative to its source. */
  readonly name: string;
  /** `stopped`: the user does not want the rest of it read. */
  readonly state: 'live' | 'reading' | 'stopped' | 'notALog' | 'unreadable' | 'gone';
  /** One plain sentence when there is something to say: why it is unreadable, what it is instead of a log. */
  readonly message?: string | undefined;
  readonly formats: readonly string[];
  /** Of a file that was unpacked: how many of its entries hold records or skipped ranges; undefined for any other. */
  readonly entries?: number | undefined;
  readonly sizeBytes: number;
  readonly records: number;
  readonly calls: number;
  readonly auditEntries: number;
  readonly skipped: number;
  /** It has JSON records that no format understands: a mapping could read them. */
  readonly canBeMapped: boolean;
  /** Not a record yet: bytes after the last line break, and all that is still to be read. */
  readonly pendingBytes: number;
  /** Records at its end that are shown before those in front of them were read. */
  readonly previewed: number;
}

export interface SourceStatus {
  readonly path: string;
  readonly kind: 'folder' | 'file';
  /** `stopped`: the user does not want the rest read; what is written from now on is. */
  readonly state: 'live' | 'reading' | 'stopped' | 'missing' | 'unreadable' | 'empty';
  readonly message?: string | undefined;
  readonly files: number;
  readonly sizeBytes: number;
  readonly records: number;
  readonly skipped: number;
  /** 0..1 while reading, and where it was stopped. */
  readonly progress?: number | undefined;
  /** Bytes of its files that are still to be read. */
  readonly unreadBytes: number;
  /** Records at the ends of its files that are shown before those in front of them were read. */
  readonly previewed: number;
}

/** A folder that holds logs we understand, found by content. */
export interface DiscoveredFolder {
  readonly path: string;
  readonly files: number;
  readonly formats: readonly string[];
}

/** A place where a well-known tool keeps logs. */
export interface KnownLogs {
  /** Of the tool; several places may be one tool's. */
  readonly id: string;
  readonly name: string;
  /** Absolute. */
  readonly path: string;
  readonly exists: boolean;
  /** When the folder or file itself was changed, epoch ms; what lies in it may be newer. */
  readonly changedTime?: number | undefined;
}
