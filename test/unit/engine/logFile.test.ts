import assert from 'node:assert/strict';
import { FewRecords } from '../../../src/engine/store/fewRecords';
import { LogFile } from '../../../src/engine/store/logFile';
import { NumberSet } from '../../../src/engine/store/numberSet';
import { PathTable } from '../../../src/engine/store/pathTable';
import { StringTable } from '../../../src/engine/store/stringTable';

describe('sessions that the records of a file name', () => {
  const place = { path: '/logs/a.jsonl', entry: undefined, isPreview: false };

  function fileWith(...sessionIds: readonly (string | undefined)[]): LogFile {
    const file = new LogFile(1, place, 'a.jsonl', {
      strings: new StringTable(),
      paths: new PathTable(),
      few: new FewRecords(),
    });
    for (const [index, sessionId] of sessionIds.entries()) {
      const source = {
        file: place.path,
        entry: undefined,
        offset: index,
        length: 1,
        line: index + 1,
      };
      const rest = { format: 0, id: undefined, checksum: 0, sha256: undefined, hasTurn: false };
      file.addRecord({ source, sessionId, ...rest });
    }
    return file;
  }

  function sessionsOf(file: LogFile): number {
    const sessions = new NumberSet();
    file.addSessionsTo(sessions);
    return sessions.size;
  }

  it('are each said once, and a record may name none', () => {
    assert.equal(sessionsOf(fileWith(undefined, 'a', undefined, 'b', 'a')), 2);
    assert.equal(sessionsOf(fileWith(undefined)), 0);
  });

  it('go with the record that is taken back', () => {
    const file = fileWith('a', 'b');
    file.dropLastRecord();
    assert.equal(sessionsOf(file), 1);
  });
});
