import { type Fields, isFields, parseJson } from '../fields/values';
import { dialectOfEvent, dialectOfResponse } from './dialects';
import { isErrorBody, readErrorBody } from './errorBody';
import type { ResponseFacts } from './facts';
import { objectsIn } from './joined';
import { isEventStream, readEventStream } from './serverSentEvents';
import { readStreams } from './streams';

/**
 * Facts of what came back for one request: a body as object or JSON text, an event stream as text, a list of chunks.
 * `status`: the HTTP status, when the log has it. undefined: nothing of a provider's.
 */
export function readAnswer(value: unknown, status?: number): ResponseFacts | undefined {
  if (typeof value === 'string') {
    return readText(value, status);
  }
  if (Array.isArray(value)) {
    return readList(value, status);
  }
  return isFields(value) ? readBody(value, status) : undefined;
}

function readBody(body: Fields, status: number | undefined): ResponseFacts | undefined {
  const dialect = dialectOfResponse(body);
  if (dialect) {
    return dialect.readResponse(body);
  }
  if (isErrorBody(body) || (status !== undefined && status >= 400)) {
    return readErrorBody(body, status);
  }
  return dialectOfEvent(body) ? readStreams([body])[0]?.facts : undefined;
}

function readText(text: string, status: number | undefined): ResponseFacts | undefined {
  const trimmed = text.trimStart();
  if (trimmed.startsWith('{') || trimmed.startsWith('[')) {
    const parsed = parseJson(trimmed);
    return parsed === undefined ? readLines(trimmed, status) : readAnswer(parsed, status);
  }
  return isEventStream(trimmed) ? readStreams(readEventStream(trimmed))[0]?.facts : undefined;
}

/** One JSON value a line, as Ollama streams. */
function readLines(text: string, status: number | undefined): ResponseFacts | undefined {
  return readList(
    text.split('\n').map(line => parseJson(line)),
    status,
  );
}

function readList(list: readonly unknown[], status: number | undefined): ResponseFacts | undefined {
  const objects = objectsIn(list);
  const events = objects.filter(item => dialectOfEvent(item) !== undefined || isErrorBody(item));
  if (events.length > 0 && objects.some(item => dialectOfEvent(item) !== undefined)) {
    return readStreams(events)[0]?.facts;
  }
  const [first] = objects;
  return first === undefined ? undefined : readBody(first, status);
}
