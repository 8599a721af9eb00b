import { html, type TemplateResult } from 'lit';
import { guard } from 'lit/directives/guard.js';
import { toSegments } from './characters';

/** Log text as text: hidden and misleading characters become badges, its direction stays inside. */
export function plainText(text: string): unknown {
  return guard([text], () => segments(text));
}

/** A name, model or id of the log: as plain text, kept apart from the direction of what surrounds it. */
export function label(text: string): TemplateResult {
  return html`<bdi>${plainText(text)}</bdi>`;
}

function segments(text: string): unknown {
  const found = toSegments(text);
  if (found.every(({ kind }) => kind === 'text')) {
    return text;
  }
  return found.map(segment => (segment.kind === 'text' ? segment.text : badge(segment)));
}

function badge({ label: sign, title }: { readonly label: string; readonly title: string }) {
  return html`<span class="cs-char" title=${title} role="img" aria-label=${title}>${sign}</span>`;
}

/** The same for places that are no template: nodes to put into an element. */
export function plainNodes(text: string): readonly Node[] {
  return toSegments(text).map(segment => {
    if (segment.kind === 'text') {
      return document.createTextNode(segment.text);
    }
    const element = document.createElement('span');
    element.className = 'cs-char';
    element.title = segment.title;
    element.setAttribute('role', 'img');
    element.setAttribute('aria-label', segment.title);
    element.textContent = segment.label;
    return element;
  });
}
