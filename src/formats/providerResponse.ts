import type { SpanContent } from '../model/message';
import { hasText } from './fields/content';
import { type Fields, isFields, toId } from './fields/values';
import type { FileReader, JsonFormat, ReadContext, Reading } from './format';
import { dialectOfEvent, dialectOfResponse, type StreamedDialect } from './provider/dialects';
import { isErrorBody, readErrorBody } from './provider/errorBody';
import { readExchangeContent, toPatch } from './provider/exchange';
import type { ResponseFacts } from './provider/facts';
import { type EventPlace, StreamTracker } from './provider/streamTracker';
import { savedResponses } from './recordingHints';

/** Bodies of responses as the providers send them, whole or as the chunks of a stream, one JSON value after the other. */
export const providerResponse: JsonFormat = {
  id: 'provider-response',
  title: 'Provider response (JSON)',
  docs: {
    schema: 'https://platform.openai.com/docs/api-reference/chat/object',
    writtenBy:
      'Whoever saves what a provider answers: OpenAI (chat, responses, completions, embeddings) and everybody who copies it, Anthropic, Gemini, Bedrock Converse, Cohere, Ollama',
    recognisedBy:
      '`object` `chat.completion`, `chat.completion.chunk`, `response`, `text_completion`, `list` of embeddings; `type` `message` with `role` and `usage`; `candidates`; `output.message` with `usage`; events named `message_start`, `content_block_delta`, `response.…`; Ollama’s `done` with `created_at`; an object of nothing but an `error`',
    notes:
      'The chunks of one response are one call; its tokens are those of the last chunk that says them. Anthropic’s input leaves out cached tokens, Gemini’s output leaves out thoughts: both are added. An error body is a failed call of an unknown model.',
  },
  recordingHint: savedResponses,
  container: 'json',
  matches: record =>
    isFields(record) &&
    (dialectOfResponse(record) !== undefined ||
      dialectOfEvent(record) !== undefined ||
      isErrorBody(record) ||
      isAnnouncement(record)),
  open,
  read: (record, context) => open(context).read(record),
  joinPieces,
};

/** Azure announces a stream by what its filters think of the prompt. */
function isAnnouncement(record: Fields): boolean {
  return Array.isArray(record['prompt_filter_results']) && Array.isArray(record['choices']);
}

function open({ fileName }: ReadContext): FileReader {
  const tracker = new StreamTracker(fileName);
  const named = new Set<string>();
  return {
    read: (record): Reading => {
      if (!isFields(record)) {
        return { spans: [] };
      }
      const dialect = dialectOfEvent(record);
      if (dialect) {
        return readEvent(record, dialect, tracker, named);
      }
      const whole = dialectOfResponse(record);
      if (whole) {
        return { spans: [toPatch({ response: whole.readResponse(record) })] };
      }
      return isErrorBody(record) ? readError(record, tracker) : { spans: [] };
    },
  };
}

/** An error in the middle of a stream is the end of that stream. */
function readError(record: Fields, tracker: StreamTracker): Reading {
  const response = readErrorBody(record);
  const place = tracker.place(record, undefined);
  return {
    spans: [
      place.isUnderWay
        ? toPatch({ response, identity: identityOf(place), part: 'update' })
        : toPatch({ response }),
    ],
  };
}

/** The bodies of an event, and the event itself for putting the whole answer together. */
interface EventContent extends SpanContent {
  readonly event: Fields;
}

function readEvent(
  event: Fields,
  dialect: StreamedDialect,
  tracker: StreamTracker,
  named: Set<string>,
): Reading {
  const { stream } = dialect;
  const place = tracker.place(event, stream);
  const alone = dialect.readResponse(stream.assemble([event]));
  const response = {
    ...(needsHead(event, place) ? withHead(dialect, place.head, event) : alone),
    messages: alone.messages,
  };
  const part = stream.isSummary?.(event) ? 'end' : stream.isHead?.(event) ? 'start' : 'update';
  const patch = toPatch({ response, identity: identityOf(place), part });
  return {
    spans: [
      {
        ...patch,
        requestId: place.id ?? patch.requestId,
        // nobody knows whether the rest of a broken stream will ever come
        status: patch.status === 'running' ? 'unknown' : patch.status,
        toolCallNames: newToolCalls(alone, place, event, named),
        hasOutput: patch.hasOutput || hasText(stream.bodyOf(event)) === true,
        content: (): EventContent => ({ ...readExchangeContent({ response: alone }), event }),
      },
    ],
  };
}

/** Later figures complete those of the beginning. */
function needsHead(event: Fields, { head }: EventPlace): boolean {
  return head !== undefined && head !== event && event['usage'] !== undefined;
}

function withHead(
  dialect: StreamedDialect,
  head: Fields | undefined,
  event: Fields,
): ResponseFacts {
  return dialect.readResponse(dialect.stream.assemble(head ? [head, event] : [event]));
}

function identityOf({ id, stream }: EventPlace): string {
  return id === undefined ? `stream:${stream}` : `request:${id}`;
}

/** Some name a call again in each piece of its arguments, when it is finished, and when the response is. */
function newToolCalls(
  { messages }: ResponseFacts,
  { stream }: EventPlace,
  event: Fields,
  named: Set<string>,
): readonly string[] {
  const place = toId(event['output_index']);
  return messages.flatMap(({ parts }) =>
    parts.flatMap(part => {
      if (part.type !== 'toolCall') {
        return [];
      }
      const keys = [place && `item ${place}`, part.id && `call ${part.id}`]
        .filter(key => key !== undefined)
        .map(key => `${stream}\0${key}`);
      const isNew = !keys.some(key => named.has(key));
      keys.forEach(key => named.add(key));
      return isNew ? [part.name] : [];
    }),
  );
}

function joinPieces(contents: readonly SpanContent[]): SpanContent {
  const events = contents.filter(isEventContent).map(({ event }) => event);
  const [first] = events;
  const dialect = first === undefined ? undefined : dialectOfEvent(first);
  if (!dialect) {
    return contents[0] ?? readExchangeContent({});
  }
  return readExchangeContent({ response: dialect.readResponse(dialect.stream.assemble(events)) });
}

function isEventContent(content: SpanContent): content is EventContent {
  return 'event' in content;
}
