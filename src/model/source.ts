/** Where a record lies on disk: bytes of the original file, or of an entry of it, never characters. */
export interface SourceRef {
  /** Absolute path. */
  readonly file: string;
  /**
   * For a file that is unpacked to be read: what of it. The name in an archive, the name without `.gz`, a table of a database.
   * Only a label. Offset, length and line then count in the unpacked entry, for a table in its rows as lines of JSON.
   */
  readonly entry?: string | undefined;
  /** First byte of the record. */
  readonly offset: number;
  /** Bytes, without the line break that ends the record. */
  readonly length: number;
  /** Line of the first byte, 1-based; undefined as long as what stands before the record was not read. */
  readonly line: number | undefined;
}

/** One name for the bytes that offsets count in: no two files or entries have the same. Not for people. */
export function placeOf(file: string, entry: string | undefined): string {
  return entry === undefined ? file : `${file}\0${entry}`;
}

/** Where in its file a record lies, as people say it after the name: `:12`, or its byte while the line is unknown. */
export function positionLabel({ line, offset }: SourceRef): string {
  return line === undefined ? ` at byte ${offset.toLocaleString('en')}` : `:${line}`;
}

/** How the place is called that a file and an entry make, where the file is called `name`: `logs.zip!/app.log`. */
export function placeLabel(name: string, entry: string | undefined): string {
  return entry === undefined ? name : `${name}!/${entry}`;
}

/** Why a byte range was not understood. The words are shown to people as they are. */
export interface Skipped extends SourceRef {
  readonly reason: string;
}
