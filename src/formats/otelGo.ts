import { isFields } from './fields/values';
import type { JsonFormat } from './format';
import { isGoSpan, readGoSpan } from './otel/goSpan';
import { readSpan } from './otel/readSpan';

/** A span that a Go program prints. */
export const otelGo: JsonFormat = {
  id: 'otel-go',
  title: 'OpenTelemetry Go spans',
  docs: {
    schema:
      'https://github.com/open-telemetry/opentelemetry-go/tree/main/exporters/stdout/stdouttrace',
    writtenBy: 'The `stdouttrace` exporter of the Go SDK',
    recognisedBy: '`Name`, `SpanContext.TraceID`',
  },
  container: 'json',
  matches: isGoSpan,
  read: record => ({ spans: isFields(record) ? [readSpan(readGoSpan(record))] : [] }),
};
