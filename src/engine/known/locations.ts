/** A tool that keeps its logs where it always does. */
export interface KnownTool {
  /** Kebab case; stands in commands. */
  readonly id: string;
  readonly name: string;
  /**
   * Where its logs may lie. `~` is the home folder, `$NAME` an environment variable (a place with one that is not set is
   * left out), `{user}` the User folder of every kind of VS Code, `{config}` where programs of this system keep their settings,
   * `{folder}` each folder of the workspace.
   */
  readonly places: readonly string[];
  /** Ending of a name that must be there: for places that everybody calls so. */
  readonly holds?: string | undefined;
}

/** Sources: the tools' own documentation and code; see docs/formats.md for what is read of each. */
export const knownTools: readonly KnownTool[] = [
  {
    id: 'claude-code',
    name: 'Claude Code sessions',
    places: ['$CLAUDE_CONFIG_DIR/projects', '~/.claude/projects', '~/.config/claude/projects'],
  },
  {
    id: 'codex',
    name: 'Codex sessions',
    places: ['$CODEX_HOME/sessions', '~/.codex/sessions'],
  },
  { id: 'gemini-cli', name: 'Gemini CLI chats', places: ['~/.gemini/tmp'] },
  {
    id: 'copilot-cli',
    name: 'Copilot CLI sessions',
    places: ['$COPILOT_HOME/session-state', '~/.copilot/session-state'],
  },
  {
    id: 'opencode',
    name: 'OpenCode sessions',
    places: ['$XDG_DATA_HOME/opencode/storage', '~/.local/share/opencode/storage'],
  },
  { id: 'qwen-code', name: 'Qwen Code sessions', places: ['~/.qwen/projects'] },
  {
    id: 'kimi',
    name: 'Kimi sessions',
    places: ['$KIMI_SHARE_DIR/sessions', '~/.kimi/sessions', '~/.kimi-code/sessions'],
  },
  {
    id: 'continue',
    name: 'Continue sessions',
    places: ['$CONTINUE_GLOBAL_DIR/sessions', '~/.continue/sessions'],
  },
  {
    id: 'continue-data',
    name: 'Continue development data',
    places: ['$CONTINUE_GLOBAL_DIR/dev_data', '~/.continue/dev_data'],
  },
  {
    id: 'cline',
    name: 'Cline tasks',
    places: ['{user}/globalStorage/saoudrizwan.claude-dev/tasks'],
  },
  {
    id: 'roo-code',
    name: 'Roo Code tasks',
    places: ['{user}/globalStorage/rooveterinaryinc.roo-cline/tasks'],
  },
  {
    id: 'llm',
    name: 'Log of the llm command',
    places: ['$LLM_USER_PATH/logs.db', '{config}/io.datasette.llm/logs.db'],
  },
  { id: 'ai-sdk-devtools', name: 'AI SDK devtools', places: ['{folder}/.devtools'] },
  { id: 'claude-trace', name: 'claude-trace logs', places: ['{folder}/.claude-trace'] },
  { id: 'genkit', name: 'Genkit traces', places: ['{folder}/.genkit/traces'] },
  { id: 'mlflow', name: 'MLflow runs', places: ['{folder}/mlruns'] },
  {
    id: 'inspect',
    name: 'Inspect logs',
    places: ['$INSPECT_LOG_DIR', '{folder}/logs'],
    holds: '.eval',
  },
];
