import type { ErrorDiagnosis } from '../../model/diagnostic';
import { placeLabel, positionLabel } from '../../model/source';
import type { Finding, FindingGroup } from '../../protocol/engineContract';
import { diagnosisToMarkdown } from './copyText';
import { formatCount, formatPlural, formatTime, joinFacts } from './format';
import { escapeMarkdown, fenced } from './markdown';
import type { ReadingState } from './readingState';
import { spanLabel } from './spanRow';
import { toVisibleLine, toVisibleText } from './visibleText';

/** Examples of one category that a report of a folder lists. */
const maxExamples = 5;
/** Characters of a message that a report repeats. */
const maxMessageCharacters = 20_000;
/** Of each message in a report of a folder. */
const maxQuotedCharacters = 1500;

/** What one message means: the answer first, the message after it. */
export function toMessageReport(message: string, diagnosis: ErrorDiagnosis): string {
  const shown = toVisibleText(message.slice(0, maxMessageCharacters));
  const rest = message.length - maxMessageCharacters;
  const more = rest > 0 ? `\n\n${formatPlural(rest, 'more character')} not shown.` : '';
  return `${diagnosisToMarkdown(diagnosis, '#')}\n\n## The message\n\n${fenced(shown)}${more}\n`;
}

export interface ReportGroup extends FindingGroup {
  readonly examples: readonly Finding[];
  /** Of the first example. */
  readonly diagnosis?: ErrorDiagnosis | undefined;
  /** What the provider said in the first example. */
  readonly message?: string | undefined;
}

export interface FolderReport {
  readonly groups: readonly ReportGroup[];
  /** Number of all calls that were read. */
  readonly calls: number;
  /** How far the logs were read, when not to their end. */
  readonly reading?: ReadingState | undefined;
}

/**
 * All findings of what is open. Failures come before what was only noticed, in the order of the Findings view, each with its first
 * step: the head alone tells who is woken at night what to do. `nameOf` shortens a path.
 */
export function toFolderReport(
  { groups, calls, reading }: FolderReport,
  nameOf: (file: string) => string,
): string {
  const failures = groups.filter(({ isFailure }) => isFailure);
  const others = groups
    .filter(({ isFailure }) => !isFailure)
    .toSorted((one, other) => other.count - one.count);
  const failed = failures.reduce((sum, group) => sum + group.count, 0);
  const sections = [
    `# ${failed === 0 ? 'No errors' : formatPlural(failed, 'error')} in ${formatPlural(calls, 'call')}`,
    reading ? `Not all of the logs is read (${reading.short}): calls are missing here.` : '',
    failures.map(failureLine).join('\n'),
    others.length === 0
      ? ''
      : `${failed === 0 ? 'Noticed' : 'Noticed too'}, without a failure:\n\n${others.map(countLine).join('\n')}`,
    ...[...failures, ...others].map(group => groupSection(group, nameOf)),
  ];
  return `${sections.filter(section => section !== '').join('\n\n')}\n`;
}

/** Further examples stand below at most `maxExamples`. */
export const examplesPerGroup = maxExamples;

function countLine(group: ReportGroup): string {
  return `- ${formatCount(group.count)} × ${escapeMarkdown(group.title)}`;
}

function failureLine(group: ReportGroup): string {
  const { diagnosis, models, latestTime } = group;
  const about = joinFacts([
    models.map(model => toVisibleLine(model, 80)).join(', '),
    latestTime === undefined ? undefined : `last ${formatTime(latestTime)}`,
  ]);
  const [first] = diagnosis?.fixes ?? [];
  const step = first === undefined ? '' : `\n  First: ${escapeMarkdown(first)}`;
  return `${countLine(group)}${about === '' ? '' : ` · ${escapeMarkdown(about)}`}${step}`;
}

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
    ...(group.message === undefined
      ? []
      : [
          `### What the provider said\n\n${fenced(toVisibleText(group.message.slice(0, maxQuotedCharacters)))}`,
        ]),
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
  return `- ${escapeMarkdown(label)}, ${when}: ${escapeMarkdown(toVisibleText(placeLabel(nameOf(source.file), source.entry)))}${positionLabel(source)}`;
}
