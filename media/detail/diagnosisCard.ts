import { html, nothing, type TemplateResult } from 'lit';
import type { ErrorDiagnosis } from '../../src/model/diagnostic';
import type { SpanDetail } from '../../src/protocol/engineContract';
import { icon } from '../components/icon';
import type { PanelStore } from '../panelStore';
import { toEvidenceRuns } from '../text/evidence';
import { visibleText } from '../text/characters';
import { plainText } from '../text/plainText';
import { promptBar } from './promptShares';
import { sentence } from './sentence';

/** What went wrong, by how much, what to do, and the provider's words with the parts that were read. */
export function diagnosisCard(store: PanelStore, detail: SpanDetail): unknown {
  const { diagnosis, span } = detail;
  if (!diagnosis) {
    return nothing;
  }
  const mayHelp = diagnosis.retryable === true;
  const status = span.error?.status === undefined ? '' : ` · HTTP ${span.error.status}`;
  const marked = diagnosis.matched.length > 0 ? ' · read from the message: the marked words' : '';
  return html`<section class="cs-diag ${mayHelp ? 'warn' : ''}" aria-label="Diagnosis">
    <header>
      ${mayHelp ? icon('warning', 'cs-warning') : icon('error', 'cs-error')}
      <h3>${plainText(diagnosis.title)}</h3>
      <span class="cs-grow"></span>
      <span class="cs-small cs-muted">${retryWords(diagnosis)} · ${diagnosis.confidence}</span>
    </header>
    <p>${sentence(diagnosis.explanation)}</p>
    ${detail.prompt && detail.isPromptTooLarge && !detail.prompt.isPartial ? promptBar(detail, detail.prompt) : nothing}
    ${
      diagnosis.fixes.length > 0
        ? html`<h4>What to do, most effective first</h4>
            <ol class="fixes">
              ${diagnosis.fixes.map(fix => html`<li><span>${sentence(fix)}</span></li>`)}
            </ol>`
        : nothing
    }
    ${
      span.error
        ? html`<h4>What the provider said <span class="cs-muted">${status}${marked}</span></h4>
            <p class="cs-evidence" dir="auto">${evidence(span.error.message, diagnosis)}</p>`
        : nothing
    }
    ${diagnosis.links.length > 0 ? links(store, detail, diagnosis) : nothing}
  </section>`;
}

function retryWords({ retryable }: ErrorDiagnosis): string {
  if (retryable === undefined) {
    return 'whether retrying helps is not known';
  }
  return retryable ? 'retrying helps' : 'retrying does not help';
}

function evidence(message: string, { matched }: ErrorDiagnosis): readonly unknown[] {
  return toEvidenceRuns(message, matched).map(({ text, marked }) =>
    marked ? html`<mark>${plainText(text)}</mark>` : html`${plainText(text)}`,
  );
}

function links(
  store: PanelStore,
  { span }: SpanDetail,
  { links: pages }: ErrorDiagnosis,
): TemplateResult {
  return html`<p class="cs-small cs-words">
    ${pages.map(
      ({ title, url }, index) =>
        html`<button
          type="button"
          class="cs-link"
          title=${visibleText(url)}
          @click=${() => store.act(client => client.openDiagnosisLink({ key: span.key, index }))}
        >
          ${plainText(title)} ${icon('link-external')}
        </button>`,
    )}
  </p>`;
}
