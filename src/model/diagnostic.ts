export type Severity = 'info' | 'warning' | 'error' | 'critical';

/** A page of the provider, with the day somebody last checked that it says what we say it says. */
export interface DocLink {
  readonly title: string;
  readonly url: string;
}

/** Words of a message that decided, or that a fact was read from, as UTF-16 positions in it. */
export interface Evidence {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

/** What the error classifier says of one message. */
export interface ErrorDiagnosis {
  /** Id of an error category (`rate_limit`, `context_length`, … `unknown`). */
  readonly category: string;
  readonly confidence: 'certain' | 'likely' | 'unsure';
  readonly title: string;
  /** Plain words, with the numbers of this very message. */
  readonly explanation: string;
  /** What to do, most effective first. */
  readonly fixes: readonly string[];
  readonly links: readonly DocLink[];
  /** Read out of the message: limit, requested, retry_after_s, param, model, host, … */
  readonly facts: Readonly<Record<string, string | number>>;
  /** undefined when nobody can say. */
  readonly retryable: boolean | undefined;
  readonly matched: readonly Evidence[];
}

/** What a rule says of a span or a trace. */
export interface Diagnostic {
  readonly ruleId: string;
  readonly severity: Severity;
  readonly title: string;
  readonly message: string;
  readonly fixes: readonly string[];
  readonly links: readonly DocLink[];
  readonly facts: Readonly<Record<string, string | number>>;
}
