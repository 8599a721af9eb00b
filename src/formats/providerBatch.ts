import { toTime } from './fields/time';
import { isFields } from './fields/values';
import type { JsonFormat, Reading } from './format';
import { batchTags, readBatchLine, readFailedPrediction } from './provider/batchLine';
import { toPatch } from './provider/exchange';
import { savedResponses } from './recordingHints';

/** Files of the batch APIs of providers: what was handed in, and what came back. */
export const providerBatch: JsonFormat = {
  id: 'provider-batch',
  title: 'Provider batch (JSONL)',
  docs: {
    schema: 'https://platform.openai.com/docs/api-reference/batch/request-output',
    writtenBy:
      'The batch APIs of OpenAI, Groq, Mistral, Azure, Anthropic, Gemini, Vertex and Bedrock: input, output and error files',
    recognisedBy:
      '`custom_id` with `body`, `params`, `response` or `result`; `key` with a `request` or `response` of Gemini; `recordId` with `modelInput`; `processed_time` with `request`',
    notes:
      'A request and its outcome in two files are joined by `custom_id`, which is unique only within a batch: outcomes that contradict each other stay two calls. The time is the `created` of the answer; a batch has no latencies.',
  },
  recordingHint: savedResponses,
  container: 'json',
  matches: record =>
    isFields(record) &&
    ('custom_id' in record ||
      'recordId' in record ||
      'key' in record ||
      'processed_time' in record) &&
    (readBatchLine(record) ?? readFailedPrediction(record)) !== undefined,
  read,
};

function read(record: unknown): Reading {
  if (!isFields(record)) {
    return { spans: [] };
  }
  const line = readBatchLine(record);
  if (line === undefined) {
    const failed = readFailedPrediction(record);
    return {
      spans: failed ? [toPatch({ ...failed, startTime: toTime(record['processed_time']) })] : [],
    };
  }
  return {
    spans: [
      toPatch({
        ...line,
        identity: `batch:${line.key}`,
        part: line.response === undefined ? 'start' : 'whole',
        tags: { custom_id: line.key.slice(0, 200), ...batchTags(record) },
      }),
    ],
  };
}
