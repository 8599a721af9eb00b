import type { FileGlance } from './fileStamp';

/** What a look need not find out. */
export interface LookHints {
  /** Whether a folder is to be listed though its own times say that nothing came or went. */
  readonly mustList: (folder: string) => boolean;
  /** Whether a file that was found earlier is known to be as a glance shows it: then the result says nothing of it. */
  readonly isKnown: (file: string, stat: FileGlance) => boolean;
  /** A folder that the last look had not found, as it is before it is listed. */
  readonly meets: (folder: string, identity: string) => void;
}

export const noHints: LookHints = { mustList: () => false, isKnown: () => false, meets: () => {} };
