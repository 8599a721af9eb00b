import { isFields } from './fields/values';
import type { JsonFormat } from './format';
import { isMlflowRecord, spansOfMlflow } from './otel/mlflow';
import { readSpan } from './otel/readSpan';

/** Traces that MLflow keeps of language models and agents. */
export const mlflow: JsonFormat = {
  id: 'mlflow',
  title: 'MLflow traces',
  docs: {
    schema: 'https://mlflow.org/docs/latest/genai/concepts/trace/',
    writtenBy: 'MLflow: `mlflow traces get`, `Trace.to_json()`, `artifacts/traces.json`',
    recognisedBy: '`info` and `data.spans`, or `spans` with `mlflow.…` attributes',
    notes: 'The session is the trace’s `mlflow.trace.session`. Ids may be base64.',
  },
  container: 'json',
  matches: isMlflowRecord,
  read: record => ({ spans: isFields(record) ? spansOfMlflow(record).map(readSpan) : [] }),
};
