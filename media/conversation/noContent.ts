import { html, nothing, type TemplateResult } from 'lit';
import type { ToolCallPart } from '../../src/model/message';
import type { SpanDetail } from '../../src/protocol/engineContract';
import { icon } from '../components/icon';
import type { PanelStore } from '../panelStore';
import { label, plainText } from '../text/plainText';
import { knownFacts } from './knownFacts';
import { argumentsOf } from './toolBlock';

/** A call without text: first what is known of it, then how to record the rest. No error, no warning. */
export function noContent(store: PanelStore, detail: SpanDetail): TemplateResult {
  const { span, recordingHint, content } = detail;
  const calls = content?.outputMessages.flatMap(({ parts }) =>
    parts.filter((part): part is ToolCallPart => part.type === 'toolCall'),
  );
  const named = calls && calls.length > 0 ? calls : undefined;
  const previous = store.state.trace?.spans.find(({ key }) => key === detail.previousKey);
  return html`<section class="cs-section">
      <h3>What the log says of this call</h3>
      <table class="cs-table">
        <tbody>
          ${knownFacts(span, previous).map(
            ({ name, value, note }) =>
              html`<tr>
                <th scope="row">${name}</th>
                <td class="wrap">
                  ${plainText(value)}
                  ${note ? html`<span class="cs-muted">${plainText(note)}</span>` : nothing}
                </td>
              </tr>`,
          )}
        </tbody>
      </table>
    </section>
    ${
      span.toolCallNames.length > 0
        ? html`<section class="cs-section">
            <h3>${span.toolCallNames.length === 1 ? 'Tool call' : 'Tool calls'}</h3>
            ${
              named
                ? named.map(call => loggedCall(call.name, call))
                : span.toolCallNames.map(name => loggedCall(name, undefined))
            }
          </section>`
        : nothing
    }
    ${
      span.status === 'running'
        ? html`<section class="cs-section">
            <p class="cs-muted">The call is still running.</p>
          </section>`
        : html`<section class="cs-section">
            <h3>Messages were not recorded</h3>
            <p>
              The app logs ids, sizes and times, and leaves the text out. That is the safe
              default.${recordingHint ? ' To read the conversation while you debug:' : ''}
            </p>
            ${
              recordingHint
                ? html`<ol class="cs-steps">
                    ${recordingHint.steps.map(
                      ({ text, code }) =>
                        html`<li>
                          <div>
                            ${text} ${code === undefined ? nothing : codeBlock(store, code)}
                          </div>
                        </li>`,
                    )}
                  </ol>`
                : nothing
            }
          </section>`
    }`;
}

function loggedCall(name: string, call: ToolCallPart | undefined): TemplateResult {
  return html`<div class="cs-tool" role="group" aria-label="Tool call ${name}">
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
      @click=${() => void store.host.client.copyText({ text: code })}
    >
      ${icon('copy')}
    </button>
  </div>`;
}
