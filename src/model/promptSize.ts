/** One part of what a prompt is made of. */
export interface PromptPart {
  /** Of a tool whose results it is, or in plain words: `system prompt`. */
  readonly name: string;
  readonly kind: 'messages' | 'toolResult' | 'tools';
  /** Length of its text, UTF-16 units: the measure for its share of the tokens. */
  readonly characters: number;
}

/** What filled a prompt, the largest part first. Media have no length of text: they are not in it. */
export interface PromptSize {
  readonly parts: readonly PromptPart[];
  readonly characters: number;
  readonly hasMedia: boolean;
  /** Tokens of the whole prompt, as the provider or the log says; undefined when nobody does. */
  readonly tokens?: number | undefined;
  /** The text in the log is too short for so many tokens: it is only a part of what was sent. */
  readonly isPartial: boolean;
}
