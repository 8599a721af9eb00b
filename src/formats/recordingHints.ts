import type { RecordingHint } from '../model/recordingHint';

/** For apps with the logger and the debug mode of the guide that these formats come from: switches in the environment. */
export const environmentSwitches: RecordingHint = {
  steps: [
    {
      text: 'Start the app with the text switched on; new calls then show it here, without a change to the code.',
      code: 'LLM_LOG_PROMPTS=true LLM_LOG_RESPONSES=true python app.py',
    },
    {
      text: 'Or save whole conversations beside the log; they join their calls by model, tokens and time.',
      code: 'LLM_SAVE_CONVERSATIONS=true python app.py',
    },
    { text: 'Switch it off again: the text holds what your users wrote.' },
  ],
};

/** For logs whose writer is the app's own code. */
export const ownFields: RecordingHint = {
  steps: [
    {
      text: 'Log the request and the answer with the call; Callsight finds them under names such as these.',
      code: '{"model": …, "messages": [{"role": "user", "content": …}], "response": …}',
    },
    { text: 'Switch it off again: the text holds what your users wrote.' },
  ],
};

/** For files that hold what a provider answered, and not what it was asked. */
export const savedResponses: RecordingHint = {
  steps: [
    {
      text: 'Save the request beside the answer; Callsight shows such a pair as one call.',
      code: '{"request": {"model": …, "messages": […]}, "response": {…}}',
    },
    { text: 'Switch it off again: the text holds what your users wrote.' },
  ],
};
