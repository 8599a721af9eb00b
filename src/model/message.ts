/** One piece of a message, named as OpenTelemetry GenAI names it, in camel case. */
export type Part =
  | TextPart
  | { readonly type: 'reasoning'; readonly text: string }
  | { readonly type: 'refusal'; readonly text: string }
  | ToolCallPart
  | ToolResultPart
  | MediaPart;

export interface TextPart {
  readonly type: 'text';
  readonly text: string;
  /** The logger itself cut the text: the rest is nowhere on disk. */
  readonly cutByLogger?: boolean | undefined;
}

export interface ToolCallPart {
  readonly type: 'toolCall';
  readonly id?: string | undefined;
  readonly name: string;
  /** Parsed when the log holds valid JSON, else the text as it was logged. */
  readonly arguments: unknown;
}

export interface ToolResultPart {
  readonly type: 'toolResult';
  readonly id?: string | undefined;
  readonly name?: string | undefined;
  readonly content: unknown;
  readonly isError?: boolean | undefined;
}

export interface MediaPart {
  readonly type: 'image' | 'audio' | 'file';
  readonly mimeType?: string | undefined;
  readonly name?: string | undefined;
  /** As logged; shown as text, never loaded. Absent for inline data. */
  readonly url?: string | undefined;
  /** Bytes of inline data. */
  readonly byteLength?: number | undefined;
}

export interface Message {
  /** `system`, `developer`, `user`, `assistant`, `tool`, or whatever else the log says. */
  readonly role: string;
  readonly name?: string | undefined;
  readonly parts: readonly Part[];
}

export interface ToolDefinition {
  readonly name: string;
  readonly description?: string | undefined;
  readonly parameters?: unknown;
}

/** The bodies of a span: read from disk when somebody asks, never kept. */
export interface SpanContent {
  readonly inputMessages: readonly Message[];
  readonly outputMessages: readonly Message[];
  readonly tools: readonly ToolDefinition[];
  /** Request parameters as logged (temperature, max_tokens, …). */
  readonly params: Readonly<Record<string, unknown>>;
}

/** All text parts of a message, joined by a line break. */
export function messageText(message: Message): string {
  return message.parts
    .filter((part): part is TextPart => part.type === 'text')
    .map(part => part.text)
    .join('\n');
}
