import type { SpanPatch } from '../../model/span';
import { type Fields, isFields, toLabel } from '../fields/values';
import type { JsonFormat } from '../format';
import { isSample, readSample } from './sample';

/**
 * Logs of Inspect AI: a JSON log, and the entries of an `.eval` archive, each of which is a record (a sample, the header,
 * summaries, reductions, the journal).
 */
export const inspect: JsonFormat = {
  id: 'inspect-ai',
  title: 'Inspect AI log',
  docs: {
    schema: 'https://github.com/UKGovernmentBEIS/inspect_ai/blob/main/src/inspect_ai/log/_log.py',
    writtenBy: 'Inspect AI (UK AISI): JSON logs, and the entries of `.eval` archives',
    recognisedBy:
      '`eval` with `task` and `run_id`; samples with `epoch`, `target` and `messages` or `events`',
    notes:
      'A sample is a trace, its `model` events are the calls; without events the messages of the model are. References to attachments and to the pool of messages are resolved. Statistics, summaries and reductions are understood and hold no call. Cached input is added where the total shows that it was left out.',
  },
  container: 'json',
  matches: record =>
    Array.isArray(record)
      ? isSummary(record[0]) || isReduction(record[0]) || isSample(record[0])
      : isFields(record) && (isLog(record) || isSample(record)),
  read: record => ({ spans: readRecord(record) }),
};

function isLog(record: Fields): boolean {
  const { eval: evaluation } = record;
  return isFields(evaluation) && 'task' in evaluation && 'run_id' in evaluation;
}

function isSummary(value: unknown): boolean {
  return isFields(value) && 'epoch' in value && 'target' in value && 'input' in value;
}

function isReduction(value: unknown): boolean {
  return isFields(value) && typeof value['scorer'] === 'string' && Array.isArray(value['samples']);
}

function readRecord(record: unknown): readonly SpanPatch[] {
  const log = isFields(record) ? record : {};
  const task = isFields(log['eval']) ? toLabel(log['eval']['task']) : undefined;
  const samples = log['samples'] ?? record;
  const list: readonly unknown[] = Array.isArray(samples) ? samples : [samples];
  return list.filter(isSample).flatMap(sample => readSample(sample, task));
}
