import { html, type TemplateResult } from 'lit';
import { ifDefined } from 'lit/directives/if-defined.js';

/** A codicon that only decorates. */
export function icon(name: string, extra = ''): TemplateResult {
  return html`<span class="codicon codicon-${name} ${extra}" aria-hidden="true"></span>`;
}

/** A codicon that says something which no text beside it says. */
export function namedIcon(name: string, meaning: string, extra = ''): TemplateResult {
  return html`<span
    class="codicon codicon-${name} ${extra}"
    role="img"
    aria-label=${meaning}
    title=${meaning}
  ></span>`;
}

/** A button with an icon only; its name is its tooltip too. `keys` as people write them: `Shift+F8`. */
export function iconButton(options: {
  readonly icon: string;
  readonly name: string;
  readonly keys?: string;
  readonly pressed?: boolean;
  readonly disabled?: boolean;
  readonly run: () => void;
}): TemplateResult {
  const title = options.keys ? `${options.name} (${options.keys})` : options.name;
  const pressed = options.pressed === undefined ? undefined : String(options.pressed);
  return html`<button
    type="button"
    class="cs-icon"
    aria-label=${title}
    title=${title}
    aria-pressed=${ifDefined(pressed)}
    ?disabled=${options.disabled ?? false}
    @click=${options.run}
  >
    ${icon(options.icon)}
  </button>`;
}
