import type { SourceStatus } from '../../protocol/sourceStatus';
import { formatBytes } from './format';

/** How far the logs were read, as long as that is worth a word. */
export interface ReadingState {
  readonly state: 'reading' | 'stopped';
  /** A few words, for the status bar. */
  readonly short: string;
  /** One sentence, above the traces. */
  readonly message: string;
}

/** Less than this is read before anybody could stop it. Bytes. */
const worthAWordBytes = 16 * 1024 * 1024;

/** undefined: all of it is read, or will be in a moment. */
export function toReadingState(sources: readonly SourceStatus[]): ReadingState | undefined {
  const behind = sources.filter(({ state }) => state === 'reading' || state === 'stopped');
  const unread = behind.reduce((sum, source) => sum + source.unreadBytes, 0);
  const size = behind.reduce((sum, source) => sum + source.sizeBytes, 0);
  const read = `${Math.floor(((size - unread) / Math.max(1, size)) * 100)} %`;
  if (
    behind.some(({ state, unreadBytes }) => state === 'reading' && unreadBytes >= worthAWordBytes)
  ) {
    const newest = behind.some(({ previewed }) => previewed > 0)
      ? 'The newest calls are shown; '
      : '';
    const rest = `${read} of ${formatBytes(size)} read`;
    return { state: 'reading', short: `${read} read`, message: `${newest}${rest}` };
  }
  if (behind.some(({ state }) => state === 'stopped')) {
    const message = `Reading was stopped at ${read} of ${formatBytes(size)}: calls are missing`;
    return { state: 'stopped', short: `stopped at ${read}`, message };
  }
  return undefined;
}
