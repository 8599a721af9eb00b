import { html, nothing, type TemplateResult } from 'lit';
import type { Span } from '../../src/model/span';
import type { SpanDetail } from '../../src/protocol/engineContract';
import { icon } from '../components/icon';
import { duration } from '../display';
import type { PanelStore } from '../panelStore';
import { isFailed } from '../selection';
import { plainText } from '../text/plainText';

/** The attempts of one request, this call among them: what each came to, and how long the app waited before the next. */
export function attempts(store: PanelStore, { attempts: keys, span }: SpanDetail): unknown {
  const spans = new Map(store.state.trace?.spans.map(one => [one.key, one]));
  const chain = keys.map(key => spans.get(key)).filter(one => one !== undefined);
  if (chain.length < 2) {
    return nothing;
  }
  return html`<section class="cs-attempts" aria-label="Attempts">
    <h4>${summary(chain)}</h4>
    <ol>
      ${chain.map((one, index) => attempt(store, one, chain[index - 1], one.key === span.key))}
    </ol>
  </section>`;
}

function summary(chain: readonly Span[]): string {
  const last = chain.at(-1);
  const outcome = last && !isFailed(last) ? 'the last one succeeded' : 'all failed';
  return `Sent ${chain.length} times, ${outcome}`;
}

function attempt(
  store: PanelStore,
  span: Span,
  before: Span | undefined,
  isShown: boolean,
): TemplateResult {
  const failed = isFailed(span);
  const words = failed ? (span.error?.category ?? 'failed').replaceAll('_', ' ') : span.status;
  const otherModel = before && before.model !== span.model ? span.model : undefined;
  return html`<li aria-current=${isShown ? 'true' : nothing}>
    ${failed ? icon('error', 'small cs-error') : icon('check', 'small cs-ok')}
    <span>
      ${
        isShown
          ? html`<span class="cs-strong">${plainText(words)}</span>`
          : html`<button
              type="button"
              class="cs-link"
              @click=${() => store.select(`span:${span.key}`)}
            >
              ${plainText(words)}
            </button>`
      }
      <span class="cs-muted"
        >${plainText(
          [waited(before, span), otherModel, took(span)]
            .filter(part => part !== undefined)
            .join(' · '),
        )}</span
      >
    </span>
  </li>`;
}

function waited(before: Span | undefined, span: Span): string | undefined {
  if (before?.startTime === undefined || span.startTime === undefined) {
    return undefined;
  }
  const gapMs = span.startTime - (before.startTime + (before.durationMs ?? 0));
  return gapMs < 1 ? 'at once' : `${duration(gapMs)} later`;
}

function took({ durationMs }: Span): string | undefined {
  return durationMs === undefined ? undefined : `took ${duration(durationMs)}`;
}
