import { isFields } from './fields/values';
import type { JsonFormat } from './format';
import { isPythonRecord, spansOfPython } from './otel/pythonSpan';
import { readSpan } from './otel/readSpan';

/** A span as OpenTelemetry's Python SDK prints it: the console exporter, Monocle's files, Phoenix's export. */
export const otelPython: JsonFormat = {
  id: 'otel-python',
  title: 'OpenTelemetry Python spans, Phoenix export',
  docs: {
    schema:
      'https://github.com/open-telemetry/opentelemetry-python/blob/main/opentelemetry-sdk/src/opentelemetry/sdk/trace/__init__.py',
    writtenBy:
      'The console exporter and `to_json()` of the Python SDK, Monocle’s file exporter, Phoenix’s export of spans',
    recognisedBy:
      '`context.trace_id` and `context.span_id`, with `parent_id`, `kind` or `span_kind`',
    notes: 'Ids lose their `0x`, so a span is the same one in OTLP.',
  },
  container: 'json',
  matches: isPythonRecord,
  read: record => ({ spans: isFields(record) ? spansOfPython(record).map(readSpan) : [] }),
};
