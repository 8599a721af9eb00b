import { html, nothing, type TemplateResult } from 'lit';
import { positionLabel } from '../../src/model/source';
import type { ToolCallPart } from '../../src/model/message';
import { icon } from '../components/icon';
import { argumentsOf } from '../conversation/toolBlock';
import { baseName, clock, counted, dateTime, duration } from '../display';
import type { PanelStore } from '../panelStore';
import { label, plainText } from '../text/plainText';
import { rowIcon } from '../waterfall/rowCells';
import { rowName } from '../waterfall/rowWords';
import type { Row } from '../waterfall/rows';

type OtherRow = Exclude<Row, { readonly type: 'span' }>;
type Fact = readonly [name: string, value: unknown];

/** Detail of a row that is no span of the log: a gap, an audit entry, a tool that was asked for, the trace itself. */
export function otherDetail(store: PanelStore, row: OtherRow): TemplateResult {
  return html`<header class="cs-detail-head">
      <div class="cs-title">
        ${icon(rowIcon(row))}
        <h2 class="cs-clip">${label(rowName(row))}</h2>
      </div>
    </header>
    <div class="cs-tabpanel">
      <table class="cs-table">
        <tbody>
          ${facts(store, row).map(
            ([name, value]) =>
              html`<tr>
                <th scope="row">${name}</th>
                <td class="wrap">${value}</td>
              </tr>`,
          )}
        </tbody>
      </table>
      ${row.type === 'toolCall' ? toolCall(store, row) : nothing}
      ${
        row.type === 'audit' && row.entry.details !== undefined
          ? html`<section class="cs-section">
              <h3>Details</h3>
              <callsight-tree name="Details" .value=${row.entry.details}></callsight-tree>
            </section>`
          : nothing
      }
      ${row.type === 'omitted' ? otherPart(store, row.side) : nothing}
      ${
        row.type === 'gap'
          ? html`<p class="cs-after cs-muted">
              The log has nothing of this time: code that is not traced, a wait between retries, or
              a user who thinks.
            </p>`
          : nothing
      }
    </div>`;
}

function facts(store: PanelStore, row: OtherRow): readonly Fact[] {
  const { start } = store.derived;
  const at = row.start === undefined ? 'not in the log' : clock(row.start);
  const into = row.start === undefined ? '' : `, ${duration(row.start - start)} into the trace`;
  switch (row.type) {
    case 'gap':
      return [
        ['Began', `${at}${into}`],
        ['Lasted', duration((row.end ?? 0) - (row.start ?? 0))],
        ['After', row.before ? link(store, row.before) : 'the start'],
      ];
    case 'audit':
      return [
        ['Time', row.start === undefined ? at : `${dateTime(row.start)}${into}`],
        ['Action', plainText(row.entry.action)],
        ['User', plainText(row.entry.userId ?? 'not in the log')],
        ['Resource', plainText(row.entry.resource ?? 'not in the log')],
        ['Content hash', plainText(row.entry.contentHash ?? 'not in the log')],
        ['Line', plainText(baseName(row.entry.source.file) + positionLabel(row.entry.source))],
      ];
    case 'toolCall':
      return [
        [
          'Asked for by',
          link(store, { ...row, type: 'span', span: row.caller, id: `span:${row.caller.key}` }),
        ],
        ['At', `${at}${into}`],
        ['Result', row.resultMayFollow ? 'no span of it; see the next call' : 'not in the log'],
      ];
    case 'root':
      return [
        ['Began', row.start === undefined ? at : dateTime(row.start)],
        ['Spans', counted(store.state.trace?.trace.spans ?? 0, 'span')],
        ['Calls', counted(store.state.trace?.trace.calls ?? 0, 'call')],
        ['Put together by', joinWords(store)],
      ];
    case 'omitted':
      return [
        ['Not listed', counted(row.spans, row.side === 'before' ? 'earlier span' : 'more span')],
        ['Why', 'A trace of so many spans is listed in parts; its figures are of all of them'],
      ];
  }
}

function otherPart(store: PanelStore, side: 'before' | 'after'): TemplateResult {
  const last = store.state.trace?.spans.at(-1)?.key;
  return html`<p class="cs-after">
    <button
      type="button"
      class="cs-button"
      @click=${() => void store.listAround(side === 'before' ? undefined : last)}
    >
      ${side === 'before' ? 'List the first spans' : 'List the next spans'}
    </button>
  </p>`;
}

function joinWords(store: PanelStore): string {
  const trace = store.state.trace?.trace;
  if (trace?.traceId !== undefined) {
    return 'the trace id in the log';
  }
  return trace?.inferred
    ? 'user or session, and time: the log has no trace id'
    : 'nothing: it stands alone';
}

function link(store: PanelStore, row: Row): TemplateResult {
  return html`<button type="button" class="cs-link" @click=${() => store.select(row.id)}>
    ${label(rowName(row))}
  </button>`;
}

function toolCall(store: PanelStore, row: Extract<Row, { type: 'toolCall' }>): unknown {
  const { detail } = store.state;
  const calls = (detail?.span.key === row.caller.key ? detail.content?.outputMessages : undefined)
    ?.flatMap(({ parts }) => parts)
    .filter((part): part is ToolCallPart => part.type === 'toolCall');
  const call = calls?.[row.index];
  return call
    ? html`<section class="cs-section"><div class="cs-tool">${argumentsOf(call)}</div></section>`
    : nothing;
}
