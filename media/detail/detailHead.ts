import { html, nothing, type TemplateResult } from 'lit';
import { isCall, type Span } from '../../src/model/span';
import type { SpanDetail } from '../../src/protocol/engineContract';
import { icon, iconButton } from '../components/icon';
import type { MenuItem } from '../components/menu';
import { count, duration, money } from '../display';
import type { PanelStore } from '../panelStore';
import { isFailed, isListedWhole, placeAmong } from '../selection';
import { visibleText } from '../text/characters';
import { label } from '../text/plainText';
import { goTo } from '../navigation';
import { rowIcon } from '../waterfall/rowCells';
import { spanName } from '../waterfall/rowWords';

/** Name, state and figures of the selected span, with the ways on from it. */
export function detailHead(store: PanelStore, detail: SpanDetail): TemplateResult {
  const { span } = detail;
  const sign = rowIcon({ type: 'span', id: '', span, children: [], start: 0, end: 0 });
  return html`<header class="cs-detail-head">
    <div class="cs-title">
      ${icon(sign)}
      <h2 class="cs-clip" title=${visibleText(spanName(span))}>${label(spanName(span))}</h2>
      ${spanStatus(span)}
      <span class="cs-grow"></span>
      ${stepButtons(store, span)}
    </div>
    <div class="cs-meta">
      ${facts(store, detail).map(fact => html`<span>${label(fact)}</span>`)}
      ${
        span.join === 'inferred'
          ? html`<span
              title="No id in the log says that this span belongs to this trace: user or session, model and time do"
              >${icon('link', 'small')} joined by time</span
            >`
          : nothing
      }
    </div>
    ${actions(store, detail)}
  </header>`;
}

function spanStatus({ status, error, finishReason }: Span): TemplateResult {
  if (status === 'error') {
    const words = [error?.status, error?.type].filter(part => part !== undefined).join(' ');
    return html`<span class="cs-status cs-error">${label(words === '' ? 'failed' : words)}</span>`;
  }
  if (status === 'running') {
    return html`<span class="cs-status cs-muted"
      >${icon('loading', 'small codicon-modifier-spin')} running</span
    >`;
  }
  if (status === 'unknown') {
    return html`<span class="cs-status cs-muted">result not in the log</span>`;
  }
  return html`<span class="cs-status cs-muted"
    >${icon('check', 'cs-ok small')} ${label(finishReason ?? 'ok')}</span
  >`;
}

function stepButtons(store: PanelStore, span: Span): unknown {
  const { trace } = store.state;
  const spans = trace?.spans ?? [];
  const listed = !trace || isListedWhole(trace) ? '' : ' listed';
  const error = placeAmong(spans, span.key, isFailed);
  const errorSteps =
    error && error.of > 1
      ? html`<span class="cs-small cs-muted counter"
            >error ${error.place} of ${error.of}${listed}</span
          >
          ${iconButton({ icon: 'arrow-up', name: 'Previous error', keys: 'Shift+F8', run: () => goTo(store, -1, isFailed) })}
          ${iconButton({ icon: 'arrow-down', name: 'Next error', keys: 'F8', run: () => goTo(store, 1, isFailed) })}`
      : nothing;
  if (errorSteps !== nothing) {
    return errorSteps;
  }
  const calls = placeAmong(spans, span.key, isCall);
  const isAlone = calls !== undefined && calls.of < 2;
  return isAlone
    ? nothing
    : html`${iconButton({ icon: 'arrow-up', name: 'Previous call', keys: 'K', disabled: calls?.place === 1, run: () => goTo(store, -1, isCall) })}
      ${iconButton({ icon: 'arrow-down', name: 'Next call', keys: 'J', disabled: calls !== undefined && calls.place === calls.of, run: () => goTo(store, 1, isCall) })}`;
}

