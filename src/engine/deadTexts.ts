import type { Steps } from '../analysis/steps';
import type { TraceMembership } from './grouping/traceMembership';
import { inSlices, Slice } from './slice';
import type { SpanStore } from './store/spanStore';

/** What is fewer than that is left where it is. Bytes. */
const leastBytes = 1024 * 1024;
/** Of the texts that are referred to: so many more may be kept that are not. */
const share = 0.5;

/**
 * Forgets the texts that nothing refers to any more, once there are many: a log that is written anew again and again would have the engine keep
 * those of all times. Nobody counts who refers to a text, so what is referred to is marked, and all others give up their numbers. Nothing is
 * moved or numbered anew. It is done in slices; what is read meanwhile marks its texts by itself.
 */
export class DeadTexts {
  readonly #store: SpanStore;
  readonly #membership: TraceMembership;
  readonly #least: number;
  /** That were held when it was done last. */
  #lastBytes = 0;
  #done = Promise.resolve();
  #isAtIt = false;
  /** How often it was begun. */
  turns = 0;

  /** `least`: bytes, instead of the usual ones. */
  constructor(store: SpanStore, membership: TraceMembership, least = leastBytes) {
    this.#store = store;
    this.#membership = membership;
    this.#least = least;
  }

  /** Nothing is moved to and fro any more. */
  get settled(): Promise<void> {
    return this.#done;
  }

  /** To be called when records have gone. */
  forgetIfMany(): void {
    if (!this.#isAtIt && this.#areMany()) {
      this.#isAtIt = true;
      this.turns++;
      this.#done = this.#forget();
    }
  }

  /** Only when many texts were added, too: those of a log that says the same again are no more than before. */
  #areMany(): boolean {
    const { heldBytes, goneShare } = this.#store;
    const dead = Math.min(heldBytes * goneShare, heldBytes - this.#lastBytes);
    return dead >= Math.max(this.#least, share * (heldBytes - dead));
  }

  async #forget(): Promise<void> {
    const slice = new Slice();
    // who has called may have numbers of texts in his hands
    await slice.rest();
    await inSlices(this.steps(), slice, () => {});
    this.#lastBytes = this.#store.heldBytes;
    this.#isAtIt = false;
  }

  /** All of it; between two steps anything else may be done. */
  *steps(): Steps {
    const { strings, table } = this.#store;
    yield* this.#store.markTexts();
    // from here until numbers are taken from texts nobody else has his turn: a trace may be called by a text that no row says any more
    table.endMarking();
    this.#membership.markTexts();
    yield* strings.sweep();
    yield* table.sweepLists();
  }
}
