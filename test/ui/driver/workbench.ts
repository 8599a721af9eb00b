import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import type { BrowserContext, Frame, FrameLocator, Locator, Page } from 'playwright-core';
import { expectStill } from './expect';
import { getSession } from './session';

export type Theme =
  | 'Default Light Modern'
  | 'Default Dark Modern'
  | 'Default High Contrast'
  | 'Default High Contrast Light';

/** The class that a window of that theme carries. */
const themeClasses: Readonly<Record<Theme, string>> = {
  'Default Light Modern': 'vscode-theme-defaults-themes-light_modern-json',
  'Default Dark Modern': 'vscode-theme-defaults-themes-dark_modern-json',
  'Default High Contrast': 'hc-black',
  'Default High Contrast Light': 'hc-light',
};

export interface WorkbenchOptions {
  /** Folder to open, relative to the repository or absolute; a copy of it is opened. None: an empty folder. */
  readonly workspace?: string | undefined;
  /** Default: dark. */
  readonly theme?: Theme | undefined;
  /** Window in pixels, default 1440 × 900. */
  readonly size?: { readonly width: number; readonly height: number } | undefined;
  /** More user settings. */
  readonly settings?: Readonly<Record<string, unknown>> | undefined;
}

/** Copies into a temporary folder, under its own name: that is what the window shows. */
function copyWorkspace(workspace: string | undefined): string {
  const temporary = fs.mkdtempSync(path.join(os.tmpdir(), 'callsight-ui-'));
  const folder = path.join(temporary, path.basename(workspace ?? 'empty'));
  if (workspace === undefined) {
    fs.mkdirSync(folder);
  } else {
    fs.cpSync(path.resolve(workspace), folder, { recursive: true, preserveTimestamps: true });
  }
  return folder;
}

/** A VS Code window on a folder of its own, as a person sees it. */
export class Workbench {
  /** What the browser refused because of a content security policy, since the window opened. */
  readonly policyViolations: string[] = [];

  private constructor(
    readonly page: Page,
    /** The folder that is open; tests may write to it. */
    readonly folder: string,
    private readonly context: BrowserContext,
  ) {
    page.on('console', message => {
      if (/content security policy/i.test(message.text())) {
        this.policyViolations.push(message.text());
      }
    });
  }

  static async open(options: WorkbenchOptions = {}): Promise<Workbench> {
    const { server, browser, payload } = await getSession();
    const theme = options.theme ?? 'Default Dark Modern';
    const settings = {
      'window.autoDetectHighContrast': false,
      ...options.settings,
    };
    const folder = copyWorkspace(options.workspace);
    const context = await browser.newContext({
      viewport: options.size ?? { width: 1440, height: 900 },
      locale: 'en-GB',
      reducedMotion: 'reduce',
      permissions: ['clipboard-read', 'clipboard-write'],
    });
    const page = await context.newPage();
    const workbench = new Workbench(page, folder, context);
    await workbench.enter(server.url(folder, payload), theme, colors =>
      server.useSettings({ ...settings, ...colors }),
    );
    return workbench;
  }

  /**
   * Opens the address until the window has the theme. On a busy machine a window may start before the themes are known; it keeps
   * another one then, and settings that say the same again are no change to it. A new page looks anew.
   */
  private async enter(
    url: string,
    theme: Theme,
    useColors: (colors: Readonly<Record<string, unknown>>) => void,
  ): Promise<void> {
    const colors = { 'workbench.colorTheme': theme };
    const isHighContrast = themeClasses[theme].startsWith('hc-');
    const themed = this.page.locator(`.monaco-workbench.${themeClasses[theme]}`).first();
    for (let attempt = 0; attempt < 4; attempt++) {
      // A window that starts with a high contrast theme leaves it; it takes one once it stands.
      useColors(isHighContrast ? {} : colors);
      await this.page.goto(url);
      // The extension host starts after the window: the first look at anything of ours takes longest.
      await this.activityTab('Callsight').waitFor({ timeout: 60_000 });
      useColors(colors);
      const isThemed = await themed.waitFor({ timeout: 15_000 }).then(
        () => true,
        () => false,
      );
      if (isThemed) {
        return;
      }
    }
    const seen = await this.page.locator('.monaco-workbench').first().getAttribute('class');
    throw new Error(`the window does not take the theme ${theme}: ${seen}`);
  }

