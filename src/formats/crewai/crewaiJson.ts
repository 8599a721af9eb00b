import type { SpanPatch } from '../../model/span';
import { toTime } from '../fields/time';
import { type Fields, isFields, toText } from '../fields/values';
import type { JsonFormat } from '../format';
import { readTaskEntry } from './entry';

/**
 * crewAI with `output_log_file="….json"`: a list that is written anew with every entry.
 * https://github.com/crewAIInc/crewAI/blob/main/lib/crewai/src/crewai/utilities/file_handler.py
 */
export const crewaiJson: JsonFormat = {
  id: 'crewai-json',
  title: 'crewAI task log (JSON)',
  docs: {
    schema:
      'https://github.com/crewAIInc/crewAI/blob/main/lib/crewai/src/crewai/utilities/file_handler.py',
    writtenBy: 'crewAI with `output_log_file` ending in `.json`',
    recognisedBy: '`timestamp`, `task`, `agent`, `status`, with `task_name` or without',
    notes: 'Tasks are agents; the log does not tell of their calls.',
  },
  container: 'json',
  matches: record => isEntry(Array.isArray(record) ? record[0] : record),
  read: record => ({ spans: readEntries(Array.isArray(record) ? record : [record]) }),
};

function isEntry(value: unknown): value is Fields {
  return (
    isFields(value) &&
    typeof value['timestamp'] === 'string' &&
    /^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d$/.test(value['timestamp'].slice(0, 30)) &&
    typeof value['status'] === 'string' &&
    'task' in value &&
    'agent' in value
  );
}

function readEntries(list: readonly unknown[]): readonly SpanPatch[] {
  const started = new Map<string, number | undefined>();
  return list.filter(isEntry).flatMap(entry => {
    const task = `${toText(entry['agent'])} ${toText(entry['task'])}`;
    if (entry['status'] === 'started') {
      started.set(task, toTime(entry['timestamp']));
      return [];
    }
    return readTaskEntry(entry, started.get(task));
  });
}
