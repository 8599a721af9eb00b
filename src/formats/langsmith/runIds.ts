import { toTime } from '../fields/time';
import { type Fields, toId } from '../fields/values';

/** Where a run stands: `trace_id` is the id of the run at the root. */
export interface RunIds {
  readonly id: string | undefined;
  readonly parentId: string | undefined;
  readonly traceId: string | undefined;
  /** Epoch ms, as the dotted order has it. */
  readonly orderedTime: number | undefined;
}

/** Characters of a dotted order that are read: 40 levels. */
const maxOrderLength = 3000;

/**
 * The ids of a run. `dotted_order` holds all of them, `<time>Z<id of the root>.….<time>Z<own id>`, and is all that some
 * updates have.
 */
export function readRunIds(run: Fields, outer?: RunIds): RunIds {
  const order = run['dotted_order'];
  const steps =
    typeof order === 'string' && order.length <= maxOrderLength ? order.split('.').map(stepOf) : [];
  const id = toId(run['id'] ?? run['run_id']) ?? steps.at(-1)?.id;
  const parentId = toId(run['parent_run_id']) ?? steps.at(-2)?.id ?? outer?.id;
  const isRoot = parentId === undefined;
  return {
    id,
    parentId,
    traceId: toId(run['trace_id']) ?? steps[0]?.id ?? outer?.traceId ?? (isRoot ? id : undefined),
    orderedTime: steps.at(-1)?.time,
  };
}

function stepOf(text: string): { id: string | undefined; time: number | undefined } {
  const match = /^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)(\d{0,6})Z(.{1,80})$/.exec(text);
  if (!match) {
    return { id: undefined, time: undefined };
  }
  const [, year, month, day, hour, minute, second, fraction, id] = match;
  return {
    id: toId(id),
    time: toTime(`${year}-${month}-${day}T${hour}:${minute}:${second}.${fraction || '0'}Z`),
  };
}
