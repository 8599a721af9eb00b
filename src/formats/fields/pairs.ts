import type { SpanPatch } from '../../model/span';
import type { Reading } from '../format';

/** Time from a request to its answer that is believed, ms. */
const longestMs = 30 * 60_000;

/** Calls that have begun and are remembered. */
const maxStarted = 10_000;
const maxOpen = 50;

/**
 * Joins a request and its answer that a log writes as two records without an id: the answer that follows is its own, as long
 * as only one request is open. When requests overlap, nothing says whose the answer is, and both stay what they are.
 */
export class PairJoiner {
  private open: SpanPatch[] = [];
  private readonly started = new Set<string>();
  private count = 0;

  constructor(private readonly fileName: string) {}

  join(reading: Reading): Reading {
    const [patch, ...others] = reading.spans;
    if (patch === undefined || others.length > 0) {
      return reading;
    }
    const joined = isRequest(patch) ? this.begin(patch) : this.finish(this.withEnd(patch));
    return joined === patch ? reading : { ...reading, spans: [joined] };
  }

  /** No request is open, and no call has begun: nobody waits for an answer. */
  get isIdle(): boolean {
    return this.open.length === 0 && this.started.size === 0;
  }

  /** There never was a request that waited for its answer. */
  get isNew(): boolean {
    return this.isIdle && this.count === 0;
  }

  /** Whether `join`, while idle, gives such a reading back as it is and remembers nothing of it. */
  leavesNoTrace({ spans: [patch, ...others] }: Reading): boolean {
    return (
      patch === undefined || others.length > 0 || (patch.part !== 'start' && !isRequest(patch))
    );
  }

  /** The end of a call that says only when it was written: the time since its start is how long it took. */
  private withEnd(patch: SpanPatch): SpanPatch {
    const { identity, startTime, durationMs } = patch;
    if (identity === undefined) {
      return patch;
    }
    if (patch.part === 'start' && startTime !== undefined && this.started.size < maxStarted) {
      this.started.add(identity);
      return patch;
    }
    const isEnd = durationMs === undefined && this.started.delete(identity);
    return isEnd ? { ...patch, startTime: undefined, endTime: startTime } : patch;
  }

  private begin(patch: SpanPatch): SpanPatch {
    this.count += 1;
    // with its time the id is the same in a copy of the file
    const place = patch.startTime ?? this.fileName;
    const identity = `pair:${place}/${patch.model ?? ''}/${this.count}`;
    const request: SpanPatch = { ...patch, identity, part: 'start' };
    this.open = [...this.open.slice(-maxOpen), request];
    return request;
  }

  private finish(patch: SpanPatch): SpanPatch {
    if (patch.kind !== 'call' || patch.hasInput || patch.part === 'start') {
      return patch;
    }
    const fitting = this.open.filter(request => fits(request, patch));
    const [request] = fitting;
    this.open = this.open.filter(one => !fitting.includes(one));
    if (request === undefined || fitting.length > 1) {
      return patch;
    }
    const isTimed = patch.durationMs !== undefined;
    return {
      ...patch,
      identity: request.identity,
      part: 'end',
      model: patch.model ?? request.model,
      provider: patch.provider ?? request.provider,
      sessionId: patch.sessionId ?? request.sessionId,
      startTime: isTimed ? patch.startTime : undefined,
      endTime: isTimed ? undefined : patch.startTime,
    };
  }
}

/** What `readCall` makes of a start without an id. */
function isRequest(patch: SpanPatch): boolean {
  return patch.kind === 'event' && patch.hasInput && patch.identity === undefined;
}

function fits(request: SpanPatch, answer: SpanPatch): boolean {
  const waited = (answer.startTime ?? 0) + (answer.durationMs ?? 0) - (request.startTime ?? 0);
  const isInTime =
    answer.startTime === undefined ||
    request.startTime === undefined ||
    (waited >= 0 && waited <= longestMs);
  return (
    isInTime &&
    agree(request.model, answer.model) &&
    agree(request.sessionId, answer.sessionId) &&
    agree(request.traceId, answer.traceId) &&
    agree(request.requestId, ownId(answer.requestId))
  );
}

/** The id that a provider gives its answer is none of the log's. */
function ownId(id: string | undefined): string | undefined {
  return id !== undefined && /^(?:chatcmpl-|msg_|resp_|gen-|cmpl-)/.test(id) ? undefined : id;
}

function agree(one: string | undefined, other: string | undefined): boolean {
  return one === undefined || other === undefined || one === other;
}
