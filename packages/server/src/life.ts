import { ErrorCodes, ResponseError, type Connection, type Message, type MessageStrategy } from 'vscode-languageserver';
import { wrongParameters } from './parameters/of-protocol.js';

const refused = 'camelc/refused';

/** The parameters of `refused`. */
interface Refusal {
  code: number;
  message: string;
}

/**
 * Before `initialize` and after `shutdown` no other request is answered, and no other notification heard, than those that the protocol allows.
 * A request whose parameters are wrong is refused: what answers it would fail somewhere.
 */
export class InOrderOfLife implements MessageStrategy {
  private state: 'new' | 'running' | 'ended' = 'new';

  handleMessage(message: Message, next: (message: Message) => void): void {
    const { method, id, params } = message as { method?: unknown; id?: unknown; params?: unknown };
    // Answers of the client have no method.
    if (typeof method !== 'string') return next(message);
    const refusal = this.outOfOrder(method) ?? (id === undefined ? undefined : invalid(method, params));
    if (refusal) {
      if (id !== undefined) next({ ...message, method: refused, params: [refusal] } as Message);
      return;
    }
    if (method === 'initialize') this.state = 'running';
    if (method === 'shutdown') this.state = 'ended';
    next(message);
  }

  private outOfOrder(method: string): Refusal | undefined {
    if (method === 'exit' || (method === 'initialize' ? this.state === 'new' : this.state === 'running')) return undefined;
    if (this.state === 'new') return { code: ErrorCodes.ServerNotInitialized, message: 'The server has not been initialized.' };
    return { code: ErrorCodes.InvalidRequest, message: this.state === 'running' ? 'The server has been initialized already.' : 'The server has been shut down.' };
  }
}

function invalid(method: string, params: unknown): Refusal | undefined {
  const message = wrongParameters(method, params);
  return message === undefined ? undefined : { code: ErrorCodes.InvalidParams, message };
}

/** Answers what was refused. */
export function answerByProtocol(connection: Connection): void {
  connection.onRequest(refused, ({ code, message }: Refusal) => new ResponseError(code, message));
}

/** With its stack, if it has one. */
export const describeError = (error: unknown): string => (error instanceof Error ? (error.stack ?? error.message) : String(error));
