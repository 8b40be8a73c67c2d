/**
 * An engine behind SSH, as the `docker` command reaches it: the `ssh` of this machine, with its keys, agent, known hosts and settings, runs
 * `docker system dial-stdio` over there, whose input and output are the connection.
 */
import { spawn } from 'node:child_process';
import type { Agent } from 'node:http';
import { Duplex } from 'node:stream';

const { Agent: HttpAgent } = process.getBuiltinModule('node:http');

/** Each connection costs a login, so there are few. */
const connections = 2;

/** An agent whose connections are programs. `program` is `ssh`, save in tests. */
export function sshAgent({ username, hostname, port, pathname }: URL, program = 'ssh'): Agent {
  const target = [...(username ? ['-l', decodeURIComponent(username)] : []), ...(port ? ['-p', port] : []), '--', hostname];
  const socket = decodeURIComponent(pathname.replace(/^\/$/, ''));
  const command = ['docker', ...(socket ? ['--host', `unix://${socket}`] : []), 'system', 'dial-stdio'];
  return new ProgramAgent([program, '-T', '-o', 'ConnectTimeout=30', ...target, ...command]);
}

class ProgramAgent extends HttpAgent {
  constructor(readonly command: readonly string[]) {
    super({ keepAlive: true, maxSockets: connections });
  }
  override createConnection(): Duplex {
    return connectThrough(this.command);
  }
}

function connectThrough([program, ...args]: readonly string[]): Duplex {
  const child = spawn(program!, args, { stdio: ['pipe', 'pipe', 'pipe'] });
  let said = '';
  child.stderr.on('data', (data: Buffer) => (said = (said + data.toString()).slice(-2000)));
  const duplex = new Duplex({
    read: () => void child.stdout.resume(),
    write: (chunk: Buffer, _encoding, done) => void child.stdin.write(chunk, (error) => done(error)),
    final: (done) => void child.stdin.end(() => done()),
    destroy(error, done) {
      child.kill();
      done(error);
    },
  });
  child.stdout.on('data', (chunk: Buffer) => {
    if (!duplex.push(chunk)) child.stdout.pause();
  });
  child.stdin.on('error', () => {}); // The end of the program tells more.
  child.on('error', (error) => duplex.destroy(error));
  child.on('close', (code) => {
    if (code) duplex.destroy(Object.assign(new Error(said.trim().split('\n').at(-1) || `${program} ended with ${code}`), { code: 'ESSH' }));
    else duplex.push(null);
  });
  // What the agent of HTTP asks of a socket.
  const referable = { ref: () => child.ref(), unref: () => child.unref(), setKeepAlive: () => duplex, setNoDelay: () => duplex, setTimeout: () => duplex };
  return Object.assign(duplex, referable);
}
