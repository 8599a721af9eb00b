import type { ErrorCategory } from '../category';
import { sentences, theHost } from '../say';

export const tlsProxy: ErrorCategory = {
  id: 'tls_proxy',
  group: 'availability',
  title: 'Certificate or proxy problem',
  definition: 'The certificate was not accepted, or the HTTP proxy failed.',
  retryable: false,
  retryExceptions: /BAD_RECORD_MAC/i,
  facts: ['host'],
  decisive: {
    codes: [
      'SSLCertVerificationError',
      'SELF_SIGNED_CERT_IN_CHAIN',
      'DEPTH_ZERO_SELF_SIGNED_CERT',
      'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
      'UNABLE_TO_GET_ISSUER_CERT_LOCALLY',
      'UNABLE_TO_GET_ISSUER_CERT',
      'CERT_HAS_EXPIRED',
      'CERTIFICATE_VERIFY_FAILED',
      'ERR_TLS_CERT_ALTNAME_INVALID',
      'ClientConnectorCertificateError',
      'SSLError',
      'ERR_CERT_AUTHORITY_INVALID',
      'ProxyError',
      'ERR_PROXY_CONNECTION_FAILED',
      'ERR_TUNNEL_CONNECTION_FAILED',
      'ClientHttpProxyError',
      'ERR_SSL_WRONG_VERSION_NUMBER',
      'ERR_SSL_PROTOCOL_ERROR',
      'ClientConnectorSSLError',
    ],
    words: [
      /\bself[- ]signed certificate\b|\bcertificate (?:verif\w+|has expired|is not trusted|chain|signed by|error|required|unknown|is not yet valid|doesn't match)\b/i,
      /\b(?:unable|failed) to (?:get|verify|validate)\b.{0,24}\b(?:certificate|issuer)\b/i,
      /\binvalid (?:peer )?certificate\b|\bx509\b|\bunknown ca\b|\bhostname mismatch\b|\bcert(?:ificate)? verify\b/i,
      /\b(?:TLS|SSL)\b.{0,24}\b(?:handshake|alert|verif|wrong version|protocol error|bad record|connect error|routines|connection could not)/i,
      /\bBAD_RECORD_MAC\b|\bwrong version number\b|\bSSLV3_ALERT/i,
      /\bproxy (?:authentication|connect|tunnel|refused|rejected)|\bhttps? proxy\b|\b(?:via|through|to) (?:the |a )?proxy\b/i,
      /\btunnel(?:ing|ling)? (?:socket|connection|failed)\b|\bcannot connect to proxy\b/i,
      /证书|代理(?:认证|错误|失败)/,
    ],
  },
  strong: {
    words: [
      {
        words: /\b(?:ssl(?!:)|tls|pkix|certificat(?:e|es|ion path)|certs?)\b/i,
        along:
          /\b(?:error|fail\w*|exceed\w*|cannot|can't|could not|unable|invalid|not|no|too|unsupported|missing|denied|expired|must|over|reject\w*|refus\w*|unexpected|without|incorrect|bad|reach\w*|hit|wait|retry|again)\b/i,
      },
      /\bSSLHandshakeException\b|\bEPROTO\b/,
    ],
  },
  status: [407],
  explain: facts =>
    sentences(
      `The secure connection to ${theHost(facts, 'the provider')} was not accepted, or a proxy on the way failed.`,
      'Company networks that inspect TLS answer with a certificate of their own.',
    ),
  fixes: () => [
    'Give the client the certificate of the company: NODE_EXTRA_CA_CERTS (Node), SSL_CERT_FILE or REQUESTS_CA_BUNDLE (Python).',
    'In VS Code set http.proxy and http.systemCertificates.',
    'Set HTTPS_PROXY with its credentials (407 asks for them), and NO_PROXY for local servers.',
    'Check the clock of the machine and whether the certificate has expired.',
    'Do not turn verification off.',
  ],
  links: [],
};
