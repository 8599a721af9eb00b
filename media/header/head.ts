import { html, nothing, type TemplateResult } from 'lit';
import { linesLabel } from '../../src/model/trace';
import type { TraceDetail } from '../../src/protocol/engineContract';
import { icon } from '../components/icon';
import { baseName, dateTime, shortId } from '../display';
import type { PanelStore } from '../panelStore';
import { visibleText } from '../text/characters';
import { label, plainText } from '../text/plainText';
import { figures, type Figure } from './totals';

/** Title with the state, where the trace comes from, and its figures. */
export function head(store: PanelStore, detail: TraceDetail): TemplateResult {
  const { derived, state } = store;
  return html`<header class="cs-head">
    <div class="cs-title">
      <h1 class="cs-clip" title=${visibleText(detail.trace.name)}>${label(detail.trace.name)}</h1>
      ${traceStatus(detail)}
    </div>
    ${origin(store, detail)}
    <dl class="cs-strip">
      ${figures(detail, derived.length, state.now, state.pricesOf).map(figure)}
    </dl>
  </header>`;
}

function traceStatus({ trace }: TraceDetail): TemplateResult {
  if (trace.running) {
    return html`<span class="cs-status cs-muted"
      >${icon('loading', 'codicon-modifier-spin')} Running</span
    >`;
  }
  if (trace.recovered) {
    return html`<span
      class="cs-status cs-muted"
      title="Everything that failed was made good: sent again with success, or a tool's failure that the model went on from"
      >${icon('warning', 'cs-warning')} Recovered</span
    >`;
  }
  if (trace.errors > 0) {
    return html`<span class="cs-status cs-error">${icon('error')} Failed</span>`;
  }
  return html`<span class="cs-status cs-muted">${icon('check', 'cs-ok')} Succeeded</span>`;
}

function origin(store: PanelStore, detail: TraceDetail): TemplateResult {
  const { trace } = detail;
  const auditUser = detail.audit.find(({ userId }) => userId !== undefined)?.userId;
  return html`<div class="cs-meta">
    ${
      trace.startTime === undefined
        ? html`<span>time: not in the log</span>`
        : html`<span>${dateTime(trace.startTime)}</span>`
    }
    ${traceName(store, detail)}
    ${
      trace.sessionId === undefined
        ? nothing
        : html`<span title=${visibleText(trace.sessionId)}
            >session ${label(shortId(trace.sessionId))}</span
          >`
    }
    ${trace.files.map(file => fileLink(store, detail, file))}
    ${
      trace.userId !== undefined
        ? html`<span>user ${label(trace.userId)}</span>`
        : auditUser !== undefined
          ? html`<span>user ${label(auditUser)}, from the audit log</span>`
          : nothing
    }
  </div>`;
}

function traceName(store: PanelStore, { trace }: TraceDetail): TemplateResult {
  const reveal = () => store.act(client => client.revealInTree({ traceKey: trace.key }));
  if (trace.traceId !== undefined) {
    return html`<button
      type="button"
      class="cs-link"
      title="${visibleText(trace.traceId)}: show in the Traces view"
      @click=${reveal}
    >
      trace ${label(shortId(trace.traceId))}
    </button>`;
  }
  const isJoined = trace.inferred && trace.spans > 1;
  const words = isJoined ? 'joined by time' : 'on its own';
  const title = isJoined
    ? 'The log has no trace id: these calls were put together by user or session, and time. Show in the Traces view'
    : 'The log has no trace id. Show in the Traces view';
  return html`<button type="button" class="cs-link" title=${title} @click=${reveal}>
    ${words}
  </button>`;
}

type TraceFile = TraceDetail['trace']['files'][number];

function fileLink(store: PanelStore, detail: TraceDetail, file: TraceFile): TemplateResult {
  const words = `${baseName(file.file)}${linesLabel(file)}`;
  const line = file.firstLine === undefined ? '' : ` at line ${file.firstLine}`;
  for (const span of detail.spans) {
    const index = span.sources.findIndex(source => source.file === file.file);
    if (index >= 0) {
      const open = () => store.act(client => client.openSource({ key: span.key, index }));
      return html`<button
        type="button"
        class="cs-link"
        title=${`Open ${visibleText(file.file)}${line}`}
        @click=${open}
      >
        ${plainText(words)}
      </button>`;
    }
  }
  return html`<span title=${visibleText(file.file)}>${plainText(words)}</span>`;
}

function figure({ name, value, note, failed, tooltip, minor }: Figure): TemplateResult {
  const parts = [note, failed].filter(Boolean).length > 1 ? ' · ' : '';
  return html`<div
    class=${minor ? 'minor' : ''}
    title=${tooltip === undefined ? nothing : visibleText(tooltip)}
  >
    <dt>${name}</dt>
    <dd>${label(value)}</dd>
    <dd title=${visibleText(tooltip ?? (failed ? `${note}${parts}${failed}` : note))}>
      ${label(note)}${failed ? html`${parts}<span class="cs-error">${failed}</span>` : nothing}
    </dd>
  </div>`;
}
