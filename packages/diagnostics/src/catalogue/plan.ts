import { entry, type Entry } from '../entry.js';

const list = (texts: readonly string[], shown = 5): string => (texts.length > shown ? `${texts.slice(0, shown).join('; ')}; and ${texts.length - shown} more` : texts.join('; '));

/** An empty plan whose cost somebody changed. */
const edited = `{
  "formatVersion": 1,
  "fingerprint": "${'0'.repeat(64)}",
  "target": { "kind": "swarm", "name": "prod", "id": "s1" },
  "application": "Shop",
  "id": "shop",
  "basis": { "revision": 1, "resources": {} },
  "after": { "cost": 0, "currency": "EUR" },
  "changes": [],
  "unchanged": {},
  "hosts": { "missing": [], "surplus": [] },
  "secrets": {},
  "steps": [],
  "wanted": { "formatVersion": 1, "application": "Shop", "id": "shop", "worth": { "cost": 0, "currency": "EUR" }, "resources": [], "solution": null }
}`;

/** Plans, and what keeps them from being carried out. */
export const plan = {
  'plan/not-json': entry<{ why: string }>({
    severity: 'error',
    exit: 5,
    message: ({ why }) => `this is no plan: ${why}`,
    help: () => 'give a file that `camelc plan --out FILE` wrote',
    explanation: 'A plan is a JSON file that `camelc plan --out FILE` writes and `camelc apply FILE` reads.',
    files: { 'plan.json': 'replicas: 3' },
    run: 'camelc apply plan.json',
  }),
  'plan/no-plan': entry<Record<never, never>>({
    severity: 'error',
    exit: 5,
    message: () => 'this JSON file is not a plan of camelc',
    help: () => 'make one from the models, `camelc plan PATHS --out plan.json`, and apply that',
    explanation:
      '`camelc apply` takes each file whose name ends with `.json` for a plan, and only what `camelc plan --out FILE` wrote is one: it has a `fingerprint`. Candidates, metrics and images are named by options of `camelc plan`.',
    files: { 'metrics.json': '{ "Load": 80 }' },
    run: 'camelc apply metrics.json',
  }),
  'plan/version': entry<{ found: string }>({
    severity: 'error',
    exit: 5,
    message: ({ found }) => `this is no plan that this camelc reads: its formatVersion is ${found}, not 1`,
    help: () => 'plan again with this camelc, or apply it with the one that made it',
    explanation: 'The version of the format changes when a field of plans changes its meaning, so that no plan is carried out otherwise than it was meant.',
    files: { 'plan.json': '{ "formatVersion": 2, "fingerprint": "1" }' },
    run: 'camelc apply plan.json',
  }),
  'plan/schema': entry<{ path: string; problem: string }>({
    severity: 'error',
    exit: 5,
    message: ({ path, problem }) => `this is no plan: \`${path}\` ${problem}`,
    help: () => 'plan again: plans are not written by hand',
    explanation: 'The file breaks the schema of plans, `packages/plan/schema/plan.schema.json`.',
    files: { 'plan.json': '{ "formatVersion": 1, "fingerprint": "1", "steps": "none" }' },
    run: 'camelc apply plan.json',
  }),
  'plan/edited': entry<Record<never, never>>({
    severity: 'error',
    exit: 5,
    message: () => 'this plan is not as it was made: its fingerprint is that of another text',
    help: () => 'plan again, and change the model rather than the plan',
    explanation:
      'A plan carries the SHA-256 of all that it says, so that what is applied is what was reviewed. Blanks and the order of members do not count. The fingerprint detects changes; it is no signature.',
    files: { 'plan.json': edited },
    run: 'camelc apply plan.json',
  }),
  'plan/stale': entry<{ moved: string[] }>({
    severity: 'error',
    exit: 5,
    message: ({ moved }) => `this plan was made against another state: ${list(moved)}`,
    help: () => 'plan again, review it, and apply that plan',
    explanation:
      'A plan is carried out only on the state that it was made against: when anything that its steps read or write runs otherwise than then, or another deployment was applied since, its steps may not mean any more what they said. Other applications, restarts of tasks and the health of services do not count.',
  }),
  'plan/other-target': entry<{ planned: string; found: string }>({
    severity: 'error',
    exit: 5,
    message: ({ planned, found }) => `this plan is for ${planned}, not for ${found}`,
    help: () => 'choose the target that it was made for, or plan again',
    explanation: 'A plan names the target that it was made for by an identity that the target gave itself, such as the id of a swarm.',
  }),
  'plan/locked': entry<{ holder: string }>({
    severity: 'error',
    exit: 5,
    message: ({ holder }) => `${holder} is applying a plan to this application`,
    help: () => 'wait until it has ended; the lock of one that died ends by itself within a minute',
    explanation:
      'One apply, rollback or destroy at a time changes an application. The lock is kept in the target and renewed while its holder works; when the holder is gone it expires.',
  }),
  'plan/unfinished': entry<{ application: string; done: number; steps: number; undoing?: boolean }>({
    severity: 'error',
    exit: 5,
    message: ({ application, done, steps, undoing }) =>
      `an earlier apply of ${application} was interrupted ${undoing ? 'while it was undone' : `when ${done} of ${steps} steps were done`}`,
    help: ({ undoing }) =>
      undoing
        ? 'undo the rest first: `camelc rollback`; where that can never be done, `camelc rollback --abandon` leaves what runs as it is'
        : 'go on with it by `camelc apply`, or undo it by `camelc rollback`',
    explanation:
      'An apply keeps a journal in the target. One that was interrupted is finished or undone from any machine before anything else is applied, as what runs is neither the former nor the wanted deployment. Where neither can be done any more, as a host is gone for good, `camelc rollback --abandon` gives it up and leaves what runs as it is: the next plan begins there.',
  }),
  'plan/nothing-unfinished': entry<{ application: string }>({
    severity: 'error',
    exit: 5,
    message: ({ application }) => `no apply of ${application} was interrupted`,
    help: () => 'give a plan or a model',
    explanation: 'Without a plan, `camelc apply` goes on with an apply that was interrupted.',
  }),
  'plan/hosts-missing': entry<{ hosts: string[] }>({
    severity: 'error',
    exit: 5,
    message: ({ hosts }) => `hosts are missing: ${list(hosts)}`,
    help: () => 'lease them, join them, and plan again',
    explanation: 'Hosts are leased by their users. A plan that needs more hosts than there are is not begun; it says what is missing, and how a host joins.',
  }),
  'plan/no-revision': entry<{ application: string; number?: number; known: number[] }>({
    severity: 'error',
    exit: 5,
    message: ({ application, number }) => (number === undefined ? `${application} has no earlier revision` : `${application} has no revision ${number}`),
    help: ({ known }) =>
      known.length > 1 ? `its revisions are ${known.join(', ')}` : known.length === 1 ? `revision ${known[0]} is the only one` : 'nothing was applied by camelc yet',
    explanation: 'A target keeps the last ten deployments that were applied, each with a number; `camelc rollback --list` lists them.',
  }),
  'plan/data-left-behind': entry<{ volume: string; component: string; host: string; why: string }>({
    severity: 'error',
    exit: 5,
    message: ({ volume, component, host, why }) => `the volume ${volume} of ${component} is on ${host}, which ${why}: its data would be left behind`,
    help: ({ component }) => `keep ${component} where it is, or move its data yourself and say \`--leave-data ${component}\``,
    explanation:
      'A volume is a folder of one host. A service that comes to another host finds an empty one there, while its data stays where it was. So a plan that takes a service with a volume from a host is refused. It is made when you say that the data may stay behind: because it is elsewhere too, such as in the other replicas of a cluster, or because you have copied it. Volumes themselves are never removed by a plan.',
  }),
  'plan/leave-data': entry<{ name: string; known: string[]; suggestion?: string }>({
    severity: 'error',
    exit: 64,
    message: ({ name }) => `--leave-data ${name}: no component of that name has data, or is unmoveable`,
    help: ({ known, suggestion }) => {
      const those = known.length > 0 ? `components that must stay where they are: ${known.map((one) => `\`${one}\``).join(', ')}` : 'leave it out: every component may be moved';
      return suggestion === undefined ? those : `did you mean \`${suggestion}\`? ${those}`;
    },
    explanation:
      '`--leave-data COMPONENT` lets a component leave a host that holds a volume of it, or that it must stay on as it is annotated Unmoveable. It takes the name of a component of the model that is wanted or that runs.',
  }),
  'plan/unmoveable-host': entry<{ component: string; host: string; why: string }>({
    severity: 'error',
    exit: 5,
    message: ({ component, host, why }) => `${component} is annotated as unmoveable, and would have to leave ${host}, which ${why}`,
    help: ({ component }) => `say \`--leave-data ${component}\` to move it nevertheless`,
    explanation:
      'A component with the annotation Unmoveable stays on the hosts that it runs on; it may get more of them, or give some up. A plan that would move an instance to another host is refused.',
  }),
} satisfies Record<string, Entry<never>>;
