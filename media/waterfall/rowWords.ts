import type { Span } from '../../src/model/span';
import type { Trace } from '../../src/model/trace';
import * as display from '../display';
import { isFailed } from '../selection';
import type { Row } from './rows';

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
      return row.isPart ? 'part of the request' : 'request';
    case 'gap':
      return 'no span recorded';
    case 'omitted':
      return `${display.counted(row.spans, row.side === 'before' ? 'earlier span' : 'more span')} not listed`;
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

/** What a row says: its name, and why, how much. The model is left out when all calls have the same. */
export function rowWords(
  row: Row,
  trace: Trace | undefined,
): { readonly name: string; readonly description: string } {
  const oneModel = (trace?.models.length ?? 0) < 2;
  return {
    name: row.type === 'span' && oneModel ? row.span.name : rowName(row),
    description: row.type === 'root' ? describeRoot(trace) : describe(row),
  };
}

/** A sign after the words of a row. */
export interface RowSign {
  /** Codicon. */
  readonly icon: string;
  readonly name: string;
  readonly classes: string;
}

/** What else is to be known of a row at a glance. */
export function rowSigns(row: Row): readonly RowSign[] {
  if (row.type !== 'span') {
    return [];
  }
  const { span } = row;
  const signs: RowSign[] = [];
  if (span.join === 'inferred') {
    const name = 'Joined by time, not by an id in the log';
    signs.push({ icon: 'link', name, classes: 'cs-sign' });
  }
  if (span.status === 'error' && !isFailed(span)) {
    signs.push({ icon: 'error', name: 'failed', classes: 'cs-error' });
  }
  if (span.status === 'running') {
    signs.push({ icon: 'loading', name: 'running', classes: 'codicon-modifier-spin' });
  }
  return signs;
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
