/** Name of the highlight in style sheets. */
const highlightName = 'callsight-found';
const maxMarks = 2000; // places that are marked; a common word has more

/**
 * Marks words in what is on the page, without regard to case, and returns the first of them. The page itself stays as it is: marks are
 * ranges, which the browser paints.
 */
export function markWords(root: Element | null, words: readonly string[]): Range | undefined {
  const ranges = root === null ? [] : findWords(root, words);
  CSS.highlights.set(highlightName, new Highlight(...ranges));
  return ranges[0];
}

function findWords(root: Element, words: readonly string[]): readonly Range[] {
  const wanted = words.map(word => word.toLowerCase()).filter(word => word !== '');
  const ranges: Range[] = [];
  const texts = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
  for (let node = texts.nextNode(); node && ranges.length < maxMarks; node = texts.nextNode()) {
    const lower = (node.textContent ?? '').toLowerCase();
    // lower case may be longer than the text itself (İ): then positions would be wrong
    const isSame = lower.length === node.textContent?.length;
    for (const word of isSame ? wanted : []) {
      for (let at = lower.indexOf(word); at >= 0; at = lower.indexOf(word, at + word.length)) {
        const range = document.createRange();
        range.setStart(node, at);
        range.setEnd(node, at + word.length);
        ranges.push(range);
      }
    }
  }
  return ranges.slice(0, maxMarks);
}
