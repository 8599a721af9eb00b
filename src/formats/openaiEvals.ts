import type { SpanPatch } from '../model/span';
import { hasText } from './fields/content';
import { toError } from './fields/errors';
import { readRequest, readResponse, toolNamesIn } from './fields/exchange';
import { toTime } from './fields/time';
import { readUsageObject } from './fields/usage';
import { type Fields, isFields, toId, toLabel, toText } from './fields/values';
import type { FileReader, JsonFormat, Reading } from './format';

/**
 * Logs of OpenAI's evals: a line with the specification, an event a line, a final report.
 * https://github.com/openai/evals/blob/main/evals/record.py
 */
export const openaiEvals: JsonFormat = {
  id: 'openai-evals',
  title: 'OpenAI evals',
  docs: {
    schema: 'https://github.com/openai/evals/blob/main/evals/record.py',
    writtenBy: 'OpenAI’s `evals` (`oaieval`)',
    recognisedBy:
      '`run_id`, `event_id`, `type`, `data`; a first line with `spec`, a last with `final_report`',
    notes:
      'Events of type `sampling` are the calls; a sample is a trace. The model is that of the event, else the only one of the specification.',
  },
  container: 'json',
  matches: record =>
    isFields(record) &&
    (isEvent(record) ||
      (isFields(record['spec']) && 'completion_fns' in record['spec']) ||
      (Object.keys(record).length === 1 && isFields(record['final_report']))),
  read: record => readRecord(record, undefined),
  open: (): FileReader => {
    let model: string | undefined;
    return {
      read: record => {
        const spec = isFields(record) ? record['spec'] : undefined;
        const models = isFields(spec) ? spec['completion_fns'] : undefined;
        model = Array.isArray(models) && models.length === 1 ? toLabel(models[0]) : model;
        return readRecord(record, model);
      },
    };
  },
};

function isEvent(record: Fields): boolean {
  return (
    'run_id' in record &&
    'event_id' in record &&
    'data' in record &&
    typeof record['type'] === 'string'
  );
}

function readRecord(record: unknown, model: string | undefined): Reading {
  if (!isFields(record) || !isEvent(record) || !isFields(record['data'])) {
    return { spans: [] };
  }
  const { type, data } = record;
  if (type === 'error') {
    const failure = toError(toText(data['message'] ?? 'error'), toLabel(data['type']));
    return {
      spans: [
        {
          ...placeOf(record),
          kind: 'event',
          name: 'error',
          status: 'error',
          error: failure,
          hasInput: false,
          hasOutput: false,
        },
      ],
    };
  }
  return { spans: type === 'sampling' ? [readSampling(record, data, model)] : [] };
}

function placeOf(
  event: Fields,
): Pick<SpanPatch, 'identity' | 'part' | 'traceId' | 'spanId' | 'startTime'> {
  const runId = toId(event['run_id']);
  const eventId = toId(event['event_id']);
  const sampleId = toId(event['sample_id']);
  const traceId = runId && sampleId && toId(`${runId}/${sampleId}`);
  return {
    identity: runId && eventId && `span:${runId}/${eventId}`,
    part: 'whole',
    traceId,
    spanId: eventId,
    startTime: toTime(event['created_at']),
  };
}

function readSampling(event: Fields, data: Fields, model: string | undefined): SpanPatch {
  const { sampled, prompt } = data;
  const texts = Array.isArray(sampled) ? sampled : [sampled];
  const answer = hasText(sampled) === true ? texts.flatMap(text => [...readResponse(text)]) : [];
  return {
    ...placeOf(event),
    kind: 'call',
    name: 'sampling',
    model: toLabel(data['model']) ?? model,
    usage: readUsageObject(data['usage']),
    status: 'ok',
    toolCallNames: toolNamesIn(answer),
    hasInput: hasText(prompt) === true,
    hasOutput: answer.length > 0,
    content: () => ({
      ...readRequest(hasText(prompt) === true ? prompt : undefined),
      outputMessages: answer,
    }),
  };
}
