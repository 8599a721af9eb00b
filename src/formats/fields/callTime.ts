import { endTimeAliases, startTimeAliases, timeAliases } from './aliases';
import { readDuration } from './duration';
import { toTime } from './time';
import { type Fields, firstOf } from './values';

/** When a call began (epoch ms) and how long it took (ms). */
export interface CallTime {
  readonly startTime?: number | undefined;
  readonly durationMs?: number | undefined;
}

/**
 * A time that is called a start is the start. Any other is that of the writing, so of the end: the duration is taken off.
 * `loggedAt` is the time of the logger's line, epoch ms.
 */
export function readCallTime(fields: Fields, loggedAt: number | undefined): CallTime {
  const start = firstOf(fields, startTimeAliases, toTime);
  const end = firstOf(fields, endTimeAliases, toTime);
  const durationMs = readDuration(fields) ?? between(start, end);
  if (start !== undefined) {
    return { startTime: start, durationMs };
  }
  const written = end ?? loggedAt ?? firstOf(fields, timeAliases, toTime);
  return { startTime: written === undefined ? undefined : written - (durationMs ?? 0), durationMs };
}

function between(start: number | undefined, end: number | undefined): number | undefined {
  return start !== undefined && end !== undefined && end >= start ? end - start : undefined;
}
