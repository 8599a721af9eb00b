import type { ListedFolder } from './listedFolder';

/**
 * Every file is looked at again though nothing was heard of it: what no event and no time of a folder tells (an event that was
 * lost, a file that is mapped into memory and written there) is found by then. As many in a second as cost next to nothing: of
 * some sixty files each in every pass, of thousands each after `longestMs`. Milliseconds.
 */
const perFileMs = 30;
const longestMs = 300_000;
/** Less than from one pass to the next. */
const shortestMs = 1500;
/** Folders of one look are looked at again at moments that lie as far from each other as can be: the golden ratio. */
const spread = 0.618_033_988_749_895;

/** When a folder of which nothing was heard has its turn to be looked through. */
export class LookAgain {
  /** All that is followed. */
  fileCount = 0;
  private listings = 0;

  /** For `ListedFolder.turn`. */
  nextTurn(isFirst: boolean): number {
    return isFirst ? (this.listings++ * spread) % 1 : 1;
  }

  isDue({ lookedAt, turn }: ListedFolder): boolean {
    const everyMs = Math.max(shortestMs, Math.min(this.fileCount * perFileMs, longestMs));
    return performance.now() - lookedAt >= everyMs * turn;
  }
}
