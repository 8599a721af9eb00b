import path from 'node:path';
import type { LogFormat } from '../../formats/format';
import type { DiscoveredFolder } from '../../protocol/sourceStatus';
import { Slice } from '../slice';
import { decodeWindow } from './encoding';
import { diskAccess, errorCode, type FileAccess } from './fileAccess';
import { FolderWalk } from './folderWalk';
import type { WalkedFile } from './listFolder';
import { RecordParser } from './recordParser';
import type { ParsedItem } from './recordWriter';
import { firstEntries } from './packed/firstEntries';
import { containerOf, sniff } from './sniff';

/** Files that are looked into, and folders in folders. */
const bounds = { maxFiles: 5000, maxDepth: 8 };
/** What is read of each file; a JSON document is read whole up to the second bound. Bytes. */
const headBytes = 64 * 1024;
const documentBytes = 4 * 1024 * 1024;
/** Entries of a packed file that are looked into. */
const maxPackedEntries = 10;

/** Folders with logs below `root`, found by content alone; those with the most files first. */
export async function discoverLogs(
  root: string,
  formats: readonly LogFormat[],
  access: FileAccess = diskAccess,
): Promise<readonly DiscoveredFolder[]> {
  const { files } = await new FolderWalk(root, access, bounds).look(true);
  const folders = new Map<string, { files: number; formats: Set<string> }>();
  const slice = new Slice();
  for (const file of files) {
    const found = formatsOf(file, formats, access);
    if (found.size > 0) {
      const folder = path.dirname(file.path);
      const entry = folders.get(folder) ?? { files: 0, formats: new Set() };
      entry.files++;
      found.forEach(format => entry.formats.add(format));
      folders.set(folder, entry);
    }
    if (slice.isOver) {
      await slice.rest();
    }
  }
  return [...folders]
    .map(([folder, entry]) => ({
      path: folder,
      files: entry.files,
      formats: [...entry.formats].sort(),
    }))
    .sort((a, b) => b.files - a.files || (a.path < b.path ? -1 : 1));
}

/** Ids of the formats of the records in the head of a file; empty for what is not a log or cannot be read. */
function formatsOf(
  file: WalkedFile,
  formats: readonly LogFormat[],
  access: FileAccess,
): Set<string> {
  const size = file.stat.size;
  try {
    const found = formatsOfHead(file, formats, access, Math.min(size, headBytes));
    const isLongDocument = found === 'nothingWhole' && size > headBytes;
    const again = isLongDocument
      ? formatsOfHead(file, formats, access, Math.min(size, documentBytes))
      : found;
    return again === 'nothingWhole' ? new Set() : again;
  } catch (error) {
    if (errorCode(error) === undefined) {
      throw error;
    }
    return new Set();
  }
}

function formatsOfHead(
  file: WalkedFile,
  formats: readonly LogFormat[],
  access: FileAccess,
  length: number,
): Set<string> | 'nothingWhole' {
  const head = readHead(file.path, access, length);
  const isAll = length === file.stat.size;
  return containerOf(head) === undefined
    ? formatsOfBytes(head, path.basename(file.path), formats, isAll)
    : formatsOfPacked(file, formats, access);
}

/** Formats of the first entry that is a log, of a packed file that is not too large. */
function formatsOfPacked(
  file: WalkedFile,
  formats: readonly LogFormat[],
  access: FileAccess,
): Set<string> {
  const size = file.stat.size;
  const opened = access.open(file.path);
  try {
    // so that of a table only the beginning is read
    const isClaimed = (): boolean => false;
    const name = path.basename(file.path);
    const source = { file: opened, path: file.path, name, size, isClaimed };
    for (const { entry, bytes } of firstEntries(source, documentBytes, maxPackedEntries)) {
      const found = formatsOfBytes(bytes, path.posix.basename(entry), formats, true);
      if (found !== 'nothingWhole' && found.size > 0) {
        return found;
      }
    }
    return new Set();
  } finally {
    opened.close();
  }
}

function formatsOfBytes(
  bytes: Buffer,
  fileName: string,
  formats: readonly LogFormat[],
  isAll: boolean,
): Set<string> | 'nothingWhole' {
  const sniffed = sniff(bytes);
  const found = new Set<string>();
  if (!sniffed.isText) {
    return found;
  }
  const item = ({ container, value, textFormat }: ParsedItem): void => {
    const id = container === 'text' ? textFormat : jsonFormatOf(value, fileName, formats);
    if (id !== undefined) {
      found.add(id);
    }
  };
  const sink = { item, skipped: () => undefined };
  const { length } = bytes;
  const parser = new RecordParser({ formats, context: { fileName }, sink, maxRecordBytes: length });
  const taken = parser.parse(decodeWindow(bytes, 0, sniffed.encoding), isAll ? 'quiet' : 'yet');
  return taken === 0 ? 'nothingWhole' : found;
}

function jsonFormatOf(
  value: unknown,
  fileName: string,
  formats: readonly LogFormat[],
): string | undefined {
  return formats.find(format => format.container === 'json' && format.matches(value, { fileName }))
    ?.id;
}

function readHead(file: string, access: FileAccess, length: number): Buffer {
  const opened = access.open(file);
  try {
    const head = Buffer.alloc(length);
    return opened.stat().isFile()
      ? head.subarray(0, opened.read(head, length, 0))
      : head.subarray(0, 0);
  } finally {
    opened.close();
  }
}
