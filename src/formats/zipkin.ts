import { isFields } from './fields/values';
import type { JsonFormat } from './format';
import { readSpan } from './otel/readSpan';
import { isZipkinSpan, readZipkinSpan } from './otel/zipkin';

/** Spans in Zipkin's JSON. */
export const zipkin: JsonFormat = {
  id: 'zipkin',
  title: 'Zipkin spans',
  docs: {
    schema: 'https://zipkin.io/zipkin-api/',
    writtenBy: 'Zipkin’s API and UI, exporters that speak Zipkin',
    recognisedBy: '`traceId`, `id`, `timestamp` and `localEndpoint`',
  },
  container: 'json',
  matches: isZipkinSpan,
  read: record => ({ spans: isFields(record) ? [readSpan(readZipkinSpan(record))] : [] }),
};
