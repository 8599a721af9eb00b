import * as vscode from 'vscode';
import { matchText } from '../display/filterText';
import { forNotification } from '../display/visibleText';
import { Disposable } from '../disposable';
import type { EngineClient } from '../engineClient';
import { Throttle } from '../throttle';

const typingMs = 150; // without a key, before what was typed is searched
const answerMs = 80;
const countingMs = 150; // between two counts, at least

export interface FilterBoxOptions {
  readonly engine: EngineClient;
  readonly title: string;
  readonly prompt: string;
  readonly placeholder: string;
  /** What stands in the box at first. */
  readonly value: string;
  /** The filter that the view shows: its search goes on, whatever becomes of the box. */
  readonly shownFilter: string;
  /** The filter that is meant by what is typed; empty for all. */
  readonly toFilter: (text: string) => string;
}

/** Asks for a filter; undefined: the person wants none. Says while it is typed what it leaves, or why it cannot be read. */
export function askFilter(options: FilterBoxOptions): Promise<string | undefined> {
  return new FilterBox(options).ask();
}

class FilterBox extends Disposable {
  private readonly options: FilterBoxOptions;
  private readonly box = this.register(vscode.window.createInputBox());
  /** The filter that is typed now. */
  private filter: string;
  private readonly counts: Throttle;
  private hasProblem = false;
  private accepted: string | undefined;
  private timer: NodeJS.Timeout | undefined;

  constructor(options: FilterBoxOptions) {
    super();
    this.options = options;
    this.filter = options.toFilter(options.value);
    const { title, prompt, placeholder, value } = options;
    Object.assign(this.box, { title, prompt, placeholder, value });
    this.register({ dispose: () => clearTimeout(this.timer) });
    this.register(this.box.onDidChangeValue(text => this.onType(text)));
    // a search that comes further, and logs that are being read or written, change the count
    this.counts = this.register(
      new Throttle(
        countingMs,
        () => this.tell(),
        () => undefined,
      ),
    );
    this.register(options.engine.onDidChange(() => this.counts.request()));
    this.register(
      options.engine.onDidSearch(filter => {
        if (filter === this.filter) {
          this.counts.request();
        }
      }),
    );
  }

  ask(): Promise<string | undefined> {
    return new Promise(resolve => {
      this.register(
        this.box.onDidAccept(async () => {
          // what was typed a moment ago may not have been looked at
          await this.tell();
          if (!this.hasProblem) {
            this.accepted = this.filter;
            this.box.hide();
          }
        }),
      );
      this.register(
        this.box.onDidHide(() => {
          if (this.accepted === undefined) {
            this.leave(this.filter);
          }
          resolve(this.accepted);
          this.dispose();
        }),
      );
      this.box.show();
      this.counts.request();
    });
  }

  private onType(text: string): void {
    this.leave(this.filter);
    this.filter = this.options.toFilter(text);
    this.hasProblem = false;
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.counts.request(), typingMs);
  }

  private async tell(): Promise<void> {
    const { filter } = this;
    if (filter === '') {
      this.box.validationMessage = '';
      return;
    }
    const counts = await this.options.engine.client.countMatches({ filter, withinMs: answerMs });
    if (filter !== this.filter || this.isDisposed) {
      return;
    }
    const { problem } = counts;
    this.hasProblem = problem !== undefined;
    const { Error, Info } = vscode.InputBoxValidationSeverity;
    this.box.validationMessage = problem
      ? {
          message: `${forNotification(problem.message)} (character ${problem.start + 1})`,
          severity: Error,
        }
      : { message: matchText(counts), severity: Info };
  }

  /** Nobody waits any more for what this filter finds. */
  private leave(filter: string): void {
    if (filter !== '' && filter !== this.options.shownFilter) {
      this.options.engine.stopSearch(filter);
    }
  }
}
