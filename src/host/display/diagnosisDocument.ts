import type { ErrorDiagnosis } from '../../model/diagnostic';
import type { Finding } from '../../protocol/engineContract';
import { diagnosisToMarkdown } from './copyText';
import { formatCount, formatPlural, formatTime } from './format';
import { escapeMarkdown, fenced } from './markdown';
import { spanLabel } from './spanRow';
import { toVisibleText } from './visibleText';

/** Examples of one category that a report of a folder lists. */
const maxExamples = 5;
/** Characters of a message that a report repeats. */
const maxMessageCharacters = 20_000;

/** What one message means: the answer first, the message after it. */
export function toMessageReport(message: string, diagnosis: ErrorDiagnosis): string {
  const shown = toVisibleText(message.slice(0, maxMessageCharacters));
  const rest = message.length - maxMessageCharacters;
  const more = rest > 0 ? `\n\n${formatPlural(rest, 'more character')} not shown.` : '';
  return `${diagnosisToMarkdown(diagnosis, '#')}\n\n## The message\n\n${fenced(shown)}${more}\n`;
}

export interface ReportGroup {
  readonly title: string;
  readonly category: string;
  readonly count: number;
  readonly examples: readonly Finding[];
  /** Of the first example. */
  readonly diagnosis?: ErrorDiagnosis | undefined;
}

/** All errors of what is open, the most frequent category first. `nameOf` shortens a path. */
export function toFolderReport(
  groups: readonly ReportGroup[],
  calls: number,
  nameOf: (file: string) => string,
): string {
  const findings = groups.reduce((sum, group) => sum + group.count, 0);
  if (findings === 0) {
    return `# No errors\n\n${formatPlural(calls, 'call')}, none of them failed.\n`;
  }
  const sorted = [...groups].sort((a, b) => b.count - a.count);
  const overview = sorted.map(
    group => `- ${formatCount(group.count)} × ${escapeMarkdown(group.title)}`,
  );
  const sections = [
    `# ${formatPlural(findings, 'finding')} in ${formatPlural(calls, 'call')}`,
    overview.join('\n'),
    ...sorted.map(group => groupSection(group, nameOf)),
  ];
  return `${sections.join('\n\n')}\n`;
}

/** Further examples stand below at most `maxExamples`. */
export const examplesPerGroup = maxExamples;

function groupSection(group: ReportGroup, nameOf: (file: string) => string): string {
  const head = group.diagnosis
    ? diagnosisToMarkdown(group.diagnosis, '##')
    : `## ${escapeMarkdown(group.title)}\n\n${escapeMarkdown(group.examples[0]?.diagnostic.message ?? '')}`;
  const examples = group.examples
    .slice(0, maxExamples)
    .map(finding => exampleLine(finding, nameOf));
  const more = group.count - examples.length;
  return [
    head,
    `### Where (${formatCount(group.count)})`,
    [
      ...examples,
      ...(more > 0 ? [`- and ${formatCount(more)} more, in the Findings view`] : []),
    ].join('\n'),
  ].join('\n\n');
}

function exampleLine(finding: Finding, nameOf: (file: string) => string): string {
  const { source, time } = finding;
  const label = spanLabel({ name: finding.spanName, model: finding.model });
  const when = time === undefined ? 'time unknown' : formatTime(time);
  return `- ${escapeMarkdown(label)}, ${when}: ${escapeMarkdown(toVisibleText(nameOf(source.file)))}:${source.line}`;
}
