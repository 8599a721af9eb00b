import type { TraceGroup } from '../grouping/traceGroup';
import { inSlices, Slice } from '../slice';
import type { GrowthBounds } from './growthBounds';
import type { KeptTraces } from './keptTraces';
import type { Wanted } from './traceSpans';

/** Makes traces of very many spans ready for a question in slices, so that its answer is the work of a moment. */
export class ReadyTraces {
  readonly #kept: KeptTraces;
  readonly #bounds: GrowthBounds;
  readonly #refresh: () => void;

  /** `refresh`: what was read while others had their turn is made known. */
  constructor(kept: KeptTraces, bounds: GrowthBounds, refresh: () => void) {
    this.#kept = kept;
    this.#bounds = bounds;
    this.#refresh = refresh;
  }

  /** `use` is called with each of them once it is ready. What comes to them until the answer is left to that. */
  async when<Answer>(
    groups: Iterable<TraceGroup>,
    wanted: Wanted,
    use: (group: TraceGroup) => void,
    answer: () => Answer,
  ): Promise<Answer> {
    const held: TraceGroup[] = [];
    const slice = new Slice();
    try {
      for (const group of groups) {
        if (group.heads.size < this.#bounds.sliced) {
          continue;
        }
        held.push(group);
        await inSlices(this.#kept.hold(group).untilReady(wanted), slice, this.#refresh);
        use(group);
        this.#letGoBeyond(held);
      }
      return answer();
    } finally {
      held.forEach(group => this.#kept.letGo(group));
    }
  }

  /** The first of them, as long as there are too many. */
  #letGoBeyond(held: TraceGroup[]): void {
    let spans = held.reduce((sum, { heads }) => sum + heads.size, 0);
    while (spans > this.#bounds.held && held.length > 1) {
      const first = held.shift();
      if (first) {
        spans -= first.heads.size;
        this.#kept.letGo(first);
      }
    }
  }
}
