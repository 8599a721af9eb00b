import { html, nothing, type TemplateResult } from 'lit';
import type { PromptSize } from '../../src/model/promptSize';
import type { Usage } from '../../src/model/usage';
import type { SpanDetail } from '../../src/protocol/engineContract';
import { isCall } from '../../src/model/span';
import { count, exactMoney, money, percent, price } from '../display';
import { pricesOf } from '../header/totals';
import { partName } from '../detail/promptShares';
import { plainText } from '../text/plainText';
import type { View } from './view';

const maxParts = 12; // rows of the table

type Cost = NonNullable<SpanDetail['cost']>;

/** Tokens and money of a call, in a table that adds up. */
export const usage: View = {
  id: 'usage',
  title: () => 'Usage & cost',
  appliesTo: ({ span, cost }) => isCall(span) || cost !== undefined,
  render: (_store, detail) => {
    const { cost, span } = detail;
    return html`<section class="cs-section">
        <h3>Usage and cost</h3>
        <div class="cs-x" tabindex="0" role="region" aria-label="Usage and cost">
          ${cost && cost.parts.length > 0 ? costTable(cost, span.usage) : usageTable(span.usage)}
        </div>
        ${cost ? costNotes(cost) : unknownCost(detail)}
      </section>
      ${cacheSection(span.usage)} ${detail.prompt ? promptSection(detail.prompt) : nothing}`;
  },
};

function costTable(cost: Cost, logged: Usage): TemplateResult {
  const tokens = cost.parts.reduce((sum, part) => sum + part.tokens, 0);
  const usd = cost.parts.reduce((sum, part) => sum + part.usd, 0);
  const lastInput = cost.parts.findLastIndex(part => /^input/i.test(part.label));
  return html`<table class="cs-table cs-sums">
      <thead>
        <tr>
          <th scope="col">Part</th>
          <th scope="col" class="n">Tokens</th>
          <th scope="col" class="n">$ per million</th>
          <th scope="col" class="n">Cost</th>
        </tr>
      </thead>
      <tbody>
        ${cost.parts.map(
          (part, index) =>
            html`<tr>
                <th scope="row">${plainText(capitalised(part.label))}</th>
                <td class="n">${count(part.tokens)}</td>
                <td class="n">${price(part.usdPerMillion)}</td>
                <td class="n">${exactMoney(part.usd)}</td>
              </tr>
              ${
                index === lastInput && logged.cacheReadInputTokens === undefined
                  ? subRow('of which cached', undefined)
                  : nothing
              }`,
        )}
        ${subRow('of which reasoning', logged.reasoningOutputTokens)}
        <tr class="total">
          <th scope="row">Total</th>
          <td class="n">${count(tokens)}</td>
          <td class="n">${cost.assumption ? 'at most' : ''}</td>
          <td class="n">${exactMoney(usd)}</td>
        </tr>
      </tbody>
    </table>
    <p class="cs-formula" dir="ltr">
      (${cost.parts.map(part => `${count(part.tokens)} × ${price(part.usdPerMillion)}`).join(' + ')})
      / ${count(1_000_000)} = ${exactMoney(usd)}
    </p>`;
}

function subRow(name: string, tokens: number | undefined): TemplateResult {
  return html`<tr class="sub">
    <th scope="row">${name}</th>
    <td class="n">${tokens === undefined ? 'not in the log' : count(tokens)}</td>
    <td></td>
    <td></td>
  </tr>`;
}

