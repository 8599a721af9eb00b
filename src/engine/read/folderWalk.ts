import type { BigIntStats } from 'node:fs';
import path from 'node:path';
import { maxFiles, maxFolderDepth } from './bounds';
import { accessProblem, errorCode, type FileAccess } from './fileAccess';

/** Folders of tools, full of files and never of logs; skipped below the folder that was asked for. */
const toolFolders = new Set([
  'node_modules',
  'bower_components',
  'site-packages',
  '.git',
  '.hg',
  '.svn',
  '.venv',
  'venv',
  '__pycache__',
  '.tox',
  '.mypy_cache',
  '.pytest_cache',
  '.ruff_cache',
  '.next',
  '.nuxt',
  '.turbo',
  '.gradle',
  'dist',
  'build',
  'target',
]);

export interface WalkedFile {
  readonly path: string;
  readonly stat: BigIntStats;
}

/** Why there is nothing to read at a path. */
export interface FileProblem {
  readonly state: 'notALog' | 'unreadable';
  readonly message: string;
}

export interface WalkResult {
  readonly files: readonly WalkedFile[];
  /** With the identity of each, which is another one when it was deleted and made again. */
  readonly folders: ReadonlyMap<string, string>;
  /** Things with a log's place but no bytes to read (links, pipes), and folders that cannot be listed. */
  readonly problems: ReadonlyMap<string, FileProblem>;
  readonly message?: string | undefined;
  /** Time that the walk itself took, without that of others in between. */
  readonly costMs: number;
}

/** How long a walk may keep the thread before others have their turn. Milliseconds. */
const sliceMs = 8;

/**
 * Lists the regular files below a folder. Links are not followed, so no file is met twice and no walk is endless.
 * Throws when the folder itself cannot be listed.
 */
export async function walkFolder(
  root: string,
  access: FileAccess,
  bounds: { readonly maxFiles: number; readonly maxDepth: number } = {
    maxFiles,
    maxDepth: maxFolderDepth,
  },
): Promise<WalkResult> {
  const files: WalkedFile[] = [];
  const folders = new Map<string, string>();
  const problems = new Map<string, FileProblem>();
  const queue: { path: string; depth: number }[] = [{ path: root, depth: 0 }];
  let sliceStart = performance.now();
  let costMs = 0;
  let message: string | undefined;

  for (let next = queue.shift(); next !== undefined; next = queue.shift()) {
    const folder = next.path;
    try {
      const listed = access.list(folder);
      folders.set(folder, folderIdentity(access.lstat(folder)));
      for (const entry of listed) {
        const entryPath = path.join(folder, entry.name);
        if (entry.isFolder) {
          if (toolFolders.has(entry.name)) {
            continue;
          }
          if (next.depth >= bounds.maxDepth) {
            message = `Folders deeper than ${bounds.maxDepth} levels are not read.`;
            continue;
          }
          queue.push({ path: entryPath, depth: next.depth + 1 });
          continue;
        }
        if (files.length >= bounds.maxFiles) {
          message = `Only the first ${bounds.maxFiles.toLocaleString('en')} files are read.`;
          break;
        }
        const found = statFile(entryPath, access);
        if (found !== undefined && 'message' in found) {
          problems.set(entryPath, found);
        } else if (found !== undefined) {
          files.push({ path: entryPath, stat: found });
        }
        const sliceCostMs = performance.now() - sliceStart;
        if (sliceCostMs > sliceMs) {
          costMs += sliceCostMs;
          await new Promise(resolve => setImmediate(resolve));
          sliceStart = performance.now();
        }
      }
    } catch (error) {
      if (folder === root || errorCode(error) === undefined) {
        throw error;
      }
      if (errorCode(error) !== 'ENOENT' && errorCode(error) !== 'ENOTDIR') {
        problems.set(folder, { state: 'unreadable', message: accessProblem(error, 'folder') });
      }
    }
  }
  costMs += performance.now() - sliceStart;
  return { files, folders, problems, message, costMs };
}

/** Whether the walk passes this path by because it lies in a folder of a tool. */
export function isInToolFolder(root: string, file: string): boolean {
  return path
    .relative(root, path.dirname(file))
    .split(path.sep)
    .some(part => toolFolders.has(part));
}

/** A folder made again may have the number of the old one, never its time of birth. */
function folderIdentity(stat: BigIntStats): string {
  return `${stat.dev}:${stat.ino}:${stat.birthtimeNs}`;
}

/** The stat of a regular file, a problem for anything else, undefined when there is nothing or a folder. */
export function statFile(file: string, access: FileAccess): BigIntStats | FileProblem | undefined {
  try {
    const stat = access.lstat(file);
    return stat.isFile() ? stat : describeOther(stat);
  } catch (error) {
    const code = errorCode(error);
    if (code === undefined) {
      throw error;
    }
    const isGone = code === 'ENOENT' || code === 'ENOTDIR';
    return isGone ? undefined : { state: 'unreadable', message: accessProblem(error, 'file') };
  }
}

function describeOther(stat: BigIntStats): FileProblem | undefined {
  if (stat.isDirectory()) {
    return undefined;
  }
  const message = stat.isSymbolicLink()
    ? 'A link; links are not followed.'
    : 'A pipe, socket or device, not a regular file.';
  return { state: 'notALog', message };
}
