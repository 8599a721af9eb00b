import { isFields } from '../fields/values';
import type { JsonFormat, Reading } from '../format';
import { readEvaluation } from './evaluation';
import { EventReader } from './eventReader';
import { isEvaluation, isEvent } from './events';

/**
 * Events of OpenHands (https://github.com/All-Hands-AI/OpenHands/tree/main/openhands/events): a list of them, one a file, or
 * the `history` in a line of an evaluation's `output.jsonl`.
 */
export const openHands: JsonFormat = {
  id: 'open-hands',
  title: 'OpenHands events',
  docs: {
    schema: 'https://github.com/All-Hands-AI/OpenHands/tree/main/openhands/events',
    writtenBy: 'OpenHands: exported trajectories, `events/<n>.json`, `output.jsonl` of evaluations',
    recognisedBy:
      '`action` or `observation` with `id`, `timestamp`, `source`; or `history` of such events with `metrics`',
    notes:
      'Events that repeat one model response are one call. Where no response is kept, an action of the agent is a call. Costs that add up are taken apart.',
  },
  container: 'json',
  matches: record => isFields(record) && (isEvent(record) || isEvaluation(record)),
  read: record => readRecord(record, new EventReader()),
  open: () => {
    const reader = new EventReader();
    return { read: record => readRecord(record, reader) };
  },
};

function readRecord(record: unknown, reader: EventReader): Reading {
  return isFields(record) && isEvaluation(record)
    ? { spans: readEvaluation(record) }
    : reader.read(record);
}
