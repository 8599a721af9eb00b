/** The parts of a page of `reportMarkdown`. */
interface Page {
  /** Up to the first row of the figures. */
  readonly head: string;
  readonly rows: readonly string[];
  readonly title: string;
  readonly sections: readonly string[];
}

const figureRow = /^\| (\d+) \|/;
const sectionStart = /^### (\d+)\. /;

/**
 * A page with the bars of `fresh`, and those of `older` that were not measured now: a whole run takes half an hour, and the bars do not
 * depend on each other. The head is that of `fresh`. A page of another size or machine is not gone on with: `isComparable` decides by
 * both heads.
 */
export function mergeReports(
  older: string,
  fresh: string,
  isComparable: (olderHead: string, freshHead: string) => boolean,
): string {
  const [one, other] = [readPage(older), readPage(fresh)];
  if (!one || !other || !isComparable(one.head, other.head)) {
    return fresh;
  }
  const rows = mergeParts(one.rows, other.rows, figureRow);
  const sections = mergeParts(one.sections, other.sections, sectionStart);
  return `${other.head}${rows.join('\n')}\n\n${other.title}\n\n${sections.join('\n\n')}\n`;
}

/** In the order of the bars; of each bar what is new, if there is anything. */
function mergeParts(
  older: readonly string[],
  fresh: readonly string[],
  pattern: RegExp,
): readonly string[] {
  const barOf = (part: string): number => Number(pattern.exec(part)?.[1]);
  const measured = new Set(fresh.map(barOf));
  const kept = older.filter(part => !measured.has(barOf(part)));
  return [...kept, ...fresh].toSorted((one, other) => barOf(one) - barOf(other));
}

function readPage(markdown: string): Page | undefined {
  const lines = markdown.trimEnd().split('\n');
  const first = lines.findIndex(line => figureRow.test(line));
  const afterRows = lines.findIndex((line, at) => at > first && !figureRow.test(line));
  const title = lines.findIndex(line => line.startsWith('## What bounds them'));
  if (first === -1 || afterRows === -1 || title === -1) {
    return undefined;
  }
  const sections = lines
    .slice(title + 1)
    .join('\n')
    .split(/^(?=### )/m)
    .map(section => section.trim())
    .filter(section => section !== '');
  return {
    head: `${lines.slice(0, first).join('\n')}\n`,
    rows: lines.slice(first, afterRows),
    title: lines[title] ?? '',
    sections,
  };
}
