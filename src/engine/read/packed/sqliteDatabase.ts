import { existsSync } from 'node:fs';
import { pathToFileURL } from 'node:url';
import { errorCode } from '../fileAccess';
import { type PackedSource, readRange } from './archive';

/** What of `node:sqlite` is used: https://nodejs.org/api/sqlite.html. Our types of Node are older than the module. */
interface Statement {
  setReadBigInts(enabled: boolean): void;
  iterate?(): Iterable<Row>;
  all(): readonly Row[];
}
interface Database {
  exec(sql: string): void;
  prepare(sql: string): Statement;
  close(): void;
}
interface SqliteModule {
  readonly DatabaseSync: new (path: string, options: { readOnly: boolean }) => Database;
}
type Row = Readonly<Record<string, unknown>>;

const needsNewerNode =
  "An SQLite database: needs Node 22.5 or newer to be read (VS Code's own is).";
/** Of the file header: https://www.sqlite.org/fileformat.html */
const writeVersionAt = 18;
const writeAheadLog = 2;
/** Result codes of SQLite: somebody else is writing. */
const busy = 5;
const locked = 6;

/** Why a database cannot be read, in one plain sentence. */
export class SqliteFailure extends Error {
  constructor(
    message: string,
    /** It may be another in a moment. */
    readonly isPassing: boolean,
  ) {
    super(message);
  }
}

/** A database open for reading only. Its methods throw `SqliteFailure`. */
export class SqliteDatabase {
  constructor(private readonly database: Database) {}

  /** Rows of a query, values as JSON can hold them. */
  *rows(sql: string): Generator<Row> {
    try {
      const statement = this.database.prepare(sql);
      statement.setReadBigInts(true);
      for (const row of statement.iterate?.() ?? statement.all()) {
        yield Object.fromEntries(Object.entries(row).map(([name, value]) => [name, toJson(value)]));
      }
    } catch (error) {
      throw toFailure(error);
    }
  }

  /** All rows of a table, by rowid where it has one. */
  table(name: string): Generator<Row> {
    const quoted = `"${name.replaceAll('"', '""')}"`;
    return this.rows(`SELECT * FROM ${quoted}${this.hasRowid(quoted) ? ' ORDER BY rowid' : ''}`);
  }

  close(): void {
    this.database.close();
  }

  private hasRowid(quoted: string): boolean {
    try {
      this.database.prepare(`SELECT rowid FROM ${quoted} LIMIT 0`);
      return true;
    } catch (error) {
      if (errorCode(error) !== 'ERR_SQLITE_ERROR') {
        throw error;
      }
      return false;
    }
  }
}

/** Opens a database. Nothing is written to it, and no code of its schema runs. Throws `SqliteFailure`. */
export function databaseOf(source: PackedSource): SqliteDatabase {
  const sqlite = loadSqlite();
  if (sqlite === undefined) {
    throw new SqliteFailure(needsNewerNode, false);
  }
  try {
    const database = new sqlite.DatabaseSync(addressOf(source), { readOnly: true });
    database.exec('PRAGMA trusted_schema = OFF');
    return new SqliteDatabase(database);
  } catch (error) {
    throw toFailure(error);
  }
}

/**
 * SQLite makes two files beside a database with a write-ahead log, also for those who only read. Where there is no such log
 * the database is whole without it, and is opened as one that nobody changes: nothing is made then.
 */
function addressOf({ file, path }: PackedSource): string {
  const [writeVersion] = readRange(file, writeVersionAt, 1);
  if (writeVersion !== writeAheadLog || existsSync(writeAheadLogOf(path))) {
    return path;
  }
  const address = pathToFileURL(path);
  address.search = '?immutable=1';
  return address.href;
}

/** Where a database's latest changes may stand. */
export function writeAheadLogOf(path: string): string {
  return `${path}-wal`;
}

/** undefined where this Node has none. */
function loadSqlite(): SqliteModule | undefined {
  const emitWarning: unknown = Reflect.get(process, 'emitWarning');
  // the module says that it is experimental, which users of a log viewer can do nothing about
  process.emitWarning = () => undefined;
  try {
    // what the module of this name holds is documented, and not in our types of Node
    return process.getBuiltinModule('node:sqlite') as SqliteModule | undefined;
  } finally {
    Reflect.set(process, 'emitWarning', emitWarning);
  }
}

function toFailure(error: unknown): SqliteFailure {
  if (!(error instanceof Error) || errorCode(error) !== 'ERR_SQLITE_ERROR') {
    throw error;
  }
  const code = 'errcode' in error && typeof error.errcode === 'number' ? error.errcode & 0xff : 0;
  return code === busy || code === locked
    ? new SqliteFailure('An SQLite database that is being written; it will be tried again.', true)
    : new SqliteFailure(`An SQLite database that cannot be read: ${error.message}.`, false);
}

/** Whole numbers come as bigint, BLOBs as bytes. */
function toJson(value: unknown): unknown {
  if (typeof value === 'bigint') {
    const number = Number(value);
    return Number.isSafeInteger(number) ? number : String(value);
  }
  return value instanceof Uint8Array ? { $blob: value.length } : value;
}
