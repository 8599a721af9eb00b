import { isFields, toId } from './fields/values';
import type { JsonFormat, Reading } from './format';
import { readLog } from './otel/logs/readLog';
import { isOtlpBatch, logsOfBatch, spansOfBatch } from './otel/otlpBatch';
import { readSpan } from './otel/readSpan';

/** A batch of spans, logs or metrics as OpenTelemetry's exporters and collectors send and store it. */
export const otlpJson: JsonFormat = {
  id: 'otlp-json',
  title: 'OpenTelemetry OTLP (JSON)',
  docs: {
    schema:
      'https://github.com/open-telemetry/opentelemetry-proto/blob/main/opentelemetry/proto/trace/v1/trace.proto',
    writtenBy:
      'The OpenTelemetry Collector’s file exporter, SDK exporters, Copilot’s “Export Agent Debug Log”; Claude Code, Codex and Gemini CLI by way of a collector',
    recognisedBy: '`resourceSpans`, `resourceLogs` or `resourceMetrics`',
    notes:
      'Reads the GenAI conventions of every generation, OpenLLMetry, OpenInference, the AI SDK, Monocle and others. Events about a call belong to its span; metrics are understood and hold no call.',
  },
  container: 'json',
  matches: isOtlpBatch,
  read: readBatch,
};

function readBatch(record: unknown): Reading {
  if (!isFields(record)) {
    return { spans: [] };
  }
  const spans = [...spansOfBatch(record).map(readSpan), ...logsOfBatch(record).flatMap(readLog)];
  // Copilot says the session of an export once, beside the spans
  const exported = record['copilotChat'];
  const sessionId = isFields(exported) ? toId(exported['sessionId']) : undefined;
  return {
    spans:
      sessionId === undefined
        ? spans
        : spans.map(span => ({ ...span, sessionId: span.sessionId ?? sessionId })),
  };
}
