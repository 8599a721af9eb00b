import type { Fields } from '../fields/values';
import { dialectOfEvent, type StreamedDialect } from './dialects';
import { isErrorBody, readErrorBody, readProviderError } from './errorBody';
import type { ResponseFacts } from './facts';
import { StreamTracker } from './streamTracker';

/** One streamed response, put together. */
export interface Stream {
  readonly facts: ResponseFacts;
  /** The provider's id of the response. */
  readonly id: string | undefined;
  readonly hasEnded: boolean;
}

interface OpenStream {
  readonly id: string | undefined;
  readonly dialect: StreamedDialect | undefined;
  readonly events: Fields[];
  readonly errors: Fields[];
}

/** Sorts events by the response that they belong to and puts each together, in the order of their beginnings. */
export function readStreams(events: readonly Fields[]): readonly Stream[] {
  const tracker = new StreamTracker('');
  const streams = new Map<string, OpenStream>();
  for (const event of events) {
    const dialect = dialectOfEvent(event);
    if (dialect === undefined && !isErrorBody(event)) {
      continue;
    }
    const { stream, id } = tracker.place(event, dialect?.stream);
    const known = streams.get(stream) ?? { id, dialect, events: [], errors: [] };
    streams.set(stream, known);
    (dialect === undefined ? known.errors : known.events).push(event);
  }
  return [...streams.values()].map(join);
}

function join({ id, dialect, events, errors }: OpenStream): Stream {
  const [error] = errors;
  if (dialect === undefined) {
    return { id, facts: readErrorBody(error ?? {}), hasEnded: true };
  }
  const facts = dialect.readResponse(dialect.stream.assemble(events));
  return {
    id: id ?? facts.id,
    facts:
      error === undefined ? facts : { ...facts, status: 'error', error: readProviderError(error) },
    hasEnded: error !== undefined || events.some(event => dialect.stream.isEnd(event)),
  };
}
