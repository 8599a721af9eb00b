/** A code block that its content cannot end: the fence is longer than any run of backticks in it. */
export function fenced(text: string, language = 'text'): string {
  const longest = [...text.matchAll(/`{3,}/g)].reduce(
    (max, match) => Math.max(max, match[0].length),
    2,
  );
  const fence = '`'.repeat(longest + 1);
  return `${fence}${language}\n${text}\n${fence}`;
}

/**
 * Text inside a Markdown paragraph: shown as it is, never a link, an image, HTML or a heading. Only what would mean
 * something is escaped, since people read these documents unrendered too.
 */
export function escapeMarkdown(text: string): string {
  return text
    .replace(/[\\`*[\]<|]/g, '\\$&')
    .replace(/&(?=[#A-Za-z])/g, '\\&')
    .replace(/~(?=~)/g, '\\~')
    .replace(/(?<![A-Za-z0-9])_|_(?![A-Za-z0-9])/g, '\\_')
    .replace(/^(\s*)([-=+#>])/gm, '$1\\$2')
    .replace(/^(\s*\d+)([.)])/gm, '$1\\$2')
    .replace(/\b(https?|ftp|mailto)(?=:)/gi, '$1\\')
    .replace(/\bwww(?=\.)/gi, '$&\\')
    .replace(/@(?=[A-Za-z0-9])/g, '\\@');
}
