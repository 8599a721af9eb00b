/** Most characters of one text that are shown before somebody asks for more. */
const shownCharacters = 200_000;

/** The start of a long text and how many UTF-8 bytes the rest has; cut between characters, at a line end when near. */
export function bound(
  text: string,
  limit = shownCharacters,
): { readonly text: string; readonly restBytes: number } {
  if (text.length <= limit) {
    return { text, restBytes: 0 };
  }
  const lineEnd = text.lastIndexOf('\n', limit);
  let end = lineEnd > limit * 0.98 ? lineEnd : limit;
  const last = text.charCodeAt(end - 1);
  if (last >= 0xd800 && last <= 0xdbff) {
    end--;
  }
  return { text: text.slice(0, end), restBytes: new TextEncoder().encode(text.slice(end)).length };
}

/** Characters of one piece of a text that is shown whole. */
const pieceCharacters = 50_000;

/** A text in pieces that end at line ends, or between characters where lines are too long; the line ends between them are left out. */
export function pieces(text: string, size = pieceCharacters): readonly string[] {
  const cut: string[] = [];
  let from = 0;
  while (text.length - from > size) {
    const lineEnd = text.lastIndexOf('\n', from + size);
    const isAtLine = lineEnd > from;
    let end = isAtLine ? lineEnd : from + size;
    const last = text.charCodeAt(end - 1);
    if (!isAtLine && last >= 0xd800 && last <= 0xdbff) {
      end--;
    }
    cut.push(text.slice(from, end));
    from = isAtLine ? end + 1 : end;
  }
  cut.push(text.slice(from));
  return cut;
}