function facts(store: PanelStore, { span, cost }: SpanDetail): readonly string[] {
  const { trace } = store.state;
  const call = trace && isListedWhole(trace) && placeAmong(trace.spans, span.key, isCall);
  const { inputTokens, outputTokens, totalTokens } = span.usage;
  const tokens = [
    inputTokens === undefined ? undefined : `${count(inputTokens)} in`,
    outputTokens === undefined ? undefined : `${count(outputTokens)} out`,
  ].filter(part => part !== undefined);
  const size =
    tokens.length > 0 || totalTokens === undefined
      ? tokens.join(' · ')
      : `${count(totalTokens)} tokens`;
  const started =
    span.startTime === undefined
      ? undefined
      : `${duration(span.startTime - store.derived.start)} after start`;
  return [
    call ? `call ${call.place} of ${call.of}` : undefined,
    span.provider,
    started,
    span.durationMs === undefined ? undefined : duration(span.durationMs),
    span.timeToFirstTokenMs === undefined
      ? undefined
      : `first token ${duration(span.timeToFirstTokenMs)}`,
    size === '' && isCall(span) ? 'tokens not in the log' : size,
    cost ? money(cost.usd) : isCall(span) ? 'cost unknown' : undefined,
  ].filter((fact): fact is string => fact !== undefined && fact !== '');
}

function actions(store: PanelStore, detail: SpanDetail): TemplateResult {
  const { key } = detail.span;
  const copy = (as: 'markdown' | 'json' | 'key') => () =>
    store.act(client => client.copySpan({ key, as }));
  const copies: readonly (readonly MenuItem[])[] = [
    [
      { label: 'Markdown', run: copy('markdown') },
      { label: 'JSON', run: copy('json') },
    ],
    [{ label: 'Key', note: 'for callsight show', run: copy('key') }],
  ];
  return html`<div class="cs-actions" role="toolbar" aria-label="Actions on this span">
    ${button('go-to-file', 'Open log line', 'O', () => store.act(client => client.openSource({ key, index: 0 })), true)}
    ${
      detail.previousKey === undefined
        ? nothing
        : button('git-compare', 'Compare…', 'D', () =>
            store.act(client => client.compareWithPrevious({ key })),
          )
    }
    <callsight-menu
      id="copy-menu"
      icon="copy"
      label="Copy as"
      hint="Copy as (C)"
      .groups=${copies}
    ></callsight-menu>
    ${
      detail.diagnosis || isFailed(detail.span)
        ? button(
            'lightbulb',
            'Diagnose',
            undefined,
            () => store.act(client => client.diagnose({ key })),
            true,
          )
        : nothing
    }
    <span class="cs-grow"></span>
    <callsight-menu
      bare
      atEnd
      icon="ellipsis"
      hint="More actions"
      .groups=${moreActions(store, detail)}
    ></callsight-menu>
  </div>`;
}

function button(
  sign: string,
  name: string,
  keys: string | undefined,
  run: () => void,
  keepsLabel = false,
): TemplateResult {
  const title = keys === undefined ? name : `${name} (${keys})`;
  return html`<button
    type="button"
    class="cs-button ${keepsLabel ? 'keep' : ''}"
    title=${title}
    aria-label=${title}
    @click=${run}
  >
    ${icon(sign)}<span class="label">${name}</span>
  </button>`;
}

function moreActions(store: PanelStore, detail: SpanDetail): readonly (readonly MenuItem[])[] {
  const { key, traceKey } = detail.span;
  const hasErrors = store.state.trace?.spans.some(isFailed) ?? false;
  const open = (part: 'prompt' | 'response' | 'raw' | 'request') => () =>
    store.act(client => client.openDocument({ key, part }));
  const documents: readonly (MenuItem | undefined)[] = [
    detail.span.hasInput ? { label: 'Open prompt in editor', run: open('prompt') } : undefined,
    detail.span.hasOutput ? { label: 'Open response in editor', run: open('response') } : undefined,
    { label: 'Open raw record in editor', run: open('raw') },
  ];
  return [
    documents.filter(item => item !== undefined),
    [
      {
        label: 'Explain with AI…',
        note: 'shows first what is sent',
        run: () => store.act(client => client.explainWithAi({ key })),
      },
    ],
    [
      { label: 'Next call', note: 'J', run: () => goTo(store, 1, isCall) },
      { label: 'Previous call', note: 'K', run: () => goTo(store, -1, isCall) },
      ...(hasErrors
        ? [
            { label: 'Next error', note: 'F8', run: () => goTo(store, 1, isFailed) },
            { label: 'Previous error', note: 'Shift+F8', run: () => goTo(store, -1, isFailed) },
          ]
        : []),
    ],
    [
      {
        label: 'Show in the Traces view',
        run: () => store.act(client => client.revealInTree({ traceKey })),
      },
    ],
  ];
}
