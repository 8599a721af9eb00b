import { isFields } from './fields/values';
import type { JsonFormat } from './format';
import { isBareSpan, readBareSpan } from './otel/bareSpan';
import { readSpan } from './otel/readSpan';

/** One span without the trace around it: what tests and debugging prints keep of it. */
export const otelSpan: JsonFormat = {
  id: 'otel-span',
  title: 'OpenTelemetry span, attributes only',
  docs: {
    schema:
      'https://github.com/open-telemetry/semantic-conventions/blob/main/docs/gen-ai/gen-ai-spans.md',
    writtenBy: 'Programs and tests that keep a span’s name and attributes alone',
    recognisedBy:
      '`attributes` with names of a GenAI convention, beside `name`, `spanName` or `scopeName`',
  },
  container: 'json',
  matches: isBareSpan,
  read: record => ({ spans: isFields(record) ? [readSpan(readBareSpan(record))] : [] }),
};
