import * as vscode from 'vscode';
import type { SpanDetail } from '../protocol/engineContract';
import { maskSecrets } from '../rules/secretPatterns';
import { toExplainPrompt } from './display/explainPrompt';
import { formatCount } from './display/format';
import { forNotification, toVisibleText, withoutIcons } from './display/visibleText';
import type { Documents } from './documents';

const send = 'Send';

/**
 * Asks a language model of VS Code why a call went wrong. Nothing is sent before the user has seen the whole text and said
 * yes; without a model the offline diagnosis is all there is.
 */
export class Explainer {
  constructor(private readonly documents: Documents) {}

  async explain(detail: SpanDetail): Promise<void> {
    const model = await this.pickModel();
    if (!model) {
      return;
    }
    const prompt = toExplainPrompt(detail, maskSecrets);
    await this.documents.openReport('What will be sent.md', prompt);
    const answer = await vscode.window.showInformationMessage(
      `Send this text to ${forNotification(model.name)}?`,
      {
        modal: true,
        detail: `The ${formatCount(prompt.length)} characters that are open in the editor go to ${forNotification(model.vendor)}, and nothing else. What looks like a secret is masked; read it through all the same.`,
      },
      send,
    );
    if (answer === send) {
      await this.documents.openReport('Explanation.md', await this.ask(model, prompt));
    }
  }

  private async pickModel(): Promise<vscode.LanguageModelChat | undefined> {
    const models = await vscode.lm.selectChatModels();
    if (models.length === 0) {
      void vscode.window.showInformationMessage(
        'VS Code has no language model here. The diagnosis in the panel needs none.',
      );
      return undefined;
    }
    const items = models.map(model => ({
      label: withoutIcons(model.name),
      description: withoutIcons(`${model.vendor} ${model.family}`),
      model,
    }));
    const picked = await vscode.window.showQuickPick(items, {
      placeHolder: 'Which model explains it? You see what is sent before it is.',
    });
    return picked?.model;
  }

  private ask(model: vscode.LanguageModelChat, prompt: string): Thenable<string> {
    const options = {
      location: vscode.ProgressLocation.Notification,
      title: `Asking ${forNotification(model.name)}`,
      cancellable: true,
    };
    return vscode.window.withProgress(options, async (_progress, token) => {
      const message = vscode.LanguageModelChatMessage.User(prompt);
      const justification = 'Callsight explains a call of a log, because you asked it to.';
      const response = await model.sendRequest([message], { justification }, token);
      let text = '';
      for await (const piece of response.text) {
        text += piece;
      }
      return `${toVisibleText(text)}\n\n---\n\nWritten by ${toVisibleText(model.name)}, which may be wrong.\n`;
    });
  }
}
