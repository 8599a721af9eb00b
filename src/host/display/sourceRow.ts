import type { Skipped } from '../../model/source';
import type { FileStatus, SourceStatus } from '../../protocol/sourceStatus';
import { formatBytes, formatCount, formatPlural, joinFacts } from './format';
import { type Hover, liveColor, mutedColor, type Row, warningColor } from './row';
import { toVisibleLine } from './visibleText';

/** Of a file whose records are JSON, and of no format: the row offers to map them. */
const mapHint = 'JSON with fields of its own: map them to read it';

/** A folder or file that is being followed. */
export function toSourceRow(source: SourceStatus, name: string): Row {
  const label = toVisibleLine(name);
  const bad = source.state === 'missing' || source.state === 'unreadable';
  const nothing = bad || source.state === 'empty';
  const description = nothing
    ? (source.message ?? source.state)
    : joinFacts([
        readingText(source),
        source.kind === 'folder' ? formatPlural(source.files, 'file') : undefined,
        formatBytes(source.sizeBytes),
        source.skipped > 0 ? `${formatCount(source.skipped)} skipped` : undefined,
      ]);
  return {
    label,
    description: toVisibleLine(description),
    ...(bad
      ? { icon: 'warning', iconColor: warningColor }
      : { icon: source.kind === 'folder' ? 'folder-opened' : 'file' }),
    spoken: `${label}, ${description}`,
  };
}

/** What the hover of a source says. */
export function toSourceHover(source: SourceStatus): Hover {
  return [
    [
      toVisibleLine(source.path, 400),
      ...(source.message === undefined ? [] : [toVisibleLine(source.message, 400)]),
    ],
    [
      `${formatPlural(source.records, 'record')} in ${formatPlural(source.files, 'file')}, ${formatBytes(source.sizeBytes)}`,
    ],
  ];
}

/** A file: format understood, records, live or not, what was skipped. */
export function toFileRow(file: FileStatus): Row {
  const label = toVisibleLine(file.name);
  switch (file.state) {
    case 'notALog':
      return withDescription(
        label,
        file.canBeMapped ? mapHint : (file.message ?? 'not a log'),
        'circle-slash',
        mutedColor,
        'muted',
      );
    case 'unreadable':
      return withDescription(label, file.message ?? 'cannot be read', 'warning', warningColor);
    case 'gone':
      return withDescription(
        label,
        file.message ?? 'no longer there',
        'circle-slash',
        mutedColor,
        'muted',
      );
    case 'reading':
    case 'stopped':
    case 'live':
      return withDescription(label, readText(file), ...fileIcon(file));
  }
}

/** Several files of one kind: `debug_conversation_*.json`. */
export function toFileGroupRow(pattern: string, files: readonly FileStatus[]): Row {
  const label = toVisibleLine(pattern);
  const records = files.reduce((sum, file) => sum + file.records, 0);
  const skipped = files.reduce((sum, file) => sum + file.skipped, 0);
  const description = joinFacts([
    formatPlural(files.length, 'file'),
    formatPlural(records, 'record'),
    skipped > 0 ? `${formatCount(skipped)} skipped` : undefined,
  ]);
  return { label, description, icon: 'files', spoken: `${label}, ${description}` };
}

/** What the hover of a file says. */
export function toFileHover(file: FileStatus): Hover {
  const pending = file.pendingBytes > 0 ? [pendingText(file)] : [];
  return [
    [
      toVisibleLine(file.path, 400),
      ...(file.message === undefined ? [] : [toVisibleLine(file.message, 400)]),
    ],
    [
      file.formats.map(format => toVisibleLine(format, 80)).join(', ') || 'format unknown',
      joinFacts([
        (file.entries ?? 0) > 0 ? formatPlural(file.entries ?? 0, 'entry', 'entries') : undefined,
        formatPlural(file.records, 'record'),
        formatPlural(file.calls, 'call'),
        file.auditEntries > 0
          ? formatPlural(file.auditEntries, 'audit entry', 'audit entries')
          : undefined,
        file.skipped > 0 ? `${formatCount(file.skipped)} skipped` : undefined,
        formatBytes(file.sizeBytes),
      ]),
      ...pending,
    ],
  ];
}

/** A byte range that was not understood. */
export function toSkippedRow(skipped: Skipped): Row {
  const place =
    skipped.line === undefined
      ? `byte ${formatCount(skipped.offset)}`
      : `line ${formatCount(skipped.line)}`;
  const label =
    skipped.entry === undefined ? place : `${toVisibleLine(skipped.entry, 200)}, ${place}`;
  const reason = toVisibleLine(skipped.reason);
  return {
    label,
    description: reason,
    icon: 'warning',
    iconColor: warningColor,
    spoken: `${label}, skipped: ${reason}`,
  };
}

function pendingText({ state, pendingBytes }: FileStatus): string {
  return state === 'reading' || state === 'stopped'
    ? `${formatBytes(pendingBytes)} not read yet`
    : `${formatBytes(pendingBytes)} after the last line break: not a record yet`;
}

function readText(file: FileStatus): string {
  return joinFacts([
    file.formats.length > 0
      ? file.formats.map(format => toVisibleLine(format, 40)).join(', ')
      : undefined,
    formatPlural(file.records, 'record'),
    file.skipped > 0 ? `${formatCount(file.skipped)} skipped` : undefined,
    file.state === 'reading' || file.state === 'stopped' ? progressText(file) : file.state,
  ]);
}

function progressText({ state, sizeBytes, pendingBytes, previewed }: FileStatus): string {
  const progress = sizeBytes === 0 ? 1 : (sizeBytes - pendingBytes) / sizeBytes;
  if (state === 'stopped') {
    return `stopped at ${percent(progress)}`;
  }
  return previewed > 0 ? `${percent(progress)} read, newest shown` : 'reading';
}

function fileIcon(file: FileStatus): [string, string?] {
  if (file.state === 'reading') {
    return ['loading~spin'];
  }
  if (file.state === 'stopped') {
    return ['debug-pause', mutedColor];
  }
  if (file.auditEntries > 0 && file.calls === 0) {
    return ['law'];
  }
  return file.skipped > 0 ? ['json'] : ['circle-filled', liveColor];
}

/** How far a source was read; undefined when all of it was. */
function readingText({ state, progress, previewed }: SourceStatus): string | undefined {
  if (state === 'stopped') {
    return `stopped at ${percent(progress)}`;
  }
  if (state !== 'reading') {
    return undefined;
  }
  return previewed > 0 ? `${percent(progress)} read, newest shown` : `reading ${percent(progress)}`;
}

function percent(progress: number | undefined): string {
  return `${Math.floor((progress ?? 0) * 100)} %`;
}

function withDescription(
  label: string,
  description: string,
  icon: string,
  iconColor?: string,
  tone?: 'muted',
): Row {
  const text = toVisibleLine(description);
  return {
    label,
    description: text,
    icon,
    ...(iconColor === undefined ? {} : { iconColor }),
    ...(tone === undefined ? {} : { tone }),
    spoken: `${label}, ${text}`,
  };
}
