import { isFields } from './fields/values';
import type { FileReader, JsonFormat, ReadContext, Reading } from './format';
import { isJsLog, isJsMetrics, isJsSpan, readJsLog, readJsSpan } from './otel/jsSdk';
import { CallIdentities } from './otel/logs/callIdentities';
import { eventNameOf, readLog } from './otel/logs/readLog';
import { readSpan } from './otel/readSpan';

/** Files named so hold nothing else, so a line that could not be written may be the first. */
const telemetryFile = /otel|telemetry/i;

/** Objects of OpenTelemetry's JavaScript SDK, written as they are: spans, log records and metrics in one file. */
export const otelJs: JsonFormat = {
  id: 'otel-js',
  title: 'OpenTelemetry JS SDK objects',
  docs: {
    schema:
      'https://github.com/open-telemetry/opentelemetry-js/tree/main/packages/opentelemetry-sdk-trace-base',
    writtenBy:
      'Copilot Chat’s and Gemini CLI’s telemetry file, exporters that stringify SDK objects',
    recognisedBy:
      'a span with `startTime` as `[seconds, nanoseconds]`, a log record with `hrTime`, metrics with `scopeMetrics`',
    notes:
      'A line `{}` in such a file is a record that the writer could not stringify. An event about a call and its span are one call by the response’s id.',
  },
  container: 'json',
  matches: (record, { fileName }) =>
    isOwn(record) || (isEmpty(record) && telemetryFile.test(fileName)),
  read: (record, context) => openFile(context).read(record),
  open: openFile,
};

function isOwn(record: unknown): boolean {
  return isJsSpan(record) || isJsLog(record) || isJsMetrics(record);
}

function openFile({ fileName }: ReadContext): FileReader {
  const identities = new CallIdentities();
  let isKnown = telemetryFile.test(fileName);
  return {
    matches: record => isOwn(record) || (isKnown && isEmpty(record)),
    read: record => {
      isKnown = true;
      return readRecord(record, identities);
    },
  };
}

function readRecord(record: unknown, identities: CallIdentities): Reading {
  if (isJsLog(record)) {
    const log = readJsLog(record);
    const name = eventNameOf(log);
    return { spans: readLog(log).map(patch => identities.ofEvent(patch, name)) };
  }
  return isJsSpan(record)
    ? { spans: [identities.ofSpan(readSpan(readJsSpan(record)))] }
    : { spans: [] };
}

function isEmpty(record: unknown): boolean {
  return isFields(record) && Object.keys(record).length === 0;
}
