import assert from 'node:assert/strict';
import fs from 'node:fs';
import {
  readRecordBytes,
  recordChecksum,
  recordText,
  recordValue,
} from '../../../src/engine/read/readRecord';
import { FollowedFolder } from './folder';

describe('readRecordBytes', () => {
  let folder: FollowedFolder;
  beforeEach(() => {
    folder = new FollowedFolder();
  });
  afterEach(() => folder.dispose());

  const record = Buffer.from('{"id":"ä"}');
  const ref = (): { file: string; offset: number; length: number; line: number } => ({
    file: folder.path('a.jsonl'),
    offset: 3,
    length: record.length,
    line: 2,
  });

  it('reads a record and says that it is the one that was indexed', () => {
    folder.append('a.jsonl', Buffer.concat([Buffer.from('{}\n'), record]));
    const read = readRecordBytes(ref(), 1000, recordChecksum(record));
    assert.ok(read.state === 'read');
    assert.deepEqual(read.bytes, record);
    assert.equal(read.omittedBytes, 0);
    assert.equal(read.encoding, 'utf8');
    assert.equal(read.changedOnDisk, false);
    assert.equal(read.stamp.size, record.length + 3);
  });

  it('says what a bound left out', () => {
    folder.append('a.jsonl', Buffer.concat([Buffer.from('{}\n'), record]));
    const read = readRecordBytes(ref(), 4, recordChecksum(record));
    assert.ok(read.state === 'read');
    assert.equal(read.bytes.toString(), '{"id');
    assert.equal(read.omittedBytes, record.length - 4);
    assert.equal(read.changedOnDisk, false);
  });

  it('says that the record was edited, or is cut off', () => {
    folder.append('a.jsonl', '{}\n{"id":"bb"}');
    const edited = readRecordBytes(ref(), 1000, recordChecksum(record));
    assert.ok(edited.state === 'read' && edited.changedOnDisk);
    fs.truncateSync(folder.path('a.jsonl'), 5);
    const cut = readRecordBytes(ref(), 1000);
    assert.ok(cut.state === 'read' && cut.changedOnDisk);
  });

  it('says that the file is gone, and never opens a link', () => {
    assert.deepEqual(readRecordBytes(ref(), 10), {
      state: 'unreadable',
      message: 'The file is gone.',
    });
    folder.append('b.jsonl', '{}\n{"id":"bb"}');
    fs.symlinkSync('b.jsonl', folder.path('a.jsonl'));
    assert.equal(readRecordBytes(ref(), 10).state, 'unreadable');
  });

  it('gives the value again that the sink was given, also of UTF-16 and of text', () => {
    const utf16 = Buffer.from('{"id":"ä"}', 'utf16le');
    assert.deepEqual(recordValue(utf16, 'utf16le', 'json'), { value: { id: 'ä' } });
    assert.equal(recordText(Buffer.from(utf16).swap16(), 'utf16be'), '{"id":"ä"}');
    assert.deepEqual(recordValue(Buffer.from('a\r\n\u001b[1mb\u001b[0m'), 'utf8', 'text'), {
      value: 'a\nb',
    });
    assert.equal(recordValue(Buffer.from('{"id"'), 'utf8', 'json'), undefined);
  });
});
