import { readCallTime } from './fields/callTime';
import { readError } from './fields/errors';
import { readIds } from './fields/identity';
import { byKeys } from './fields/shape';
import { readTags } from './fields/tags';
import { type Fields, isFields, parseJson } from './fields/values';
import type { JsonFormat, Reading } from './format';
import { type Exchange, toPatch } from './provider/exchange';
import { type HttpExchange, readHttpExchange, statusOf } from './provider/httpExchange';
import { isRequestBody, looksLikeRequest, readRequestBody } from './provider/request';
import { readAnswer } from './provider/responseBody';
import { savedResponses } from './recordingHints';

/** What people call the two halves of a saved pair. */
const sides: readonly (readonly [string, string])[] = [
  ['request', 'response'],
  ['req', 'res'],
  ['req', 'resp'],
  ['request_body', 'response_body'],
  ['requestBody', 'responseBody'],
  ['raw_request', 'raw_response'],
  ['rawRequest', 'rawResponse'],
  ['request_data', 'response_data'],
  ['request', 'result'],
  ['payload', 'response'],
  ['body', 'response'],
];
/** `input` and `output` are words of every tracer: only where nothing else stands beside them. */
const looseSides: readonly (readonly [string, string])[] = [
  ['input', 'output'],
  ['input', 'response'],
];
const besideLoose = new Set(
  'input output response timestamp time date created_at id model provider latency_ms duration_ms latency duration error status index name'.split(
    ' ',
  ),
);

/** A request as it was sent to a provider, alone or with what came back. */
export const providerExchange: JsonFormat = {
  id: 'provider-exchange',
  title: 'Provider request and response (JSON)',
  docs: {
    schema: 'https://platform.openai.com/docs/api-reference/chat/create',
    writtenBy: 'Whoever saves what was sent to a provider, and what came back',
    recognisedBy:
      'Two fields such as `request` and `response` (`req`/`res`, `request_body`/`response_body`, `input`/`output`) that hold a request and a response of a provider, as objects, as JSON text, or under `body`; or an object of nothing but a provider’s request: `model` with `messages`, `input` or `prompt`, `contents`',
    notes:
      'A time beside the two is read as in a home-grown log. A request alone is a call whose outcome is unknown. Headers of requests are shown with keys and tokens masked.',
  },
  recordingHint: savedResponses,
  container: 'json',
  matches: record => isFields(record) && (isRequestBody(record) || hasPair(record)),
  read: record => (isFields(record) ? read(record) : { spans: [] }),
};

function read(record: Fields): Reading {
  if (isRequestBody(record)) {
    return { spans: [toPatch({ request: readRequestBody(record) })] };
  }
  const pair = pairOf(record);
  const exchange = pair && readPair(record, pair);
  return { spans: exchange ? [toCall(record, exchange)] : [] };
}

interface Pair {
  readonly request: HttpExchange;
  /** The response is there, and null. */
  readonly isUnanswered: boolean;
}

function hasPair(record: Fields): boolean {
  const pair = pairOf(record);
  return pair !== undefined && readPair(record, pair) !== undefined;
}

const sidesIn = byKeys(keys => {
  const isLoose = keys.every(key => besideLoose.has(key));
  const known = isLoose ? [...sides, ...looseSides] : sides;
  return known.find(([asked, answered]) => keys.includes(asked) && keys.includes(answered));
});

function pairOf(record: Fields): Pair | undefined {
  const found = sidesIn(record);
  // claude-trace and nock write such pairs, too
  if (!found || record['logged_at'] !== undefined || record['scope'] !== undefined) {
    return undefined;
  }
  const request = record[found[0]];
  const response = record[found[1]];
  const requestBody = bodyOf(request);
  // seen at once, while a response must be read to know whose it is
  if (isFields(requestBody) && !looksLikeRequest(requestBody)) {
    return undefined;
  }
  return {
    request: {
      ...toHttp(request, response),
      requestBody,
      url: isFields(request) ? urlOf(request) : undefined,
    },
    isUnanswered: response === null,
  };
}

function toHttp(request: unknown, response: unknown): HttpExchange {
  const answered = isFields(response) ? response : undefined;
  return {
    requestHeaders: isFields(request) ? request['headers'] : undefined,
    responseBody: answered && readAnswer(answered) === undefined ? bodyOf(answered) : response,
    status: answered && statusOf(answered),
  };
}

/** The body within `{"url": …, "body": …}`, or the value itself. */
function bodyOf(side: unknown): unknown {
  const value = typeof side === 'string' && side.startsWith('{') ? (parseJson(side) ?? side) : side;
  if (!isFields(value) || looksLikeRequest(value)) {
    return value;
  }
  return value['body'] ?? value['json'] ?? value['data'] ?? value['body_raw'] ?? value;
}

function urlOf(request: Fields): string | undefined {
  const { url } = request;
  return typeof url === 'string' && /^https?:|^\//.test(url) ? url : undefined;
}

/** Only what a provider would understand and say; other pairs belong to the log that wrote them. */
function readPair(record: Fields, { request, isUnanswered }: Pair): Exchange | undefined {
  const exchange = readHttpExchange(request);
  const isAnswered = exchange?.response !== undefined;
  const isFailed = isUnanswered && readError(record) !== undefined;
  return exchange?.request !== undefined && (isAnswered || isFailed) ? exchange : undefined;
}

function toCall(record: Fields, exchange: Exchange): Reading['spans'][number] {
  const ids = readIds(record);
  const time = readCallTime(record, undefined);
  const failure = exchange.response?.error ?? readError(record);
  const patch = toPatch({ ...exchange, ...time, tags: readTags(record) });
  return {
    ...patch,
    identity: patch.identity ?? ids.identity,
    requestId: patch.requestId ?? ids.requestId,
    traceId: ids.traceId,
    spanId: ids.spanId,
    parentSpanId: ids.parentSpanId,
    sessionId: ids.sessionId,
    status: failure ? 'error' : patch.status,
    error: failure,
  };
}
