/** Most characters of one text that are shown before somebody asks for more. */
export const shownCharacters = 200_000;

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
