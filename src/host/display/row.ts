/** What a tree can draw of one thing. Texts are safe to show: one line, nothing hidden in them. */
export interface Row {
  readonly label: string;
  /** UTF-16 ranges of the label that match the filter. */
  readonly highlights?: readonly (readonly [number, number])[];
  /** Why, how long, how much: cut from the end. */
  readonly description?: string;
  /** Id of a codicon. */
  readonly icon?: string;
  /** Id of a theme colour for the icon. */
  readonly iconColor?: string;
  /** Draws the label itself in a theme colour. */
  readonly tone?: 'failed' | 'muted';
  /** Number at the right edge; nothing at 0. */
  readonly count?: number;
  /** What a screen reader says instead of label and description. */
  readonly spoken?: string;
}

/** Sections of a hover, divided by a line. The first line of the first is its heading. Plain text. */
export type Hover = readonly (readonly string[])[];

export const errorColor = 'list.errorForeground';
export const warningColor = 'list.warningForeground';
export const liveColor = 'testing.iconPassed';
/** Icons of symbols have colours of their own, which mean something else here. */
export const plainColor = 'icon.foreground';
export const mutedColor = 'disabledForeground';
