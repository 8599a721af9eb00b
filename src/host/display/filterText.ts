import type { MatchCount } from '../../protocol/engineContract';
import { formatCount, formatPlural } from './format';

/** What a filter leaves: `12 of 340 calls`, or how far its search is. */
export function matchText({ calls, ofCalls, traces, searching }: MatchCount): string {
  if (searching === undefined) {
    return `${formatCount(calls)} of ${formatCount(ofCalls)} calls`;
  }
  const percent = Math.floor(searching * 100);
  return `searching… ${percent} %, ${formatPlural(traces, 'trace')} so far`;
}

/** The filter that looks for a text as it is, whatever signs are in it. */
export function toTextFilter(text: string): string {
  return `"${text.replace(/[\\"]/g, '\\$&')}"`;
}

/** The text of a filter that looks for nothing but one text as it is; undefined for any other. */
export function textOfFilter(filter: string): string | undefined {
  const inside = /^"((?:[^"\\]|\\.)+)"$/s.exec(filter)?.[1];
  return inside?.replace(/\\(.)/gs, '$1');
}
