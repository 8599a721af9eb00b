import { html, nothing, svg, type TemplateResult } from 'lit';
import type { PromptPart, PromptSize } from '../../src/model/promptSize';
import type { SpanDetail } from '../../src/protocol/engineContract';
import { count, percent } from '../display';
import { plainText } from '../text/plainText';
import { visibleText } from '../text/characters';

const namedParts = 2; // of the bar; everything else is one
const classes = ['a', 'b'];

interface Segment {
  readonly name: string;
  readonly look: string;
  /** Of the prompt. */
  readonly share: number;
}

/** What a part is called where it stands alone. */
export function partName({ name, kind }: PromptPart): string {
  const shown = visibleText(name);
  return kind === 'toolResult' ? `${shown}, result` : shown;
}

/** A bar of what filled the prompt against what fits, with a key below it. */
export function promptBar(detail: SpanDetail, prompt: PromptSize): TemplateResult {
  const sent = prompt.tokens;
  const limit = limitOf(detail);
  const segments = toSegments(prompt);
  // the bar is as long as the longer of the two, so that what is over sticks out
  const whole = sent === undefined || limit === undefined ? 1 : Math.max(1, limit / sent);
  let at = 0;
  const bars = segments.map(({ look, share }) => {
    const x = at;
    at += share / whole;
    const width = Math.max(0, share / whole - 0.0012);
    return svg`<rect class=${look} x=${percentage(x)} y="14" width=${percentage(width)} height="12"></rect>`;
  });
  const over = sent !== undefined && limit !== undefined && sent > limit ? sent - limit : undefined;
  const edge = sent === undefined || limit === undefined ? undefined : limit / sent / whole;
  const label = segments.map(part => `${part.name} ${amount(part.share, sent)}`).join('; ');
  return html`<figure>
    <svg class="cs-fit" role="img" aria-label=${`What filled the prompt: ${label}`}>
      ${bars}
      ${
        edge === undefined || limit === undefined
          ? nothing
          : svg`<line class="limit" x1=${percentage(edge)} x2=${percentage(edge)} y1="10" y2="32"></line>
              <text x=${percentage(edge)} y="8" text-anchor="end">limit ${count(limit)}</text>`
      }
      ${
        over === undefined || edge === undefined
          ? nothing
          : svg`<rect class="over" x=${percentage(edge)} y="28" width=${percentage(1 - edge)} height="4"></rect>`
      }
    </svg>
    <figcaption class="cs-keys">
      ${segments.map(part => keyOf(part.look, part.name, amount(part.share, sent)))}
      ${over === undefined ? nothing : keyOf('fail', 'over', count(over))}
      <span class="cs-muted"
        >shares by length of text${prompt.hasMedia ? ', images not counted' : ''}</span
      >
    </figcaption>
  </figure>`;
}

function toSegments({ parts, characters }: PromptSize): readonly Segment[] {
  const named = parts.slice(0, namedParts).map((part, index) => ({
    name: partName(part),
    look: classes[index] ?? 'rest',
    share: part.characters / characters,
  }));
  const rest = 1 - named.reduce((sum, { share }) => sum + share, 0);
  return parts.length > namedParts
    ? [...named, { name: 'everything else', look: 'rest', share: rest }]
    : named;
}

/** `about 104,678 · 80 %` */
function amount(share: number, sent: number | undefined): string {
  const tokens = sent === undefined ? '' : `about ${count(Math.round(sent * share))} · `;
  return `${tokens}${percent(share)}`;
}

function limitOf({ diagnosis }: SpanDetail): number | undefined {
  const limit = diagnosis?.facts['limit'];
  return typeof limit === 'number' && limit > 0 ? limit : undefined;
}

function keyOf(look: string, name: string, size: string): TemplateResult {
  return html`<span
    ><svg class="sw" aria-hidden="true"><rect class=${look} width="8" height="8"></rect></svg
    >${plainText(name)} <span class="cs-muted">${size}</span></span
  >`;
}

function percentage(fraction: number): string {
  return `${(fraction * 100).toFixed(2)}%`;
}
