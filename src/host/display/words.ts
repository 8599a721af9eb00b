/** `context_length` as people read it: `context length`. */
export function categoryWords(category: string): string {
  return category.replaceAll('_', ' ');
}

/** The words of a filter that are looked for in texts: what stands bare or in quotes, without fields. */
export function filterWords(filter: string): readonly string[] {
  const words: string[] = [];
  for (const match of filter.matchAll(/(\S*?)"((?:[^"\\]|\\.)*)"|(\S+)/gs)) {
    const quoted = match[2]?.replace(/\\(.)/gs, '$1');
    const bare = match[3];
    if (quoted !== undefined && match[1] === '' && quoted !== '') {
      words.push(quoted);
    }
    if (bare !== undefined && /^[\p{L}\p{N}_-]+$/u.test(bare) && !/^(AND|OR|NOT)$/.test(bare)) {
      words.push(bare);
    }
  }
  return words;
}

/** Where the words stand in a label, in order and without overlap. */
export function findHighlights(
  label: string,
  words: readonly string[],
): readonly (readonly [number, number])[] {
  const lower = label.toLowerCase();
  // lower case may be longer than the text itself (İ): then positions would be wrong
  if (lower.length !== label.length) {
    return [];
  }
  const found: [number, number][] = [];
  for (const word of words) {
    const wanted = word.toLowerCase();
    for (let at = lower.indexOf(wanted); at >= 0; at = lower.indexOf(wanted, at + wanted.length)) {
      found.push([at, at + wanted.length]);
    }
  }
  found.sort((a, b) => a[0] - b[0] || b[1] - a[1]);
  let end = 0;
  return found.filter(range => {
    const isFree = range[0] >= end;
    end = isFree ? range[1] : end;
    return isFree;
  });
}
