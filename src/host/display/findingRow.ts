import type { Severity } from '../../model/diagnostic';
import { placeLabel, positionLabel } from '../../model/source';
import type { Finding, FindingGroup, FindingGroups } from '../../protocol/engineContract';
import {
  formatAgo,
  formatCount,
  formatMoment,
  formatPlural,
  formatTime,
  joinFacts,
} from './format';
import { errorColor, type Hover, type Row, warningColor } from './row';
import { spanLabel } from './spanRow';
import { toVisibleLine } from './visibleText';

const maxModels = 8; // that a hover names

/** What of the findings is known, above them; '': all. */
export function toShareMessage({
  share,
  isComparing,
}: Pick<FindingGroups, 'share' | 'isComparing'>): string {
  if (share < 1) {
    return `Of ${Math.floor(share * 100)} % of the traces so far, the newest first`;
  }
  return isComparing ? 'Calls are compared with one another: more may come' : '';
}

/** A category of findings: how many, and when the last. */
export function toFindingGroupRow(group: FindingGroup, now: number): Row {
  const description = joinFacts([
    formatCount(group.count),
    group.latestTime === undefined ? undefined : formatAgo(group.latestTime, now),
  ]);
  return {
    label: group.title,
    description,
    ...severityIcon(group.severity),
    spoken: `${group.title}, ${formatPlural(group.count, 'finding')}, ${group.severity}`,
  };
}

/** What the hover of a category says: how many, from when to when, which models. */
export function toFindingGroupHover(group: FindingGroup): Hover {
  const { title, count, severity, firstTime, latestTime, models } = group;
  const times = joinFacts([
    firstTime === undefined ? undefined : `first ${formatTime(firstTime)}`,
    latestTime === undefined || latestTime === firstTime
      ? undefined
      : `last ${formatTime(latestTime)}`,
  ]);
  const named = models.slice(0, maxModels).map(model => toVisibleLine(model, 80));
  const more =
    models.length > maxModels ? ` and ${formatCount(models.length - maxModels)} more` : '';
  return [
    [title, `${formatPlural(count, 'finding')}, ${severity}`],
    [times, `${named.join(', ')}${more}`].filter(line => line !== ''),
  ];
}

/** One call that a rule speaks of. */
export function toFindingRow(finding: Finding, now: number): Row {
  const label = spanLabel({ name: finding.spanName, model: finding.model });
  const description = joinFacts([
    factText(finding.diagnostic.facts),
    finding.time === undefined ? undefined : formatMoment(finding.time, now),
    toVisibleLine(finding.diagnostic.message, 80),
  ]);
  return { label, description, icon: 'sparkle', spoken: `${label}, ${description}` };
}

/** What the hover of a finding says. */
export function toFindingHover(finding: Finding): Hover {
  const { diagnostic, source } = finding;
  return [
    [diagnostic.title, toVisibleLine(diagnostic.message, 400)],
    diagnostic.fixes.slice(0, 3).map(fix => toVisibleLine(fix, 400)),
    [`${toVisibleLine(placeLabel(source.file, source.entry), 400)}${positionLabel(source)}`],
  ];
}

function severityIcon(severity: Severity): { icon: string; iconColor?: string } {
  switch (severity) {
    case 'critical':
    case 'error':
      return { icon: 'error', iconColor: errorColor };
    case 'warning':
      return { icon: 'warning', iconColor: warningColor };
    case 'info':
      return { icon: 'info' };
  }
}

/** The one number of an error that says most. */
function factText(facts: Finding['diagnostic']['facts']): string | undefined {
  const limit = facts['limit'];
  const requested = facts['requested'];
  if (typeof limit === 'number' && typeof requested === 'number' && requested > limit) {
    return `${formatCount(requested - limit)} over`;
  }
  const wait = facts['retry_after_s'];
  return typeof wait === 'number' ? `retry after ${formatCount(wait)} s` : undefined;
}