  async close(): Promise<void> {
    await this.context.close();
    fs.rmSync(path.dirname(this.folder), { recursive: true, force: true });
  }

  /** The icon of a view container in the activity bar. */
  activityTab(name: string): Locator {
    return this.page
      .locator('[id="workbench.parts.activitybar"]')
      .getByRole('tab', { name: new RegExp(`^${name}`) });
  }

  get sideBar(): Locator {
    return this.page.locator('[id="workbench.parts.sidebar"]');
  }

  get editors(): Locator {
    return this.page.locator('[id="workbench.parts.editor"]');
  }

  get statusBar(): Locator {
    return this.page.locator('[id="workbench.parts.statusbar"]');
  }

  /** Waits until rows stay where and as they are: a click shall hit what it aims at, and VS Code forgets what a row is about while it draws it. */
  standStill(): Promise<void> {
    return expectStill(this.sideBar);
  }

  /** Shows our view container in the side bar, and waits until it stands still. */
  async showCallsight(): Promise<void> {
    const tab = this.activityTab('Callsight');
    const isShown = async () => (await tab.getAttribute('aria-expanded')) === 'true';
    const heading = this.sideBar.getByRole('heading', { name: /Callsight/i }).first();
    // a window that was loaded again shows by itself what it showed before: a click at that moment hides it
    for (let attempt = 0; attempt < 3; attempt++) {
      if (!(await isShown())) {
        await tab.click();
      }
      const isThere = await heading.waitFor({ timeout: 10_000 }).then(
        () => true,
        () => false,
      );
      if (isThere) {
        await this.standStill();
      }
      if (await isShown()) {
        return;
      }
    }
    await heading.waitFor();
  }

  /** A row of the tree views in the side bar, by a part of its label. */
  treeItem(name: string | RegExp): Locator {
    return this.sideBar.getByRole('treeitem', { name });
  }

  /** Runs a command as a person does: F1, its title, Enter. */
  async runCommand(title: string): Promise<void> {
    const quickInput = this.page.locator('.quick-input-widget');
    await this.page.keyboard.press('F1');
    await quickInput.getByRole('textbox').fill(`>${title}`);
    await quickInput
      .getByRole('option', { name: new RegExp(`^${title.replaceAll(/[.…*+?()[\]]/g, '\\$&')}`) })
      .first()
      .waitFor();
    await this.page.keyboard.press('Enter');
  }

  /** The content of a webview; VS Code nests it in two frames. `index` counts the visible ones. */
  webview(index = 0): FrameLocator {
    return this.page
      .locator('iframe.webview.ready')
      .nth(index)
      .contentFrame()
      .locator('iframe#active-frame')
      .contentFrame();
  }

  /** The same as a frame, to evaluate in. */
  async webviewFrame(index = 0): Promise<Frame> {
    const outer = await this.page.locator('iframe.webview.ready').nth(index).elementHandle();
    const outerFrame = await outer?.contentFrame();
    const inner = await outerFrame?.waitForSelector('iframe#active-frame', { state: 'attached' });
    const frame = await inner?.contentFrame();
    if (!frame) {
      throw new Error('no webview is open');
    }
    return frame;
  }

  /**
   * Writes docs/images/NAME.png when UPDATE_IMAGES is set; else out/images/NAME.png, since no two runs give the same bytes.
   */
  async screenshot(name: string): Promise<void> {
    const folder = path.resolve(process.env['UPDATE_IMAGES'] ? 'docs/images' : 'out/images');
    fs.mkdirSync(folder, { recursive: true });
    // Away from whatever shows a tooltip.
    await this.page.mouse.move((this.page.viewportSize()?.width ?? 0) / 2, 2);
    // Icons are a font: without it they are missing from the picture.
    for (const frame of this.page.frames()) {
      await frame
        .evaluate(async () => {
          await document.fonts.ready;
        })
        .catch((error: unknown) => {
          // a frame that closes meanwhile is not in the picture
          if (!frame.isDetached()) {
            throw error;
          }
        });
    }
    await this.page.screenshot({ path: path.join(folder, `${name}.png`) });
  }
}
