import type { FileReadStatus } from '../recordSink';
import { accessProblem, errorCode } from './fileAccess';

/** What a look at a file failed of. */
export interface LookProblem {
  readonly state: FileReadStatus['state'];
  /** One plain sentence. */
  readonly message: string;
  /** The next look may go well though nothing about the file changes. */
  readonly mayPass: boolean;
}

export function lookProblem(error: unknown): LookProblem | 'gone' {
  const code = errorCode(error);
  if (code === 'ENOENT' || code === 'ENOTDIR') {
    return 'gone';
  }
  if (code === 'ELOOP') {
    return { state: 'notALog', message: 'A link; links are not followed.', mayPass: false };
  }
  if (code === undefined) {
    // A fault of ours in one file must not stop the reading of all others, and must not be hidden.
    const reason = error instanceof Error ? error.message : String(error);
    const message = `Callsight failed while it read this file: ${reason}`;
    return { state: 'unreadable', message, mayPass: false };
  }
  return { state: 'unreadable', message: accessProblem(error, 'file'), mayPass: true };
}
