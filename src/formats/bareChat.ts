import { isMessageList, readConversation } from './fields/conversation';
import { toTime } from './fields/time';
import { readUsageObject } from './fields/usage';
import { isFields, toId, toLabel } from './fields/values';
import type { JsonFormat } from './format';

/** Messages and nothing else, as many agents save them: old mini-swe-agent, Cline and Roo Code (with times). */
export const bareChat: JsonFormat = {
  id: 'bare-chat',
  title: 'Saved conversation',
  docs: {
    schema: 'https://platform.openai.com/docs/api-reference/chat/create',
    writtenBy:
      'Programs that save the messages of a conversation as one JSON list; Cline and Roo Code: `api_conversation_history.json`',
    recognisedBy: 'A list of objects with `role` and `content`, `parts` or `tool_calls`',
    notes:
      'Every message of the assistant is a call, with tokens only where it was saved as the provider gave it. Cline tells of the same calls in `ui_messages.json`, with tokens and other times: open one of the two.',
  },
  container: 'json',
  matches: isMessageList,
  read: list => {
    const messages = Array.isArray(list) ? list.filter(isFields) : [];
    return {
      spans: readConversation(
        messages,
        message => ({
          identity:
            toTime(message['ts']) === undefined ? undefined : `message:ts-${toId(message['ts'])}`,
          startTime: toTime(message['ts']),
          // of answers that were saved as the provider gave them
          model: toLabel(message['model']),
          usage: readUsageObject(message['usage']),
        }),
        { name: 'conversation' },
      ),
    };
  },
};
