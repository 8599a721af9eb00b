import type { Stats } from 'node:fs';
import { accessProblem, errorCode, type FileAccess } from './fileAccess';

/** Why there is nothing to read at a path. */
export interface FileProblem {
  readonly state: 'notALog' | 'unreadable';
  readonly message: string;
}

/** The stats of a regular file, a problem for anything else, undefined when there is nothing or a folder. */
export function glanceAtFile(file: string, access: FileAccess): Stats | FileProblem | undefined {
  try {
    const stats = access.glance(file);
    return stats === undefined || stats.isFile() ? stats : describeOther(stats);
  } catch (error) {
    if (errorCode(error) === undefined) {
      throw error;
    }
    return { state: 'unreadable', message: accessProblem(error, 'file') };
  }
}

function describeOther(stats: Stats): FileProblem | undefined {
  if (stats.isDirectory()) {
    return undefined;
  }
  const message = stats.isSymbolicLink()
    ? 'A link; links are not followed.'
    : 'A pipe, socket or device, not a regular file.';
  return { state: 'notALog', message };
}
