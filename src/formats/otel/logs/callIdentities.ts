import type { SpanPatch } from '../../../model/span';
import { detailsEvent } from '../bodies/genAi';

/** Calls of one file whose spans and events are told apart by the response's id; older ones are forgotten. */
const maxCalls = 20_000;

/**
 * Joins the event about a call with its span when the event was written in the span of the agent, as Copilot does: the same
 * response is the same call. When a file has the event alone (spans that could not be written), each event is a call.
 */
export class CallIdentities {
  readonly #byResponse = new Map<string, string>();
  #hasSpans = false;

  ofSpan(patch: SpanPatch): SpanPatch {
    this.#hasSpans = true;
    return patch.kind === 'call' ? this.#join(patch, patch.identity) : patch;
  }

  ofEvent(patch: SpanPatch, eventName: string | undefined): SpanPatch {
    if (eventName !== detailsEvent) {
      return patch;
    }
    if (patch.requestId === undefined) {
      return this.#hasSpans
        ? patch
        : { ...patch, identity: undefined, spanId: undefined, part: 'whole' };
    }
    // the span that was open may be the agent's
    const ofCall = { ...patch, spanId: undefined };
    return this.#join(ofCall, `request:${patch.requestId}`);
  }

  #join(patch: SpanPatch, identity: string | undefined): SpanPatch {
    if (patch.requestId === undefined || identity === undefined) {
      return patch;
    }
    const known = this.#byResponse.get(patch.requestId);
    if (known === undefined) {
      if (this.#byResponse.size >= maxCalls) {
        this.#byResponse.clear();
      }
      this.#byResponse.set(patch.requestId, identity);
    }
    return { ...patch, identity: known ?? identity };
  }
}
