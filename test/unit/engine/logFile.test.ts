import assert from 'node:assert/strict';
import { LogFile } from '../../../src/engine/store/logFile';
import { StringTable } from '../../../src/engine/store/stringTable';

describe('sessions that the records of a file name', () => {
  const place = { path: '/logs/a.jsonl', entry: undefined };

  function fileWith(...sessionIds: readonly (string | undefined)[]): LogFile {
    const file = new LogFile(1, place, 'a.jsonl', new StringTable());
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

  it('are each said once, and a record may name none', () => {
    assert.deepEqual([...fileWith(undefined, 'a', undefined, 'b', 'a').sessionIds()], ['a', 'b']);
    assert.deepEqual([...fileWith(undefined).sessionIds()], []);
  });

  it('go with the record that is taken back', () => {
    const file = fileWith('a', 'b');
    file.dropLastRecord();
    assert.deepEqual([...file.sessionIds()], ['a']);
  });
});
