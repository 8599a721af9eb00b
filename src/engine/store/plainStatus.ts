import type { FileReadStatus } from '../recordSink';

/** Whether the file was read to its end and there is nothing else to say: so it is with nearly all of ten thousand. */
export function isPlainStatus({ state, message, pendingBytes }: FileReadStatus): boolean {
  return state === 'live' && message === undefined && pendingBytes === 0;
}

/** The state of such a file. */
export function plainStatus(sizeBytes: number, blankBytes: number): FileReadStatus {
  return { state: 'live', message: undefined, sizeBytes, blankBytes, pendingBytes: 0 };
}