function usageTable(logged: Usage): TemplateResult {
  const row = (name: string, tokens: number | undefined, sub = false) =>
    html`<tr class=${sub ? 'sub' : ''}>
      <th scope="row">${name}</th>
      <td class="n">${tokens === undefined ? 'not in the log' : count(tokens)}</td>
    </tr>`;
  return html`<table class="cs-table">
    <thead>
      <tr>
        <th scope="col">Part</th>
        <th scope="col" class="n">Tokens</th>
      </tr>
    </thead>
    <tbody>
      ${row('Input', logged.inputTokens)}
      ${row('of which cached', logged.cacheReadInputTokens, true)}
      ${
        logged.cacheCreationInputTokens === undefined
          ? nothing
          : row('of which written to the cache', logged.cacheCreationInputTokens, true)
      }
      ${row('Output', logged.outputTokens)}
      ${row('of which reasoning', logged.reasoningOutputTokens, true)}
      ${logged.totalTokens === undefined ? nothing : row('Total, as logged', logged.totalTokens)}
    </tbody>
  </table>`;
}

function costNotes(cost: Cost): TemplateResult {
  const computed = cost.source === 'computed';
  const about = [
    cost.pricedAs === undefined ? undefined : `priced as ${cost.pricedAs}`,
    pricesOf(cost.pricesOf),
    cost.assumption,
  ].filter(part => part !== undefined);
  return html`${
    computed
      ? nothing
      : html`<p class="cs-after">
          The log says
          ${money(cost.usd)}.${
            cost.computedUsd === undefined
              ? ''
              : ` List prices give ${exactMoney(cost.computedUsd)}.`
          }
        </p>`
  }
  ${
    about.length === 0
      ? nothing
      : html`<p class="cs-muted cs-small">${plainText(sentence(about.join(' · ')))}</p>`
  }`;
}

function sentence(text: string): string {
  return `${capitalised(text)}.`;
}

function capitalised(text: string): string {
  return `${text[0]?.toUpperCase() ?? ''}${text.slice(1)}`;
}

function unknownCost({ costUnknown }: SpanDetail): TemplateResult {
  const why = costUnknown ?? 'the log does not say and no price is known';
  return html`<p class="cs-after">Cost unknown: ${plainText(why)}</p>`;
}

function cacheSection(logged: Usage): unknown {
  const { cacheReadInputTokens: cached, inputTokens } = logged;
  if (cached === undefined || !inputTokens) {
    return nothing;
  }
  const verdict =
    cached === 0
      ? 'Nothing of the input came from the cache.'
      : `${percent(cached / inputTokens)} of the input came from the cache.`;
  return html`<section class="cs-section">
    <h3>Prompt cache</h3>
    <p>${verdict}</p>
  </section>`;
}

/** Shares are measured on the text, so tokens of a part are only about right. */
function promptSection(prompt: PromptSize): unknown {
  const { parts, characters, hasMedia, isPartial } = prompt;
  const tokens = isPartial ? undefined : prompt.tokens;
  return html`<section class="cs-section">
    <h3>What filled the prompt</h3>
    <div class="cs-x" tabindex="0" role="region" aria-label="What filled the prompt">
      <table class="cs-table">
        <thead>
          <tr>
            <th scope="col">Part</th>
            ${tokens === undefined ? nothing : html`<th scope="col" class="n">Tokens, about</th>`}
            <th scope="col" class="n">Share</th>
            <td class="bar"></td>
          </tr>
        </thead>
        <tbody>
          ${parts.slice(0, maxParts).map(part => {
            const share = part.characters / characters;
            return html`<tr>
              <th scope="row">${plainText(capitalised(partName(part)))}</th>
              ${tokens === undefined ? nothing : html`<td class="n">${count(Math.round(tokens * share))}</td>`}
              <td class="n">${percent(share)}</td>
              <td class="bar">
                <svg aria-hidden="true">
                  <rect class="a" width=${`${(share * 100).toFixed(2)}%`} height="8"></rect>
                </svg>
              </td>
            </tr>`;
          })}
        </tbody>
      </table>
    </div>
    <p class="cs-muted cs-small">
      ${
        isPartial
          ? 'The log holds only a part of this prompt; the shares are of that part.'
          : `Measured by the length of the text${hasMedia ? '; images, audio and files are not counted' : ''}.`
      }
    </p>
  </section>`;
}
