import type { LogFormat } from '../../formats/format';
import type { DiscoveredFolder } from '../../protocol/engineContract';

/** Folders with logs below `path`, found by content; bounded in depth and number of files. */
export type DiscoverLogs = (
  path: string,
  formats: readonly LogFormat[],
) => Promise<readonly DiscoveredFolder[]>;
