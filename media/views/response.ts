import { html, nothing, type TemplateResult } from 'lit';
import type { SpanDetail } from '../../src/protocol/engineContract';
import { arrange } from '../conversation/arrange';
import { readableContent } from '../conversation/context';
import { message } from '../conversation/message';
import type { PanelStore } from '../panelStore';
import { label, plainText } from '../text/plainText';
import type { View } from './view';

/** What came back: the answer with its finish reason, or the error as the log has it. */
export const response: View = {
  id: 'response',
  title: () => 'Response',
  appliesTo: detail =>
    detail.span.error !== undefined || (readableContent(detail)?.outputMessages.length ?? 0) > 0,
  render: (store, detail) =>
    html`${detail.span.error ? errorSection(detail) : nothing}${answer(store, detail)}`,
};

function errorSection({ span: { error } }: SpanDetail): TemplateResult {
  return html`<section class="cs-section">
    <h3>
      ${error?.status === undefined ? 'Error' : `HTTP ${error.status}`}
      ${
        error?.type === undefined
          ? nothing
          : html`<span class="cs-muted cs-small">${label(error.type)}</span>`
      }
    </h3>
    <pre class="cs-json cs-block" dir="auto">${plainText(error?.message ?? '')}</pre>
  </section>`;
}

function answer(store: PanelStore, detail: SpanDetail): unknown {
  const { content, span } = detail;
  if (!content || content.outputMessages.length === 0) {
    return nothing;
  }
  const arranged = arrange(content, detail.resentMessages);
  return html`<section class="cs-section">
    ${
      span.finishReason === undefined
        ? nothing
        : html`<p class="cs-muted cs-small">finish reason: ${label(span.finishReason)}</p>`
    }
    ${arranged.fresh
      .filter(({ origin }) => origin === 'response')
      .map(shown => message({ store, detail, arranged }, shown))}
  </section>`;
}
