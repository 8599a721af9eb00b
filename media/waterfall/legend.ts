import { html, nothing, svg, type TemplateResult } from 'lit';
import { icon } from '../components/icon';
import type { PanelStore } from '../panelStore';

/** What the colours mean, of those that this trace uses, and what its log does not hold. */
export function legend(store: PanelStore): TemplateResult {
  const { derived, state } = store;
  const spans = state.trace?.spans ?? [];
  const hasFirstToken = spans.some(span => span.timeToFirstTokenMs !== undefined);
  const hasOwn = spans.some(({ kind }) => kind === 'tool' || kind === 'retrieval');
  const hasModel = spans.some(({ kind }) => kind === 'call' || kind === 'embedding');
  const hasFailed = spans.some(({ status }) => status === 'error');
  const hasGap = derived.rows[0]?.children.some(({ type }) => type === 'gap') ?? false;
  const missing = [
    hasModel && !hasFirstToken ? 'First-token times' : '',
    hasModel && !hasOwn ? 'tool spans' : '',
  ].filter(Boolean);
  const [first, second] = missing;
  const said = second ? `${first} and ${second}` : `${first?.[0]?.toUpperCase()}${first?.slice(1)}`;
  return html`<div class="cs-legend" role="note" aria-label="Legend">
    ${hasFirstToken ? entry(modelSign, 'model: waiting | first token | streaming') : nothing}
    ${hasModel && !hasFirstToken ? entry(block('model'), 'model') : nothing}
    ${hasOwn ? entry(block('own'), 'your code') : nothing}
    ${hasGap ? entry(line('idle'), 'nobody') : nothing}
    ${hasFailed ? entry(block('fail'), 'failed') : nothing}
    ${
      state.criticalPath && derived.critical.size > 0
        ? entry(line('critical'), 'critical path')
        : nothing
    }
    ${
      first
        ? html`<span class="wrap">${icon('info', 'small')} ${said} are not in this log.</span>`
        : nothing
    }
  </div>`;
}

function entry(sign: unknown, words: string): TemplateResult {
  return html`<span><svg class="cs-bars" aria-hidden="true">${sign}</svg>${words}</span>`;
}

const modelSign = svg`<rect class="wait" width="8" height="8"></rect><rect class="model" x="8" width="8" height="8"></rect><line class="ttft" x1="8" x2="8" y1="-2" y2="10"></line>`;

function block(kind: string): unknown {
  return svg`<rect class=${kind} width="16" height="8"></rect>`;
}

function line(kind: string): unknown {
  return svg`<line class=${kind} x1="0" x2="16" y1="4" y2="4"></line>`;
}
