import { html, nothing, type TemplateResult } from 'lit';
import type { SpanDetail } from '../../src/protocol/engineContract';
import { counted } from '../display';
import type { PanelStore } from '../panelStore';
import { toShortJson } from '../text/jsonValue';
import { label, plainText } from '../text/plainText';
import { compareParameters, type Parameter } from './compareParameters';
import type { View } from './view';

/** What the request asked for beside its messages; what differs from the call before is marked. */
export const parameters: View = {
  id: 'parameters',
  title: () => 'Parameters',
  appliesTo: ({ content, span }) =>
    Object.keys(content?.params ?? {}).length > 0 || Object.keys(span.tags).length > 0,
  render: (store, detail) => {
    void store.loadPrevious();
    return html`${table(store, detail)}${tags(detail)}`;
  },
};

function table(store: PanelStore, detail: SpanDetail): unknown {
  const params = detail.content?.params ?? {};
  const isOfThisCall = store.state.previous?.span.key === detail.previousKey;
  const previous = isOfThisCall ? store.state.previous?.content?.params : undefined;
  const compared = compareParameters(params, previous);
  if (compared.length === 0) {
    return nothing;
  }
  const changed = compared.filter(({ isChanged }) => isChanged).length;
  return html`<section class="cs-section">
    <h3>
      Parameters
      ${
        previous
          ? html`<span class="cs-muted cs-small"
              >${changed === 0 ? 'same as in' : `${counted(changed, 'change')} since`} the previous
              call</span
            >`
          : nothing
      }
    </h3>
    <div class="cs-x" tabindex="0" role="region" aria-label="Parameters">
      <table class="cs-table">
        <thead>
          <tr>
            <th scope="col">Name</th>
            <th scope="col">Sent</th>
            ${previous ? html`<th scope="col">Previous call</th>` : nothing}
          </tr>
        </thead>
        <tbody>
          ${compared.map(parameter => row(parameter, previous !== undefined))}
        </tbody>
      </table>
    </div>
  </section>`;
}

function row(
  { name, value, previous, isChanged }: Parameter,
  hasPrevious: boolean,
): TemplateResult {
  return html`<tr class=${isChanged ? 'cs-changed' : ''}>
    <th scope="row">${label(name)}</th>
    <td class="wrap cs-code">${value === undefined ? muted('not sent') : shown(value)}</td>
    ${
      !hasPrevious
        ? nothing
        : html`<td class="wrap cs-code">
            ${isChanged ? (previous === undefined ? muted('not sent') : shown(previous)) : muted('same')}
          </td>`
    }
  </tr>`;
}

function shown(value: unknown): unknown {
  return plainText(typeof value === 'string' ? value : (toShortJson(value) ?? 'nested too deep'));
}

function muted(words: string): TemplateResult {
  return html`<span class="cs-muted">${words}</span>`;
}

function tags({ span }: SpanDetail): unknown {
  const entries = Object.entries(span.tags);
  if (entries.length === 0) {
    return nothing;
  }
  return html`<section class="cs-section">
    <h3>Tags</h3>
    <table class="cs-table">
      <tbody>
        ${entries.map(
          ([name, value]) =>
            html`<tr>
              <th scope="row">${label(name)}</th>
              <td class="wrap cs-code">${plainText(value)}</td>
            </tr>`,
        )}
      </tbody>
    </table>
  </section>`;
}
