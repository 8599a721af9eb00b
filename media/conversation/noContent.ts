import { html, nothing, type TemplateResult } from 'lit';
import type { ToolCallPart } from '../../src/model/message';
import { isCall, type Span } from '../../src/model/span';
import type { SpanDetail } from '../../src/protocol/engineContract';
import { icon } from '../components/icon';
import { sentence } from '../detail/sentence';
import type { PanelStore } from '../panelStore';
import { visibleText } from '../text/characters';
import { label } from '../text/plainText';
import { knownFacts, totalsOf } from './knownFacts';
import { forEachRow } from '../waterfall/rows';
import { argumentsOf } from './toolBlock';

/** A span without text: first what is known of it, then how to record the rest. No error, no warning. */
export function noContent(store: PanelStore, detail: SpanDetail): TemplateResult {
  const { span } = detail;
  return html`${known(store, detail)} ${span.toolCallNames.length > 0 ? toolCalls(detail) : nothing}
  ${isCall(span) ? notRecorded(store, detail) : nothing}`;
}

function known(store: PanelStore, detail: SpanDetail): TemplateResult {
  const { span } = detail;
  const previous = store.state.trace?.spans.find(({ key }) => key === detail.previousKey);
  const inside = spansInside(store, span.key);
  const facts = [...knownFacts(span, previous), ...(inside.length > 0 ? totalsOf(inside) : [])];
  const what = isCall(span) ? 'call' : span.kind;
  return html`<section class="cs-section">
    <h3>What the log says of this ${what}</h3>
    ${
      facts.length === 0
        ? nothing
        : html`<table class="cs-table cs-facts">
            <tbody>
              ${facts.map(
                ({ name, value, note }) =>
                  html`<tr>
                    <th scope="row">${name}</th>
                    <td class="wrap">
                      ${label(value)}
                      ${note ? html`<span class="cs-muted">${note}</span>` : nothing}
                    </td>
                  </tr>`,
              )}
            </tbody>
          </table>`
    }
    ${
      isCall(span) || inside.length > 0
        ? nothing
        : html`<p class="cs-after cs-muted">What went in and what came out is not in the log.</p>`
    }
  </section>`;
}

function spansInside(store: PanelStore, key: string): readonly Span[] {
  const row = store.derived.byId.get(`span:${key}`);
  const spans: Span[] = [];
  forEachRow(row?.children ?? [], inner => {
    if (inner.type === 'span') {
      spans.push(inner.span);
    }
  });
  return spans;
}

function toolCalls({ span, content }: SpanDetail): TemplateResult {
  const calls = content?.outputMessages.flatMap(({ parts }) =>
    parts.filter((part): part is ToolCallPart => part.type === 'toolCall'),
  );
  return html`<section class="cs-section">
    <h3>${span.toolCallNames.length === 1 ? 'Tool call' : 'Tool calls'}</h3>
    ${
      calls && calls.length > 0
        ? calls.map(call => loggedCall(call.name, call))
        : span.toolCallNames.map(name => loggedCall(name, undefined))
    }
  </section>`;
}

function notRecorded(store: PanelStore, detail: SpanDetail): TemplateResult {
  if (detail.span.status === 'running') {
    return html`<section class="cs-section">
      <p class="cs-muted">The call is still running.</p>
    </section>`;
  }
  return html`<section class="cs-section">
    <h3>Messages were not recorded</h3>
    <p>
      The app logs ids, sizes and times, and leaves the text out. That is the safe
      default.${detail.recordingHint ? ' To read the conversation while you debug:' : ''}
    </p>
    ${recordingSteps(store, detail)}
  </section>`;
}

/** An answer came, and the log has the question only. */
export function responseNotRecorded(store: PanelStore, detail: SpanDetail): TemplateResult {
  return html`<section class="cs-section">
    <h3>The response was not recorded</h3>
    <p>
      The app logs what it sends, not what comes
      back.${detail.recordingHint ? ' To read the answer while you debug:' : ''}
    </p>
    ${recordingSteps(store, detail)}
  </section>`;
}

function recordingSteps(
  store: PanelStore,
  { recordingHint }: SpanDetail,
): TemplateResult | typeof nothing {
  return recordingHint
    ? html`<ol class="cs-steps">
        ${recordingHint.steps.map(
          ({ text, code }) =>
            html`<li>
              <div>${sentence(text)}${code === undefined ? nothing : codeBlock(store, code)}</div>
            </li>`,
        )}
      </ol>`
    : nothing;
}

function loggedCall(name: string, call: ToolCallPart | undefined): TemplateResult {
  return html`<div class="cs-tool" role="group" aria-label="Tool call ${visibleText(name)}">
    <header>
      ${icon('tools')}<span class="cs-strong">${label(name)}</span><span class="cs-grow"></span
      ><span class="cs-small cs-muted">
        ${call ? 'result not in the log' : 'arguments and result not in the log'}
      </span>
    </header>
    ${call ? argumentsOf(call) : nothing}
  </div>`;
}

function codeBlock(store: PanelStore, code: string): TemplateResult {
  return html`<div class="cs-copyable">
    <pre class="cs-json cs-block" dir="ltr">${code}</pre>
    <button
      type="button"
      class="cs-icon"
      aria-label="Copy"
      title="Copy"
      @click=${() => store.act(client => client.copyText({ text: code }))}
    >
      ${icon('copy')}
    </button>
  </div>`;
}
