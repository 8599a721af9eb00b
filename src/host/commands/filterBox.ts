import * as vscode from 'vscode';
import { matchText } from '../display/filterText';
import { forNotification } from '../display/visibleText';
import { Disposable } from '../disposable';
import { answerMs, type EngineClient } from '../engineClient';
import { TypedFilter } from './typedFilter';

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
  private readonly filter: TypedFilter;
  private hasProblem = false;
  private accepted: string | undefined;

  constructor(options: FilterBoxOptions) {
    super();
    this.options = options;
    const { engine, shownFilter, title, prompt, placeholder, value, toFilter } = options;
    Object.assign(this.box, { title, prompt, placeholder, value });
    this.filter = this.register(
      new TypedFilter(toFilter(value), {
        engine,
        shownFilter,
        show: () => this.tell(),
        onError: error =>
          this.say(forNotification(String(error)), vscode.InputBoxValidationSeverity.Error),
      }),
    );
    this.register(
      this.box.onDidChangeValue(text => {
        this.hasProblem = false;
        this.filter.change(toFilter(text));
      }),
    );
    // logs that are being read or written change the count
    this.register(engine.onDidChange(() => this.filter.show()));
  }

  ask(): Promise<string | undefined> {
    return new Promise(resolve => {
      this.register(
        this.box.onDidAccept(async () => {
          // what was typed a moment ago may not have been looked at
          await this.tell();
          if (!this.hasProblem) {
            this.accepted = this.filter.text;
            this.box.hide();
          }
        }),
      );
      this.register(
        this.box.onDidHide(() => {
          if (this.accepted === undefined) {
            this.filter.leave();
          }
          resolve(this.accepted);
          this.dispose();
        }),
      );
      this.box.show();
      this.filter.show();
    });
  }

  private async tell(): Promise<void> {
    const filter = this.filter.text;
    if (filter === '') {
      this.box.validationMessage = '';
      return;
    }
    const counts = await this.options.engine.client.countMatches({ filter, withinMs: answerMs });
    if (filter !== this.filter.text || this.isDisposed) {
      return;
    }
    const { problem } = counts;
    this.hasProblem = problem !== undefined;
    const { Error, Info } = vscode.InputBoxValidationSeverity;
    if (problem) {
      this.say(`${forNotification(problem.message)} (character ${problem.start + 1})`, Error);
    } else {
      this.say(matchText(counts), Info);
    }
  }

  private say(message: string, severity: vscode.InputBoxValidationSeverity): void {
    this.box.validationMessage = { message, severity };
  }
}
