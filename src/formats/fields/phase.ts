import type { SpanPatch } from '../../model/span';
import { eventName, isNameOfAnswer, isNameOfRequest } from './eventName';
import { type Fields, firstOf, paths, toLabel } from './values';

const phasePaths = paths('phase type kind direction event event_type record_type');
const startWords =
  /(?:^|[_.\s-])(?:start|started|starting|begin|began|sending|initiated)$|^(?:request|prompt|input|in|sent)$/i;
const endWords =
  /(?:^|[_.\s-])(?:end|ended|complete|completed|finished|done)$|^(?:response|output|out|received)$/i;

const statusPath = paths('status state');

function toUnderWay(status: unknown): true | undefined {
  return /^(?:started|starting|pending|running|in[_ -]progress|queued|submitted|processing|sent)$/i.test(
    toLabel(status) ?? '',
  )
    ? true
    : undefined;
}

/**
 * Whether a record is a whole call or one half of it: writers that log a request and its response as two records say so in
 * the record's type or event. A record that holds an answer is no start, whatever it is called; one that also names its
 * model can stand alone and is `whole`, so that calls which share the id of a web request stay apart.
 */
export function phaseOf(
  fields: Fields,
  message: string | undefined,
  holds: { readonly answer: boolean; readonly model: boolean },
): SpanPatch['part'] {
  const says = (words: RegExp): boolean =>
    (message !== undefined && words.test(message.slice(0, 200))) ||
    firstOf(fields, phasePaths, value => words.test(toLabel(value) ?? '') || undefined) === true;
  const names = [eventName(fields, message), eventName(fields, undefined)];
  if (!holds.answer) {
    const isUnderWay = firstOf(fields, statusPath, toUnderWay) === true;
    return isUnderWay || says(startWords) || names.some(isNameOfRequest) ? 'start' : 'whole';
  }
  return !holds.model && (says(endWords) || names.some(isNameOfAnswer)) ? 'end' : 'whole';
}
