/** Why there is no connection, in words, by the code of Node's error. */
export const connectionFaults: Readonly<Record<string, string>> = {
  ECONNREFUSED: 'nothing listens there',
  ECONNRESET: 'the connection was closed',
  ENOTFOUND: 'there is no such host',
  EAI_AGAIN: 'the host name cannot be looked up now',
  EHOSTUNREACH: 'there is no route to the host',
  ENETUNREACH: 'the network cannot be reached',
  ERR_SSL_WRONG_VERSION_NUMBER: 'it speaks no TLS',
};

/** Whether the other side could be reached, and TLS with it failed. */
export const isTlsFault = ({ code = '', message }: { code?: string; message: string }): boolean =>
  /CERT|TLS|SSL|SIGNATURE|ALTNAME/.test(code) || /certificate|SSL|TLS/.test(message);
