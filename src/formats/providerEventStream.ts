import type { LineRole, Reading, TextFormat } from './format';
import { toPatch } from './provider/exchange';
import { isEventLine, readEventStream } from './provider/serverSentEvents';
import { readStreams } from './provider/streams';
import { savedResponses } from './recordingHints';

const knownEvent =
  /^event: ?(?:message|message[-_](?:start|delta|stop|end)|content_block_\w{1,20}|content-\w{1,20}|tool-\w{1,20}-?\w{0,20}|response\.[\w.]{1,80}|interaction\.\w{1,40}|step\.\w{1,20}|ping|error|completion)$/;
/** An object with one of the words that all providers' events begin with. */
const knownData =
  /^data: ?(?:\[DONE\]|\{.{0,400}?"(?:object|type|model|choices|candidates|event_type|error|usageMetadata|done|contentBlock\w{1,8}|messageSt\w{1,8})")/;
/** What gateways send to keep the line open. */
const knownComment = /^: ?(?:OPENROUTER PROCESSING|keep-?alive|ping|heartbeat)?$/i;
const lastData =
  /^data: ?(?:\[DONE\]|\{[^{]{0,200}"type": ?"(?:message_stop|message-end|response\.(?:completed|failed|incomplete))")/;

/** Streams of providers as they came over the wire. */
export const providerEventStream: TextFormat = {
  id: 'provider-event-stream',
  title: 'Provider stream (SSE)',
  docs: {
    schema: 'https://html.spec.whatwg.org/multipage/server-sent-events.html',
    writtenBy:
      'Whoever saves the event stream of a provider as it comes: `curl -N`, a proxy, a test',
    recognisedBy:
      'Lines `data: {…}` and `event: …` with the events of OpenAI, Anthropic, Gemini, Cohere and their likes; `data: [DONE]`, `message_stop` or `response.completed` ends a stream',
    notes:
      'One call for each response in it. A stream holds no request and no times but the `created` of the response; one that breaks off has no outcome.',
  },
  recordingHint: savedResponses,
  container: 'text',
  createFramer,
  read,
};

function createFramer(): (line: string) => LineRole {
  let isOpen = false;
  return line => {
    const isStart =
      !isOpen && (knownData.test(line) || knownEvent.test(line) || knownComment.test(line));
    if (!isStart && !(isOpen && isEventLine(line))) {
      isOpen = false;
      return 'none';
    }
    const isLast = lastData.test(line);
    if (!isLast) {
      isOpen = true;
      return isStart ? 'start' : 'continue';
    }
    const wasOpen = isOpen;
    isOpen = !wasOpen;
    return wasOpen ? 'end' : 'start';
  };
}

function read(record: string): Reading | undefined {
  const events = readEventStream(record);
  const streams = readStreams(events);
  if (streams.length === 0 && events.length > 0) {
    return undefined;
  }
  return {
    spans: streams.map(({ id, facts, hasEnded }) => {
      const patch = toPatch({
        response: facts,
        identity: id === undefined ? undefined : `request:${id}`,
      });
      const isOver = hasEnded || patch.status === 'error';
      return {
        ...patch,
        requestId: id ?? patch.requestId,
        status: isOver ? patch.status : 'unknown',
      };
    }),
  };
}
