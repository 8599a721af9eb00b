import { html, nothing, type TemplateResult } from 'lit';
import type { Span } from '../../src/model/span';
import type { Trace } from '../../src/model/trace';
import { icon, namedIcon } from '../components/icon';
import * as display from '../display';
import { visibleText } from '../text/characters';
import { label } from '../text/plainText';
import type { Row } from './rows';
import { rowSigns, rowWords } from './rowWords';

const kindIcons: Readonly<Record<Span['kind'], string>> = {
  call: 'sparkle',
  embedding: 'symbol-numeric',
  tool: 'tools',
  agent: 'agent',
  retrieval: 'library',
  chain: 'git-merge',
  event: 'symbol-event',
};

/** A description of so many characters is whole or not there: half of it would say nothing. */
const shortDescription = 8;

/** Codicon of a row's kind. */
export function rowIcon(row: Row): string {
  switch (row.type) {
    case 'span':
      return kindIcons[row.span.kind];
    case 'toolCall':
      return 'tools';
    case 'audit':
      return 'law';
    case 'root':
      return 'symbol-event';
    case 'gap':
    case 'omitted':
      return 'ellipsis';
  }
}

/** Name and description; the end is what gets cut, and a description without room is left out. */
export function nameCell(row: Row, trace: Trace | undefined): TemplateResult {
  const { name, description } = rowWords(row, trace);
  return html`<span
      class="cs-row-words"
      title=${visibleText([name, description].filter(Boolean).join(' · '))}
      ><span class="cs-name">${label(name)}</span>${
        description === ''
          ? nothing
          : html` <span class="cs-desc ${description.length <= shortDescription ? 'short' : ''}"
              >${label(description)}</span
            >`
      }</span
    >${rowSigns(row).map(({ icon: sign, name, classes }) => namedIcon(sign, name, `small ${classes}`))}`;
}

/** Duration of a row, or nothing for what has none. */
export function timeCell(row: Row, now: number): string {
  if (row.type === 'toolCall' || row.type === 'audit' || row.type === 'omitted') {
    return '';
  }
  if (row.type === 'span') {
    const { durationMs, startTime, status } = row.span;
    if (status === 'running' && startTime !== undefined) {
      return display.duration(Math.max(0, now - startTime));
    }
    return durationMs === undefined ? '' : display.duration(durationMs);
  }
  return row.start === undefined || row.end === undefined
    ? ''
    : display.duration(row.end - row.start);
}

/** Twistie or its place. */
export function twistie(expanded: boolean | undefined): TemplateResult {
  if (expanded === undefined) {
    return icon('blank', 'cs-twistie leaf');
  }
  return icon(expanded ? 'chevron-down' : 'chevron-right', 'cs-twistie');
}
