import path from 'node:path';
import type { LogFormat } from '../../formats/format';
import type { DiscoveredFolder } from '../../protocol/engineContract';
import { decodeWindow } from './encoding';
import { diskAccess, errorCode, type FileAccess } from './fileAccess';
import { walkFolder, type WalkedFile } from './folderWalk';
import { RecordParser } from './recordParser';
import type { ParsedItem } from './recordWriter';
import { sniff } from './sniff';

/** Files that are looked into, and folders in folders. */
const bounds = { maxFiles: 5000, maxDepth: 8 };
/** What is read of each file; a JSON document is read whole up to the second bound. Bytes. */
const headBytes = 64 * 1024;
const documentBytes = 4 * 1024 * 1024;
/** How long looking may keep the thread before others have their turn. Milliseconds. */
const sliceMs = 8;

/** Folders with logs below `root`, found by content alone; those with the most files first. */
export async function discoverLogs(
  root: string,
  formats: readonly LogFormat[],
  access: FileAccess = diskAccess,
): Promise<readonly DiscoveredFolder[]> {
  const { files } = await walkFolder(root, access, bounds);
  const folders = new Map<string, { files: number; formats: Set<string> }>();
  let sliceStart = performance.now();
  for (const file of files) {
    const found = formatsOf(file, formats, access);
    if (found.size > 0) {
      const folder = path.dirname(file.path);
      const entry = folders.get(folder) ?? { files: 0, formats: new Set() };
      entry.files++;
      found.forEach(format => entry.formats.add(format));
      folders.set(folder, entry);
    }
    if (performance.now() - sliceStart > sliceMs) {
      await new Promise(resolve => setImmediate(resolve));
      sliceStart = performance.now();
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
  const size = Number(file.stat.size);
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
  const sniffed = sniff(head);
  const found = new Set<string>();
  if (!sniffed.isText) {
    return found;
  }
  const context = { fileName: path.basename(file.path) };
  const item = ({ container, value, textFormat }: ParsedItem): void => {
    const id = container === 'text' ? textFormat : jsonFormatOf(value);
    if (id !== undefined) {
      found.add(id);
    }
  };
  const jsonFormatOf = (value: unknown): string | undefined =>
    formats.find(format => format.container === 'json' && format.matches(value, context))?.id;
  const sink = { item, skipped: () => undefined };
  const parser = new RecordParser({ formats, context, sink, maxRecordBytes: length });
  const isAll = length === Number(file.stat.size);
  const taken = parser.parse(decodeWindow(head, 0, sniffed.encoding), isAll ? 'quiet' : 'yet');
  return taken === 0 ? 'nothingWhole' : found;
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
