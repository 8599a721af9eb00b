import type { Evidence } from '../../model/diagnostic';
import type { FlatText } from './flatten';
import type { Place } from './signals';

/** Places in the flat text as places in the message: whole words, sorted, touching ones joined. */
export function quote(
  message: string,
  places: readonly Place[],
  { origin, text }: FlatText,
): readonly Evidence[] {
  const original = places
    .map(place => wholeWords(text, place))
    .map(({ start, end }) => ({ start: origin[start] ?? 0, end: (origin[end - 1] ?? 0) + 1 }))
    .filter(({ start, end }) => start < end && end <= message.length)
    .toSorted((one, other) => one.start - other.start);
  const joined: { start: number; end: number }[] = [];
  for (const place of original) {
    const last = joined.at(-1);
    if (last !== undefined && place.start <= last.end) {
      last.end = Math.max(last.end, place.end);
    } else {
      joined.push({ ...place });
    }
  }
  return joined.map(({ start, end }) => ({ start, end, text: message.slice(start, end) }));
}

// A pattern may stop inside a word (`exceed`); a mark that does looks like a mistake. The bound is for texts without words.
const maximumWordRest = 40;

/** The place without blanks and punctuation at its ends, and with the rest of the words that it cuts. */
function wholeWords(text: string, place: Place): Place {
  let { start, end } = place;
  while (start < end && text[start] === ' ') {
    start++;
  }
  while (end > start && ' ,;:.('.includes(text.charAt(end - 1))) {
    end--;
  }
  const first = Math.max(0, start - maximumWordRest);
  while (start > first && isWord(text, start - 1) && isWord(text, start)) {
    start--;
  }
  const last = Math.min(text.length, end + maximumWordRest);
  while (end < last && isWord(text, end - 1) && isWord(text, end)) {
    end++;
  }
  return { start, end };
}

function isWord(text: string, index: number): boolean {
  return /\w/.test(text.charAt(index));
}
