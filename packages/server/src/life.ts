import { ErrorCodes, ResponseError, type Connection, type Message, type MessageStrategy } from 'vscode-languageserver';

const refused = 'camelc/refused';

/** Before `initialize` and after `shutdown` no other request is answered, and no other notification heard, than those that the protocol allows. */
export class InOrderOfLife implements MessageStrategy {
  private state: 'new' | 'running' | 'ended' = 'new';

  handleMessage(message: Message, next: (message: Message) => void): void {
    const { method, id } = message as { method?: unknown; id?: unknown };
    // Answers of the client have no method.
    if (method === undefined) return next(message);
    if (method === 'initialize' && this.state === 'new') this.state = 'running';
    else if (method !== 'exit' && (this.state !== 'running' || method === 'initialize')) {
      if (id !== undefined) next({ ...message, method: refused, params: [this.state] } as Message);
      return;
    }
    if (method === 'shutdown') this.state = 'ended';
    next(message);
  }
}

/** Answers what came out of order, and gives errors as errors. */
export function answerByProtocol(connection: Connection): void {
  // Those of Langium may be of another version of the protocol's package, and would be taken for results.
  Object.defineProperty(ResponseError, Symbol.hasInstance, { value: (error: unknown) => error instanceof Error && 'code' in error && 'toJson' in error });
  connection.onRequest(refused, (state: string) =>
    state === 'new'
      ? new ResponseError(ErrorCodes.ServerNotInitialized, 'The server has not been initialized.')
      : new ResponseError(ErrorCodes.InvalidRequest, state === 'running' ? 'The server has been initialized already.' : 'The server has been shut down.'),
  );
}

/** With its stack, if it has one. */
export const describeError = (error: unknown): string => (error instanceof Error ? (error.stack ?? error.message) : String(error));
