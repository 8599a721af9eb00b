import { giveUpBytes, maxEntries, maxEntryBytes } from '../bounds';
import type { ArchiveOpener, PackedEntry, PackedSource, Unpacked } from './archive';
import { databaseOf, type SqliteDatabase, SqliteFailure } from './sqliteDatabase';

const tableQuery = `SELECT name FROM sqlite_schema
  WHERE type = 'table' AND substr(name, 1, 7) <> 'sqlite_' AND sql NOT LIKE 'CREATE VIRTUAL%'
  ORDER BY name LIMIT ${maxEntries}`;

/**
 * Each table is an entry: its rows in the order of their rowid, a JSON object a line, `{"$table":"responses","id":…}`. BLOBs are
 * `{"$blob":bytes}`, whole numbers beyond 2^53 their digits, and text stays text also where it is JSON. A table without a row
 * that a format claims in its first `giveUpBytes` ends there.
 */
export const openSqlite: ArchiveOpener = source =>
  withDatabase(
    source,
    database => {
      const names = [...database.rows(tableQuery)].map(row => String(row['name']));
      return { entries: names.map(toEntry), isWhole: true };
    },
    failure => ({ problem: failure.message, isPassing: failure.isPassing }),
  );

function toEntry(table: string): PackedEntry {
  return {
    name: table,
    signature: undefined,
    unpack: source =>
      withDatabase(
        source,
        database => unpackTable(database, table, value => source.isClaimed(value)),
        failure => ({
          problem: failure.message,
          isPassing: failure.isPassing,
          unreadBytes: 0,
        }),
      ),
  };
}

function unpackTable(
  database: SqliteDatabase,
  table: string,
  isClaimed: (value: unknown) => boolean,
): Unpacked {
  const lines: Buffer[] = [];
  let length = 0;
  let isKnown = false;
  for (const row of database.table(table)) {
    const value = { $table: table, ...row };
    const line = Buffer.from(`${JSON.stringify(value)}\n`);
    if (length + line.length > maxEntryBytes) {
      return { bytes: Buffer.concat(lines), isCut: false, message: tooManyRows(table) };
    }
    isKnown ||= isClaimed(value);
    lines.push(line);
    length += line.length;
    if (!isKnown && length > giveUpBytes) {
      break;
    }
  }
  return { bytes: Buffer.concat(lines), isCut: false };
}

function tooManyRows(table: string): string {
  return `Only the first ${maxEntryBytes.toLocaleString('en')} bytes of the table ${table} are read.`;
}

function withDatabase<T, F>(
  source: PackedSource,
  use: (database: SqliteDatabase) => T,
  fail: (failure: SqliteFailure) => F,
): T | F {
  let database: SqliteDatabase | undefined;
  try {
    database = databaseOf(source);
    return use(database);
  } catch (error) {
    if (error instanceof SqliteFailure) {
      return fail(error);
    }
    throw error;
  } finally {
    database?.close();
  }
}
