import { toDurationMs } from './fields/duration';
import { toTime } from './fields/time';
import { at, type Fields, isFields, toText } from './fields/values';
import type { JsonFormat, Reading } from './format';
import { type Exchange, toPatch } from './provider/exchange';
import { type HttpExchange, readHttpExchange, statusOf } from './provider/httpExchange';
import { objectsIn } from './provider/joined';
import { readRecordedBody } from './provider/recordedBody';

/** Recordings of HTTP traffic that tests and browsers make; the requests to models in them. */
export const httpRecording: JsonFormat = {
  id: 'http-recording',
  title: 'HTTP recording (nock, VCR, HAR, Polly.js)',
  docs: {
    schema: 'http://www.softwareishard.com/blog/har-12-spec/',
    writtenBy: 'nock, VCR and its ports (JSON cassettes), browsers and proxies (HAR), Polly.js',
    recognisedBy:
      '`scope`, `path` and `response` (nock); `http_interactions` or `interactions` with `request` and `response` (VCR); `log.entries` (HAR, Polly.js)',
    notes:
      'Requests to endpoints of models are calls, others are understood. A packed body (gzip) is not unpacked. Headers are shown with keys and tokens masked.',
  },
  container: 'json',
  mayEncodeBodies: true,
  matches: record =>
    isFields(record) &&
    (isNock(record) || interactionsOf(record) !== undefined || entriesOf(record) !== undefined),
  read: record => (isFields(record) ? read(record) : { spans: [] }),
};

function read(record: Fields): Reading {
  if (isNock(record)) {
    return toReading([readNock(record)]);
  }
  const interactions = interactionsOf(record);
  if (interactions) {
    return toReading(interactions.map(readInteraction));
  }
  return toReading((entriesOf(record) ?? []).map(readEntry));
}

function toReading(exchanges: readonly (Exchange | undefined)[]): Reading {
  return { spans: exchanges.flatMap(exchange => (exchange ? toPatch(exchange) : [])) };
}

/** https://github.com/nock/nock#recording */
function isNock(record: Fields): boolean {
  return (
    typeof record['scope'] === 'string' &&
    typeof record['path'] === 'string' &&
    'response' in record &&
    ('method' in record || 'status' in record)
  );
}

function readNock(record: Fields): Exchange | undefined {
  return readExchange({
    url: `${toText(record['scope'] ?? '')}${toText(record['path'] ?? '')}`,
    requestBody: record['body'],
    requestHeaders: record['reqheaders'],
    responseBody: readRecordedBody(record['response']),
    status: statusOf(record),
  });
}

/** VCR (Ruby), Betamax, VCR.py: https://benoittgt.github.io/vcr/, https://vcrpy.readthedocs.io */
function interactionsOf(record: Fields): readonly Fields[] | undefined {
  const list = record['http_interactions'] ?? record['interactions'];
  const known = objectsIn(list);
  return known.length > 0 && known.every(item => isFields(item['request']) && 'response' in item)
    ? known
    : undefined;
}

function readInteraction({
  request,
  response,
  recorded_at: recordedAt,
}: Fields): Exchange | undefined {
  if (!isFields(request)) {
    return undefined;
  }
  const answered = isFields(response) ? response : {};
  const exchange = readExchange({
    url: textOf(request['uri'] ?? request['url']),
    requestBody: readRecordedBody(request['body']),
    requestHeaders: request['headers'],
    responseBody: readRecordedBody(answered['body'] ?? answered['content']),
    status: statusOf(answered),
  });
  const time = toTime(recordedAt) ?? toTime(dateOf(recordedAt));
  return exchange && { ...exchange, startTime: time };
}

/** http://www.softwareishard.com/blog/har-12-spec/, Polly.js keeps such logs by name. */
function entriesOf(record: Fields): readonly Fields[] | undefined {
  const logs = isFields(record['log']) ? [record] : Object.values(record).filter(hasLog);
  const entries = logs.flatMap(log => objectsIn(at(log, ['log', 'entries'])));
  const first = entries[0];
  return first !== undefined && isFields(first['request']) && isFields(first['response'])
    ? entries
    : undefined;
}

function hasLog(value: unknown): value is Fields {
  return isFields(value) && 'log' in value;
}

function readEntry(entry: Fields): Exchange | undefined {
  const { request, response } = entry;
  if (!isFields(request) || !isFields(response)) {
    return undefined;
  }
  const content = isFields(response['content']) ? response['content'] : {};
  const exchange = readExchange({
    url: textOf(request['url']),
    requestBody: at(request, ['postData', 'text']),
    requestHeaders: request['headers'],
    responseBody: readRecordedBody(content['text'], content['encoding']),
    status: statusOf(response),
  });
  return (
    exchange && {
      ...exchange,
      startTime: toTime(entry['startedDateTime']),
      durationMs: toDurationMs(entry['time']),
    }
  );
}

/** A body that cannot be read still answered. */
function readExchange(http: HttpExchange): Exchange | undefined {
  const exchange = readHttpExchange(http);
  if (!exchange || exchange.response) {
    return exchange;
  }
  const isOk = http.status !== undefined && http.status < 300;
  return isOk
    ? { ...exchange, response: { kind: 'call', name: 'chat', status: 'ok', messages: [] } }
    : exchange;
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : '';
}

/** VCR writes the time as in the `Date` header: `Mon, 21 Sep 2026 15:00:00 GMT`. */
function dateOf(value: unknown): number | undefined {
  if (
    typeof value !== 'string' ||
    !/^[A-Z][a-z]{2}, \d{1,2} [A-Z][a-z]{2} \d{4} [\d:]{8} GMT$/.test(value)
  ) {
    return undefined;
  }
  const time = Date.parse(value);
  return Number.isNaN(time) ? undefined : time;
}
