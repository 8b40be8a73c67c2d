import { entry, type Entry } from '../entry.js';

/** What a Docker engine refuses, and what keeps from reaching it. `name` is where it was looked for. */
export const engine = {
  'engine/host': entry<{ host: string; source: string }>({
    severity: 'error',
    exit: 5,
    message: ({ host, source }) => `\`${host}\`, from ${source}, is no place of a Docker engine`,
    help: () => 'write `unix:///PATH`, `tcp://HOST:PORT` or `ssh://USER@HOST`',
    explanation: 'The engine is the one of `--host`, else that of `DOCKER_HOST`, else that of the context of the `docker` command, else the one at `unix:///var/run/docker.sock`.',
    run: 'camelc status --host swarm.example.com',
  }),
  'engine/context': entry<{ name: string }>({
    severity: 'error',
    exit: 5,
    message: ({ name }) => `there is no context \`${name}\` of Docker`,
    help: () => 'see `docker context ls`',
    explanation: 'A context is an address of an engine with a name, kept by the `docker` command. `DOCKER_CONTEXT` names one, else `docker context use` did.',
    run: 'camelc status --context production',
  }),
  'engine/unreachable': entry<{ name: string; source: string; why: string; local: boolean }>({
    severity: 'error',
    exit: 5,
    message: ({ name, why }) => `no Docker engine answers at ${name}: ${why}`,
    help: ({ source, local }) =>
      local ? `start it, or set DOCKER_HOST to another one (this is from ${source})` : `see that it runs and can be reached from here (the address is from ${source})`,
    explanation:
      'The engine of a manager of the swarm carries out plans. It is reached through its socket, over TCP with TLS, or through `ssh`, which has to work without a question.',
    run: 'camelc status --host unix:///var/run/no-docker.sock',
  }),
  'engine/denied': entry<{ name: string }>({
    severity: 'error',
    exit: 5,
    message: ({ name }) => `this user may not use the Docker engine at ${name}`,
    help: () => 'become a member of the group `docker` (`sudo usermod -aG docker $USER`, then log in anew), or run this as root',
    explanation: "Whoever may write to the engine's socket can do with its machine whatever root can; so only root and the group `docker` may.",
  }),
  'engine/tls': entry<{ name: string; why: string }>({
    severity: 'error',
    exit: 5,
    message: ({ name, why }) => `there is no secure connection with ${name}: ${why}`,
    help: () => 'set DOCKER_TLS_VERIFY=1 and DOCKER_CERT_PATH to a folder with ca.pem, cert.pem and key.pem',
    explanation:
      'Over TCP an engine shows a certificate, which has to be of the authority in `ca.pem` and for the name by which it is called, and asks for one: `cert.pem` with `key.pem`. Port 2376 is the usual one with TLS, 2375 without.',
  }),
  'engine/stranger': entry<{ name: string }>({
    severity: 'error',
    exit: 5,
    message: ({ name }) => `what answers at ${name} is no Docker engine with swarms`,
    help: () => 'see `docker version`; other container engines have an interface like it, but no swarms',
    explanation: 'The answer lacks what every Docker engine says of itself.',
  }),
  'engine/old': entry<{ name: string; version: string; oldest: string }>({
    severity: 'error',
    exit: 5,
    message: ({ name, version, oldest }) => `the Docker engine at ${name} has version ${version} of the interface; at least ${oldest} is needed`,
    help: () => 'update it to Docker 20.10 or later',
    explanation: 'Older engines cannot keep replicas from sharing a host (`max_replicas_per_node`).',
  }),
  'engine/no-manager': entry<{ name: string; member: boolean }>({
    severity: 'error',
    exit: 5,
    message: ({ name, member }) => `the Docker engine at ${name} is ${member ? 'a worker of a swarm, not a manager' : 'part of no swarm'}`,
    help: ({ member }) => (member ? 'set DOCKER_HOST to a manager of that swarm' : 'make it one with `docker swarm init`, or set DOCKER_HOST to a manager'),
    explanation: 'A manager knows the whole swarm and gives its nodes what to do; workers know only their own tasks.',
  }),
  'engine/refused': entry<{ message: string }>({
    severity: 'error',
    exit: 5,
    message: ({ message }) => `the Docker engine refuses: ${message}`,
    explanation: "The sentence is the engine's own.",
  }),
  'engine/moved-on': entry<{ kind: string; name: string; how: string }>({
    severity: 'error',
    exit: 5,
    message: ({ kind, name, how }) => `the ${kind} ${name} ${how} since the plan was made`,
    help: () => 'make a new plan, which shows what was changed',
    explanation: 'A step changes only what is as the plan says it is. Somebody else, or another program, changed this in the meantime; nothing of it was overwritten.',
  }),
  'engine/name-taken': entry<{ kind: string; name: string }>({
    severity: 'error',
    exit: 5,
    message: ({ kind, name }) => `there is a ${kind} \`${name}\` in the swarm already that does not belong to the application`,
    help: ({ kind, name }) => `remove it (\`docker ${kind} rm ${name}\`) if nobody needs it, or give the application another name`,
    explanation: 'Names are unique in a swarm. What others made is neither changed nor taken over.',
  }),
  'engine/port-taken': entry<{ port: string; service: string; everywhere: boolean }>({
    severity: 'error',
    exit: 5,
    message: ({ port, service, everywhere }) =>
      `the service \`${service}\`, which does not belong to the application, publishes port ${port}${everywhere ? '' : ' on a host that the plan uses'}`,
    help: ({ service }) => `let it publish another one (\`docker service inspect --pretty ${service}\` shows its ports), or give the provided port of the model another number`,
    explanation:
      'A port in ingress mode is open on every host of the swarm and belongs to one service; in host mode it belongs to one on each host. What others publish is left alone: the swarm would refuse the service of the application, or never start its tasks.',
  }),
  'engine/network-used': entry<{ network: string; service: string }>({
    severity: 'error',
    exit: 5,
    message: ({ network, service }) => `the service \`${service}\`, which does not belong to the application, uses the network \`${network}\`, which has to go`,
    help: ({ network, service }) => `take it out of there: \`docker service update --network-rm ${network} ${service}\``,
    explanation: 'A swarm keeps a network as long as a service uses it. It goes when the application does not need it any more; one that somebody changed goes to be made anew.',
  }),
  'engine/lock-lost': entry<{ application: string }>({
    severity: 'error',
    exit: 5,
    message: ({ application }) => `the lock of ${application} could not be renewed in time, so somebody else may be changing it now`,
    help: () => 'see `status`, then apply again: it goes on where it was left',
    explanation: 'An apply that cannot reach the swarm for half a minute has to assume that another one has begun. It stops; its journal stays in the swarm.',
  }),
  'engine/too-large': entry<{ what: string; size: number; most: number }>({
    severity: 'error',
    exit: 5,
    message: ({ what, size, most }) => `${what} of the application takes ${size} kB, and the swarm keeps at most ${most} kB`,
    help: () => 'divide the application, or keep large files in images or volumes rather than in configs',
    explanation:
      'What was applied, and what an apply does, are kept in the swarm as configs, compressed, with the files that the model names. So this takes thousands of services, or large files.',
  }),
  'engine/secret-changed': entry<{ name: string }>({
    severity: 'error',
    exit: 5,
    message: ({ name }) => `the value of the credential ${name} is another one than when the plan was made`,
    help: () => 'make a new plan, or see where the value comes from here',
    explanation:
      'A plan has a keyed fingerprint of each credential, never its value. The same reference may lead to another value on another machine; what was reviewed would not be what is applied.',
  }),
  'engine/secret-kept': entry<{ name: string; why: string }>({
    severity: 'hint',
    message: ({ name, why }) => `the credential ${name} stays as it was applied: ${why}`,
    help: () => 'give its value where the plan is made if it is to change',
    explanation: 'A plan can be made where the values of credentials are not to be had, as in a review. Whether they have changed is not known then, so they stay.',
  }),
  'engine/host-gone': entry<{ host: string; why: string }>({
    severity: 'error',
    exit: 5,
    message: ({ host, why }) => `the plan uses the host ${host}, which ${why}`,
    help: () => 'bring it back, or make a new plan',
    explanation: 'The nodes of the swarm are chosen when the plan is made; each of them has to be up and active before its first step.',
  }),
  'engine/unpinned': entry<{ images: readonly string[]; why: string }>({
    severity: 'hint',
    message: ({ images, why }) =>
      images.length === 1
        ? `the digest of ${images[0]} is not known, so each host takes what the tag means to it: ${why}`
        : `the digests of ${images.length} images are not known, so each host takes what their tags mean to it (${images.join(', ')}): ${why}`,
    help: () => 'let the manager reach the registry, or name images with their digests',
    explanation:
      'When a plan is made, the manager asks the registry which digest the tag of an image has, and the plan names that: so every host runs the same, also when it is applied tomorrow. Where the registry cannot be asked, as for images that are on the hosts already, the tag stays.',
  }),
} satisfies Record<string, Entry<never>>;
