import path from 'node:path';
import type { SourceRef } from '../../model/source';

const suffixes = ['.gz', '.zst', '.bz2', '.xz', '.zip'];
const logName = /\.(?:jsonl|ndjson|json|log|clef)$/i;
const rotation = /[.-](?:\d{1,14}|\d{4}-\d{2}-\d{2}(?:[T_-][\d-]{2,8})?|old|bak)$/i;

/**
 * Whether a file says by its name that it is a log. Only decides whether its unknown lines are worth a word: what a file
 * is, its content decides.
 */
export function hasLogName(name: string): boolean {
  const packed = suffixes.find(suffix => name.toLowerCase().endsWith(suffix));
  const bare = packed === undefined ? name : name.slice(0, -packed.length);
  return logName.test(bare) || logName.test(bare.replace(rotation, ''));
}

/** Last part of the name of what a record lies in: the file, or the entry of it. */
export function baseNameOf({ file, entry }: Pick<SourceRef, 'file' | 'entry'>): string {
  return entry === undefined ? path.basename(file) : path.posix.basename(entry);
}
