import path from 'node:path';
import type { LogFormat } from '../../formats/format';
import { type Fields, isFields } from '../../formats/fields/values';
import { decodeWindow } from './encoding';
import { diskAccess, errorCode, type FileAccess } from './fileAccess';
import { RecordParser } from './recordParser';
import type { ParsedItem } from './recordWriter';
import { sniff } from './sniff';

/** What is read of the file. Bytes. */
const headBytes = 1024 * 1024;
const maxSamples = 50;

/** The first JSON objects of a file; none when it has none, or cannot be read. */
export function sampleRecords(file: string, access: FileAccess = diskAccess): readonly Fields[] {
  const found: Fields[] = [];
  const item = ({ container, value }: ParsedItem): void => {
    if (container === 'json' && isFields(value) && found.length < maxSamples) {
      found.push(value);
    }
  };
  try {
    const head = readHead(file, access);
    const sniffed = sniff(head);
    if (sniffed.isText) {
      // a list that no format claims comes element by element
      const formats: readonly LogFormat[] = [];
      const context = { fileName: path.basename(file) };
      const sink = { item, skipped: () => undefined };
      new RecordParser({ formats, context, sink, maxRecordBytes: headBytes }).parse(
        decodeWindow(head, 0, sniffed.encoding),
        'quiet',
      );
    }
  } catch (error) {
    if (errorCode(error) === undefined) {
      throw error;
    }
  }
  return found;
}

function readHead(file: string, access: FileAccess): Buffer {
  const opened = access.open(file);
  try {
    const buffer = Buffer.alloc(headBytes);
    return opened.stat().isFile()
      ? buffer.subarray(0, opened.read(buffer, headBytes, 0))
      : buffer.subarray(0, 0);
  } finally {
    opened.close();
  }
}
