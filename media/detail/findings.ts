import { html, nothing, type TemplateResult } from 'lit';
import type { Diagnostic, Severity } from '../../src/model/diagnostic';
import { icon } from '../components/icon';
import { plainText } from '../text/plainText';
import { sentence } from './sentence';

const signs: Readonly<Record<Severity, readonly [string, string]>> = {
  info: ['info', ''],
  warning: ['warning', 'cs-warning'],
  error: ['error', 'cs-error'],
  critical: ['error', 'cs-error'],
};

/** What the rules say beside the diagnosis: one line each, with what to do. */
export function findings(found: readonly Diagnostic[]): unknown {
  if (found.length === 0) {
    return nothing;
  }
  return html`<ul class="cs-findings" aria-label="Findings">
    ${found.map(finding)}
  </ul>`;
}

function finding({ severity, title, message, fixes }: Diagnostic): TemplateResult {
  const [name, colour] = signs[severity];
  return html`<li>
    ${icon(name, `small ${colour}`)}
    <div>
      <p>
        <span class="cs-strong">${plainText(title)}</span>
        <span class="cs-muted">${sentence(message)}</span>
      </p>
      ${fixes.map(fix => html`<p class="cs-small">${sentence(fix)}</p>`)}
    </div>
  </li>`;
}
