import type { Skipped } from '../../model/source';
import type { FileStatus } from '../../protocol/sourceStatus';
import type { EngineCore } from '../core';
import { unclaimedReason } from '../ingest';
import { isLog, type LogFile } from '../store/logFile';

/** Skipped ranges of a file that are looked at for one that could be mapped. */
const maxLookedAt = 20;
const nothingUnderstood = 'Nothing in it looks like a log of an LLM app.';

/** What is known of one file on disk: the file, perhaps followed by its preview, or an archive followed by its entries. */
export type FileParts = readonly [LogFile, ...LogFile[]];

/** Puts the entries of an archive to their archive; the files are in order. */
export function groupParts(files: readonly LogFile[]): readonly FileParts[] {
  const groups: [LogFile, ...LogFile[]][] = [];
  for (const file of files) {
    const last = groups.at(-1);
    if (last?.[0].hasPathOf(file) === true) {
      last.push(file);
    } else {
      groups.push([file]);
    }
  }
  return groups;
}

/** An archive is one file with the records of its entries. */
export function toFileStatus(core: EngineCore, parts: FileParts): FileStatus {
  const [file] = parts;
  const { state, message, sizeBytes, pendingBytes } = file.status;
  // an archive has nothing to say but through its entries
  const entries = parts.filter(part => part.entry !== undefined);
  const isUnknown = state === 'live' && !(entries.length > 0 ? entries : parts).some(isLog);
  const total = (count: (part: LogFile) => number) =>
    parts.reduce((sum, part) => sum + count(part), 0);
  const formats = new Set(parts.flatMap(part => part.formats));
  return {
    path: file.path,
    name: file.name,
    state: isUnknown ? 'notALog' : state,
    message: isUnknown ? (message ?? nothingUnderstood) : message,
    formats: [...formats]
      .toSorted((one, other) => one - other)
      .map(index => core.formats[index]?.title ?? ''),
    entries: entries.length > 0 ? entries.length : undefined,
    sizeBytes,
    records: total(part => part.records),
    calls: total(part => core.callsIn(part)),
    auditEntries: total(part => part.auditRows.length),
    skipped: total(part => part.skipped),
    previewed: parts.reduce((sum, part) => sum + (part.isPreview ? part.records : 0), 0),
    canBeMapped: parts.some(hasUnclaimed),
    pendingBytes,
  };
}

/** Whether there are JSON records that no format understands, among the first that were skipped. */
function hasUnclaimed(file: LogFile): boolean {
  for (let index = 0; index < Math.min(file.skipped, maxLookedAt); index++) {
    if (file.skippedRange(index).reason === unclaimedReason) {
      return true;
    }
  }
  return false;
}

/** A skipped range, counted through all parts of a file. */
export function skippedRangeOf(parts: readonly LogFile[], index: number): Skipped {
  let rest = index;
  for (const part of parts) {
    if (rest < part.skipped) {
      return part.skippedRange(rest);
    }
    rest -= part.skipped;
  }
  throw new Error(`there is no skipped range ${index}`);
}
