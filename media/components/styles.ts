import { noChange } from 'lit';
import { Directive, directive, PartType, type ElementPart, type PartInfo } from 'lit/directive.js';

type Styles = Readonly<Record<string, string>>;

/**
 * Sets styles through the object model: `<div ${styles({ height: '22px' })}>`. Lit's own styleMap writes a style attribute
 * at first, which the policy of the page blocks.
 */
class StylesDirective extends Directive {
  private last: Styles = {};

  constructor(part: PartInfo) {
    super(part);
    if (part.type !== PartType.ELEMENT) {
      throw new Error('styles() belongs in the tag of an element');
    }
  }

  override render(_styles: Styles): typeof noChange {
    return noChange;
  }

  override update(part: ElementPart, [wanted]: [Styles]): typeof noChange {
    // only elements of this page's own templates get here, and all of them have a style
    const { style } = part.element as HTMLElement;
    for (const name of Object.keys(this.last)) {
      if (!(name in wanted)) {
        style.removeProperty(name);
      }
    }
    for (const [name, value] of Object.entries(wanted)) {
      if (this.last[name] !== value) {
        style.setProperty(name, value);
      }
    }
    this.last = wanted;
    return noChange;
  }
}

export const styles = directive(StylesDirective);
