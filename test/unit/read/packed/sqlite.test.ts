import assert from 'node:assert/strict';
import fs from 'node:fs';
import { placeOf } from '../../../../src/model/source';
import { FollowedFolder } from '../folder';

interface Writer {
  exec(sql: string): void;
  close(): void;
}
type WriterClass = new (path: string) => Writer;

/** undefined on a Node without SQLite. */
function writerClass(): WriterClass | undefined {
  const sqlite: unknown = process.getBuiltinModule('node:sqlite');
  // documented at https://nodejs.org/api/sqlite.html; our types of Node are older
  return (sqlite as { DatabaseSync: WriterClass } | undefined)?.DatabaseSync;
}

describe('SQLite databases', () => {
  let folder: FollowedFolder;
  afterEach(() => folder.dispose());

  const status = () => folder.believed.file(folder.path('a.db')).status;
  const values = (table: string): unknown[] =>
    folder.believed.values(placeOf(folder.path('a.db'), table));

  async function readOnce(): Promise<void> {
    await folder.source.start();
    await folder.settle();
  }

  it('say what they need, or what is wrong with them', async () => {
    folder = new FollowedFolder({ final: true });
    folder.append('a.db', `SQLite format 3\0${'rest'.repeat(50)}`);
    await readOnce();
    assert.equal(status()?.state, 'notALog');
    assert.match(
      status()?.message ?? '',
      writerClass() ? /file is not a database/ : /needs Node 22\.5 or newer/,
    );
  });

  describe('where this Node has SQLite', () => {
    let writer: Writer;

    function open(options: { final?: boolean } = {}, journal = 'delete'): void {
      const Database = writerClass();
      assert.ok(Database);
      folder = new FollowedFolder(options);
      writer = new Database(folder.path('a.db'));
      writer.exec(`PRAGMA journal_mode = ${journal}`);
    }

    before(function () {
      if (writerClass() === undefined) {
        this.skip();
      }
    });

    it('are read table by table, a record a row, and only tables that a format knows', async () => {
      open({ final: true });
      writer.exec(`
        CREATE TABLE "with ""id" (id INTEGER PRIMARY KEY, text TEXT, big INT, bytes BLOB, real REAL, none);
        INSERT INTO "with ""id" VALUES (2, '{"a":1}', 1152921504606846977, x'00ff01', 1.5, NULL), (1, 'é', 3, x'', 2, NULL);
        CREATE TABLE keyed (id TEXT PRIMARY KEY) WITHOUT ROWID;
        INSERT INTO keyed VALUES ('b'), ('a');
        CREATE TABLE other (name TEXT);
        INSERT INTO other VALUES ('x');
        CREATE VIEW view AS SELECT * FROM keyed;
      `);
      writer.close();
      await readOnce();
      const about = { $table: 'with "id', none: null };
      assert.deepEqual(values('with "id'), [
        { ...about, id: 1, text: 'é', big: 3, bytes: { $blob: 0 }, real: 2 },
        {
          ...about,
          id: 2,
          text: '{"a":1}',
          big: '1152921504606846977',
          bytes: { $blob: 3 },
          real: 1.5,
        },
      ]);
      assert.deepEqual(values('keyed'), [
        { $table: 'keyed', id: 'a' },
        { $table: 'keyed', id: 'b' },
      ]);
      assert.deepEqual(values('other'), []);
      assert.deepEqual(values('view'), []);
      assert.equal(status()?.state, 'live');
    });

    it('are read again when somebody writes to them, also to the log beside them', async () => {
      for (const journal of ['delete', 'wal']) {
        open({}, journal);
        writer.exec('CREATE TABLE t (id INTEGER PRIMARY KEY); INSERT INTO t VALUES (1)');
        await readOnce();
        assert.deepEqual(values('t'), [{ $table: 't', id: 1 }]);
        writer.exec('INSERT INTO t VALUES (2)');
        await folder.settle();
        assert.deepEqual(values('t').length, 2, journal);
        assert.equal(folder.believed.file(placeOf(folder.path('a.db'), 't')).resets, 0);
        writer.exec('DELETE FROM t WHERE id = 1');
        await folder.settle();
        assert.deepEqual(values('t'), [{ $table: 't', id: 2 }]);
        writer.close();
        await folder.dispose();
      }
    });

    it('get no files beside them from being read', async () => {
      open({ final: true }, 'wal');
      writer.exec('CREATE TABLE t (id INTEGER PRIMARY KEY); INSERT INTO t VALUES (1)');
      writer.close();
      await readOnce();
      assert.deepEqual(values('t'), [{ $table: 't', id: 1 }]);
      assert.deepEqual(fs.readdirSync(folder.root), ['a.db']);
    });

    it('that are locked are read when the lock is gone', async () => {
      open();
      writer.exec('CREATE TABLE t (id INTEGER PRIMARY KEY); INSERT INTO t VALUES (1)');
      writer.exec('BEGIN EXCLUSIVE');
      await readOnce();
      assert.match(status()?.message ?? '', /being written; it will be tried again/);
      writer.exec('COMMIT');
      await new Promise(resolve => setTimeout(resolve, 2200));
      await folder.settle();
      assert.deepEqual(values('t'), [{ $table: 't', id: 1 }]);
      writer.close();
    }).timeout(10_000);
  });
});
