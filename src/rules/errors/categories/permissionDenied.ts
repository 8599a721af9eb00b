import type { ErrorCategory } from '../category';
import {
  anthropicErrors,
  awsAccessDenied,
  bedrockAccess,
  bedrockErrors,
  litellmErrors,
} from '../links';
import { sentences, theModel } from '../say';

export const permissionDenied: ErrorCategory = {
  id: 'permission_denied',
  group: 'access',
  title: 'Permission denied',
  definition:
    'The identity is known but may not do this: role, scope, project, allow-list, network rule, or an account or API that is switched off.',
  retryable: false,
  facts: ['model'],
  decisive: {
    codes: [
      'key_model_access_denied',
      'team_model_access_denied',
      'user_model_access_denied',
      'org_model_access_denied',
      'SERVICE_DISABLED',
      'IAM_PERMISSION_DENIED',
      'account_deactivated',
      'organization_deactivated',
      'access_terminated_error',
      'insufficient_permissions',
      'ACCESS_TOKEN_SCOPE_INSUFFICIENT',
      'ip_not_authorized',
      'OrganizationDisabled',
      'API_KEY_SERVICE_BLOCKED',
      'API_KEY_IP_ADDRESS_BLOCKED',
      'API_KEY_HTTP_REFERRER_BLOCKED',
    ],
    words: [
      /\bexplicit deny\b|\bidentity-based policy\b|\bservice control policy\b|\bresource-based policy\b/i,
      /\bmissing scopes?\b|\binsufficient (?:authentication )?scopes?\b|\binsufficient permissions?\b/i,
      /\b(?:project|organization|account|key|user|team) \S{0,80} ?(?:does not|do not|doesn't) have access to (?:the )?model\b/i,
      /\bpermission '?[\w.]{3,80}'? denied\b/i,
      /\bhas not been used in project\b|\bvirtual network\/firewall\b|\bit is disabled\. enable it\b/i,
      /\b(?:key|team|user|token) (?:is )?not allowed to access model\b|\bcan only access models\b/i,
      /\b(?:account|organization|workspace|api key|key|project|user|subscription) (?:has been |is |was |associated with \S{1,40} has been )?(?:deactivated|disabled|suspended|blocked|banned|terminated|restricted|archived)\b/i,
    ],
  },
  strong: {
    words: [
      /\b(?:does not|do not|doesn't|don't|no|not have|without|lacks?|need) (?:have )?(?:the )?(?:required |necessary |sufficient |proper )?(?:access|permissions?)\b(?! key)/i,
      /\brequires? (?:\S{1,30} ){0,3}permissions?\b/i,
      /\black(?:s|ing)? (?:the )?(?:required|necessary|sufficient)\b|\bdata action\b/i,
      /\bpermissions?\b.{0,60}\bdenied\b|\bpermission_denied\b/i,
      /\b(?:is|are|am|was) not (?:authori[sz]ed|permitted|allowed|enabled)\b.{0,16}\b(?:to|for)\b/i,
      /\bnot authori[sz]ed\b|\bunauthori[sz]ed (?:to|operation|for)\b/i,
      /\baccess\b.{0,60}\b(?:is |was |has been )?(?:denied|forbidden|blocked|restricted|disabled|not allowed)\b/i,
      /\b(?:ip|ip address|origin|referr?er|network)\b.{0,40}\b(?:not allowed|not authorized|not whitelisted|blocked|denied|restricted|not in)/i,
      /\bnot (?:enabled|allowed|permitted) for (?:this|your) (?:account|organization|project|key|api key|team|user)\b/i,
      /\b(?:security|vpc service|firewall|network) (?:rules?|controls?|policy)\b.{0,40}\b(?:block|den|prohibit)/i,
      /无权|没有(?:访问)?权限|权限不足|禁止访问|(?:账号|账户|用户|令牌|密钥).{0,6}(?:被)?(?:禁用|封禁|停用|冻结)|アクセス(?:権|が拒否)/,
    ],
  },
  hint: {
    codes: [
      'AccessDeniedException',
      'PermissionDeniedError',
      'PERMISSION_DENIED',
      'PermissionDenied',
      'permission_error',
      'access_denied',
      'AccessDenied',
      'forbidden',
      'ForbiddenException',
      'ForbiddenError',
      'request_forbidden',
    ],
    words: [
      {
        words:
          /\b(?:permissions?|privileges?|entitle\w*|authori[sz]ation|scopes?|allow-?list|whitelist)\b/i,
        along: /\b(?:denied|not|no|insufficient|required|missing|blocked|lacks?|without)\b/i,
      },
      /\bforbidden\b|\baccess denied\b/i,
    ],
  },
  status: [403],
  explain: facts =>
    sentences(
      `The key is valid, but its owner may not use ${theModel(facts)} or this API.`,
      'A role, scope, project, allow-list or network rule is in the way, or the account or API is switched off.',
    ),
  fixes: facts => [
    `Grant access: role or scope of the key, models allowed for the project or key${facts.model === undefined ? '' : ` (${facts.model})`}, or use another key.`,
    'Bedrock: allow bedrock:InvokeModel and InvokeModelWithResponseStream on inference profile and foundation model, in every region of the profile; look for an explicit deny (SCP).',
    'Google: enable the API in the project and give roles/aiplatform.user. Azure: firewall and role of the resource.',
    'Gateway: the list of models of the key or team.',
    'A suspended account needs the support of the provider.',
  ],
  links: [awsAccessDenied, bedrockAccess, bedrockErrors, anthropicErrors, litellmErrors],
};
