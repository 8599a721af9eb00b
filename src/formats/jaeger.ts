import { isFields } from './fields/values';
import type { JsonFormat } from './format';
import { isJaegerRecord, spansOfJaeger } from './otel/jaeger';
import { readSpan } from './otel/readSpan';

/** Traces that were saved out of Jaeger. */
export const jaeger: JsonFormat = {
  id: 'jaeger',
  title: 'Jaeger traces',
  docs: {
    schema: 'https://github.com/jaegertracing/jaeger-ui',
    writtenBy: 'Jaeger’s UI (“Trace JSON”, the API) and its storage',
    recognisedBy: '`traceID`, `spanID`, `operationName`, in `data[].spans` or alone',
  },
  container: 'json',
  matches: isJaegerRecord,
  read: record => ({ spans: isFields(record) ? spansOfJaeger(record).map(readSpan) : [] }),
};
