/** Who has a lock: a process, so that its end can be seen on the machine where it ran. */
import { readFileSync, readlinkSync } from 'node:fs';
import { hostname, userInfo } from 'node:os';

/** For people. */
export function describeSelf(): string {
  let user = 'somebody';
  try {
    user = userInfo().username;
  } catch {
    // A container may run as a user without a name.
  }
  return `${user}@${hostname()} (process ${process.pid})`;
}

/** For machines: the running system and its space of processes, the process, and when it started; empty where the system does not tell. */
export function identifySelf(): string {
  const where = whereabouts();
  return where ? `${where} ${process.pid} ${startOf(process.pid) ?? ''}` : '';
}

/** Whether the process that calls itself so ran here, and does not any more. Of others nothing is known. */
export function isGone(identity: string): boolean {
  const [boot, space, pid, start] = identity.split(' ');
  if (!start || `${boot} ${space}` !== whereabouts()) return false;
  return startOf(Number(pid)) !== start;
}

/** Containers of one machine share the boot, and have processes of their own. */
function whereabouts(): string | undefined {
  try {
    return `${readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim()} ${readlinkSync('/proc/self/ns/pid')}`;
  } catch {
    return undefined;
  }
}

/** In ticks since the boot; undefined for a process that there is not, or that has ended and waits to be noticed. */
function startOf(pid: number): string | undefined {
  try {
    // The name of the program stands in parentheses, and may hold anything.
    const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').replace(/^.*\)/s, '').trim().split(' ');
    return fields[0] === 'Z' || fields[0] === 'X' ? undefined : fields[19];
  } catch {
    return undefined;
  }
}
