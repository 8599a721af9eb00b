import { html, type TemplateResult } from 'lit';
import type { PanelStore } from '../panelStore';
import type { Problem } from '../state';
import { plainText } from '../text/plainText';
import { icon } from './icon';

/** An error of ours, in the place of the part that failed; the rest of the panel works on. */
export function problemNote(
  store: PanelStore,
  problem: Problem,
  actions?: unknown,
): TemplateResult {
  const details = `${problem.what}\n\n${problem.details}`;
  return html`<div class="cs-problem" role="alert">
    <p>${icon('warning', 'cs-warning')} ${plainText(problem.what)}</p>
    <div class="cs-words">
      ${actions}
      <button
        type="button"
        class="cs-button"
        @click=${() => store.act(client => client.copyText({ text: details }))}
      >
        ${icon('copy')}Copy details
      </button>
    </div>
  </div>`;
}
