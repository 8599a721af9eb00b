import { setTimeout as sleep } from 'node:timers/promises';
import type { Span } from '../../model/span';
import type { EngineCore } from '../core';
import { inTimeOrder } from '../summaries/traceSummary';
import type { Filtering } from './filtering';

// The spans of all traces that a filter lets through.

const searchedPartMs = 100; // of a search, before what was found is given out

/** As they are found, each once. */
export async function* searchSpans(
  core: EngineCore,
  filtering: Filtering,
  filter: string,
): AsyncGenerator<Span> {
  const given = new Set<number>();
  const settled = filtering.ready(filter).then(() => true);
  let isSettled: boolean;
  do {
    isSettled = await Promise.race([settled, sleep(searchedPartMs, false)]);
    const traces = filtering.traces(filter);
    const heads = traces.flatMap(trace => [...filtering.headsOf(trace, filter)]);
    for (const head of heads.filter(each => !given.has(each))) {
      given.add(head);
      yield core.reader.read(head);
    }
  } while (!isSettled);
}

/** When all that the filter looks for has been found, in time order. */
export async function listMatching(
  core: EngineCore,
  filtering: Filtering,
  filter: string,
): Promise<readonly Span[]> {
  await filtering.ready(filter);
  const heads = filtering.traces(filter).flatMap(trace => [...filtering.headsOf(trace, filter)]);
  const wanted = new Set(heads);
  const inFileOrder = [...core.heads()].filter(head => wanted.has(head));
  return inTimeOrder(inFileOrder.map(head => core.reader.read(head)));
}
