import { html, nothing, type TemplateResult } from 'lit';
import type { Span } from '../../src/model/span';
import type { Trace } from '../../src/model/trace';
import { icon, namedIcon } from '../components/icon';
import * as display from '../display';
import { isFailed } from '../selection';
import { visibleText } from '../text/characters';
import { label } from '../text/plainText';
import type { Row } from './rows';

const kindIcons: Readonly<Record<Span['kind'], string>> = {
  call: 'sparkle',
  embedding: 'symbol-numeric',
  tool: 'tools',
  agent: 'agent',
  retrieval: 'library',
  chain: 'git-merge',
  event: 'symbol-event',
};

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

/** What a row is called, without its description. */
export function rowName(row: Row): string {
  switch (row.type) {
    case 'span':
      return spanName(row.span);
    case 'toolCall':
      return row.name;
    case 'audit':
      return `audit: ${row.entry.action}`;
    case 'root':
      return 'request';
    case 'gap':
      return 'no span recorded';
    case 'omitted':
      return `${display.counted(row.spans, 'more span')} not shown`;
  }
}

/** Name of a call with its model, when the name alone does not say it. */
export function spanName(span: Span): string {
  const { name, model } = span;
  if (
    model === undefined ||
    span.kind === 'tool' ||
    span.kind === 'agent' ||
    name.includes(model)
  ) {
    return name;
  }
  return `${name} ${model}`;
}

/** Name and description: why, how much; the end is what gets cut. `oneModel`: all calls have the same. */
export function nameCell(row: Row, trace: Trace | undefined, oneModel: boolean): TemplateResult {
  const name = row.type === 'span' && oneModel ? row.span.name : rowName(row);
  const description = row.type === 'root' ? describeRoot(trace) : describe(row);
  return html`<span
      class="cs-clip"
      title=${visibleText([name, description].filter(Boolean).join(' · '))}
      ><span class="cs-name">${label(name)}</span>${
        description === '' ? nothing : html` <span class="cs-desc">${label(description)}</span>`
      }</span
    >${signs(row)}`;
}

function signs(row: Row): unknown {
  if (row.type !== 'span') {
    return nothing;
  }
  const { span } = row;
  const joined =
    span.join === 'inferred'
      ? namedIcon('link', 'Joined by time, not by an id in the log', 'small cs-sign')
      : nothing;
  if (span.status === 'error' && !isFailed(span)) {
    return [joined, namedIcon('error', 'failed', 'small cs-error')];
  }
  if (span.status === 'running') {
    return [joined, namedIcon('loading', 'running', 'small codicon-modifier-spin')];
  }
  return joined;
}

function describe(row: Row): string {
  switch (row.type) {
    case 'span':
      return describeSpan(row.span);
    case 'toolCall':
      return row.resultMayFollow ? 'no span in the log' : 'no result in the log';
    case 'audit':
      return [row.entry.resource, row.entry.userId && `user ${row.entry.userId}`]
        .filter(Boolean)
        .join(', ');
    default:
      return '';
  }
}

function describeRoot(trace: Trace | undefined): string {
  if (trace?.traceId !== undefined) {
    return 'from trace_id';
  }
  return trace?.inferred ? 'joined by time' : '';
}

function describeSpan(span: Span): string {
  if (span.error) {
    return display.words(span.error.category);
  }
  const { inputTokens, outputTokens, totalTokens } = span.usage;
  const parts = [
    inputTokens === undefined ? undefined : `${display.count(inputTokens)} in`,
    outputTokens === undefined ? undefined : `${display.count(outputTokens)} out`,
  ].filter(part => part !== undefined);
  if (parts.length === 0 && totalTokens !== undefined) {
    return display.counted(totalTokens, 'token');
  }
  return parts.join(', ');
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
