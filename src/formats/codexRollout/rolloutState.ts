import type { Usage } from '../../model/usage';
import { Recent } from '../fields/recent';
import { isNothing, isSame } from './tokens';

const maxTools = 5000; // tool calls whose result may still come

/** A response of the model, which the file tells in several records. */
interface Generation {
  readonly id: string;
  readonly sentAt: number | undefined;
  /** No more items belong to it: the client has spoken since, or its tokens were counted. */
  isOver: boolean;
  hasUsage: boolean;
}

interface CalledTool {
  readonly name: string;
  readonly spanId: string;
}

/** What the records of a rollout so far say of the next one. */
export class RolloutState {
  sessionId: string | undefined;
  model: string | undefined;
  provider: string | undefined;
  isLegacy = false;
  hasInput = false;
  /** Running total of the last event that told one. */
  total: Usage | undefined;
  readonly tools = new Recent<CalledTool>(maxTools);
  #turnId: string | undefined;
  #turns = 0;
  #generations = 0;
  #current: Generation | undefined;
  /** The one that the last counted tokens belong to. */
  #counted: Generation | undefined;
  #lastInputTime: number | undefined;

  get traceId(): string | undefined {
    if (this.sessionId === undefined) {
      return undefined;
    }
    if (this.#turnId !== undefined) {
      return `${this.sessionId}/${this.#turnId}`;
    }
    return this.#turns > 0 ? `${this.sessionId}/turn-${this.#turns}` : undefined;
  }

  /** The turn's own id, or undefined where the version writes none: then every prompt begins one. */
  startTurn(id: string | undefined): void {
    this.#turnId = id ?? this.#turnId;
    if (id === undefined) {
      this.#turns++;
    }
  }

  /** Something was said to the model: what it says next is another response. */
  addInput(time: number | undefined): void {
    this.hasInput = true;
    this.#lastInputTime = time ?? this.#lastInputTime;
    if (this.#current) {
      this.#current.isOver = true;
    }
  }

  addOutput(responseId: string | undefined): Generation {
    if (!this.#current || this.#current.isOver) {
      this.#current = this.#begin(responseId);
    }
    return this.#current;
  }

  /** Counts are told again whenever the limits of the account are. */
  addTokens(
    usage: Usage | undefined,
    total: Usage | undefined,
  ): { generation: Generation; isRepeat: boolean } {
    const isRepeat = total !== undefined && isSame(total, this.total);
    this.total = total ?? this.total;
    if ((isRepeat || isNothing(usage)) && this.#counted) {
      return { generation: this.#counted, isRepeat: true };
    }
    const current =
      this.#current && !this.#current.hasUsage ? this.#current : this.#begin(undefined);
    current.hasUsage = true;
    current.isOver = true;
    this.#current = current;
    this.#counted = current;
    return { generation: current, isRepeat: false };
  }

  #begin(responseId: string | undefined): Generation {
    this.#generations++;
    const id = responseId ?? `${this.sessionId ?? ''}/${this.#generations}`;
    return { id, sentAt: this.#lastInputTime, isOver: false, hasUsage: false };
  }
}
