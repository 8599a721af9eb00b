import type { RecordSink } from '../../recordSink';
import type { EntryReader } from './entryReader';

/** What the sink was told of an entry. */
interface ToldEntry {
  /** Of the content; undefined: it must be looked at to know whether it is the same. */
  readonly signature: string | undefined;
  /** Of an entry that may grow. */
  readonly reader: EntryReader | undefined;
}

/** The entries of a packed file that the sink was told of. */
export class ToldEntries {
  private readonly entries = new Map<string, ToldEntry>();
  private readonly logs = new Set<string>();

  constructor(
    private readonly file: string,
    private readonly sink: RecordSink,
  ) {}

  /** Whether there are records in any of them. */
  get haveLogs(): boolean {
    return this.logs.size > 0;
  }

  get(name: string): ToldEntry | undefined {
    return this.entries.get(name);
  }

  set(name: string, entry: ToldEntry): void {
    this.entries.set(name, entry);
  }

  noteLog(name: string): void {
    this.logs.add(name);
  }

  forget(name: string): void {
    if (this.entries.delete(name)) {
      this.logs.delete(name);
      this.sink.reset(this.file, name);
    }
  }

  forgetAllBut(names: ReadonlySet<string>): void {
    for (const name of this.entries.keys()) {
      if (!names.has(name)) {
        this.forget(name);
      }
    }
  }
}
