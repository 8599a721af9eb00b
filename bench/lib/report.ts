import type { Bar, Outcome, Size } from './bar';
import { type Figure, showLimit, showMeasured, verdictOf } from './figure';
import { type Table, toMarkdown, toText } from './table';

/** A bar with what came out of it; no outcome: it could not be measured, and why. */
export interface Measured {
  readonly bar: Bar;
  readonly outcome: Outcome | string;
}

const columns = ['bar', 'what', 'measured', 'limit', ''];

function rowOf(bar: Bar, figure: Figure): readonly string[] {
  const remark = figure.remark === undefined ? '' : ` (${figure.remark})`;
  const verdict = verdictOf(figure);
  return [
    String(bar.number),
    figure.what,
    showMeasured(figure),
    showLimit(figure),
    `${verdict}${remark}`.trim(),
  ];
}

function figureRows({ bar, outcome }: Measured): readonly (readonly string[])[] {
  return typeof outcome === 'string'
    ? [[String(bar.number), bar.title, outcome, '', 'not measured']]
    : outcome.figures.map(figure => rowOf(bar, figure));
}

function tablesOf({ outcome }: Measured): readonly Table[] {
  return typeof outcome === 'string' ? [] : (outcome.tables ?? []);
}

/** What a bar measured, as soon as it has. */
export function barText(measured: Measured): string {
  return tablesOf(measured)
    .map(table => `${toText(table)}\n`)
    .join('\n');
}

/** One line a figure, for the terminal. */
export function summaryText(all: readonly Measured[]): string {
  return toText({ title: '', columns, rows: all.flatMap(figureRows) }).trim();
}

export interface ReportContext {
  readonly machine: string;
  /** ISO, day only. */
  readonly date: string;
  readonly size: Size;
}

export function sizeText({ contentMegabytes, smallRecords, watchedFiles, rounds }: Size): string {
  return `${contentMegabytes} MB with content, ${smallRecords.toLocaleString('en-US')} small records, ${watchedFiles.toLocaleString('en-US')} watched files; medians of ${rounds} rounds`;
}

const measuredOn = /Measured on \S+:/;

/** Whether two pages were measured on the same machine and with as much data. */
export function isComparableHead(one: string, other: string): boolean {
  return one.replace(measuredOn, '') === other.replace(measuredOn, '');
}

/** The whole page. */
export function reportMarkdown(
  all: readonly Measured[],
  { machine, date, size }: ReportContext,
): string {
  const sections = all.map(measured => {
    const tables = tablesOf(measured).map(table => `${table.title}:\n\n${toMarkdown(table)}`);
    const { number, title, bound, tried } = measured.bar;
    const attempts = tried === undefined ? [] : [`Tried: ${tried}`];
    return [`### ${number}. ${title}`, bound, ...attempts, ...tables].join('\n\n');
  });
  return `${[
    '# Performance',
    `Written by \`npm run bench -- ${size.isFull ? '--full ' : ''}--write docs/performance.md\`; do not edit. With \`--only NUMBER\` some of the bars are measured again and the others left; the date is that of the last. Measured on ${date}: ${machine}. Data: ${sizeText(size)}.`,
    [
      'How it is measured: the data is generated from a seed, with its true totals beside it. Whatever is compared runs in turn,',
      'round after round, in one run, and each ratio is between runs of one round, so that a busy machine falls on both. Times are of',
      'whole processes, start included, unless it says otherwise. A tool whose totals differ from the true ones gets no time. A figure is a',
      'median, with the smallest and the largest in brackets.',
    ].join('\n'),
    '## Figures',
    toMarkdown({ columns, rows: all.flatMap(figureRows) }),
    '## What bounds them',
    ...sections,
  ].join('\n\n')}\n`;
}
