/** Where a record lies on disk: bytes of the original file, never characters. */
export interface SourceRef {
  /** Absolute path. */
  readonly file: string;
  /** First byte of the record. */
  readonly offset: number;
  /** Bytes, without the line break that ends the record. */
  readonly length: number;
  /** Line of the first byte, 1-based. */
  readonly line: number;
}

/** Why a byte range was not understood. The words are shown to people as they are. */
export interface Skipped extends SourceRef {
  readonly reason: string;
}
