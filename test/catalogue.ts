/** Which test proves that the example of a diagnostic raises it. */
import { catalogue, type Entry } from '@camelc/diagnostics';

/** These would be faults of the compiler, which checks what it writes. */
const checked = 'no model leads to it: packages/targets/swarm/test/stacks.ts has a stack with it';

/** Values are looked up where there is a target to give them to. */
const resolved = 'it takes a target: packages/project/test/secrets.test.ts has a reference with it';
const carriedOut = 'it takes something that runs: packages/plan/test has it';
/** These take a target with something that runs. */
const inTarget = 'it takes a target that runs something: packages/cli/test/running.test.ts has it';

const ofEngine = 'it takes an engine: test/swarm/engine.test.ts and packages/targets/swarm/test/engine have it';
const lowered = 'it takes something that runs: packages/targets/swarm/test/lower.test.ts has it';

/** These are told by a target that is asked. */
const asksServer = 'it takes a server of Cloudiator: packages/targets/cloudiator/test raises it against one that stands in for it';

/** A caller of the package `problem` that does not check its models is told them: packages/problem/test/build.test.ts. */
const told = (code: string): string => `\`${code}\` is told before a problem is made`;
const rates = 'there are rates of all currencies in the built-in catalogue';

/** What has no example that a test could run, and why. Every other diagnostic has one: of a run, or of a text. */
const exceptions: Record<string, string> = {
  'internal/fault': 'there is none that is known',
  'file/report': 'it takes a full disk: test/cli/runs.test.ts has one',
  'problem/cyclic-formula': told('model/recursive'),
  'problem/no-component': told('variable/no-component'),
  'problem/unknown-function': told('reference/function'),
  'problem/currency': rates,
  'candidates/rate-missing': rates,
  'solver/not-proven': 'it depends on the speed of the machine: packages/solver/test/solve.test.ts has its own clock',
  'secret/missing': resolved,
  'secret/unreadable': resolved,
  'secret/value': resolved,
  'secret/age': resolved,
  'secret/identity': resolved,
  'secret/command': resolved,
  'running/nothing': inTarget,
  'running/unknown': inTarget,
  'running/several': inTarget,
  'running/unmoveable': 'it takes a target that runs something: packages/cli/test/plan.test.ts has it',
  'swarm/name': checked,
  'swarm/no-image': checked,
  'swarm/image': checked,
  'swarm/variable': checked,
  'swarm/dollar': checked,
  'swarm/undeclared': checked,
  'swarm/target-clash': checked,
  'swarm/port-clash': checked,
  'swarm/ingress-dnsrr': checked,
  'swarm/value': checked,
  'swarm/constraint': checked,
  'swarm/global': checked,
  'swarm/job': checked,
  'cloudiator/tls': asksServer,
  'cloudiator/stranger': asksServer,
  'cloudiator/login': asksServer,
  'cloudiator/refused': asksServer,
  'cloudiator/candidate-gone': asksServer,
  'cloudiator/busy': asksServer,
  'cloudiator/lock-lost': asksServer,
  'cloudiator/secret-changed': asksServer,
  'plan/stale': carriedOut,
  'plan/other-target': carriedOut,
  'plan/locked': carriedOut,
  'plan/unfinished': carriedOut,
  'plan/nothing-unfinished': carriedOut,
  'plan/hosts-missing': carriedOut,
  'plan/no-revision': carriedOut,
  'plan/data-left-behind': lowered,
  'plan/leave-data': lowered,
  'plan/unmoveable-host': lowered,
  'engine/denied': ofEngine,
  'engine/tls': ofEngine,
  'engine/stranger': ofEngine,
  'engine/old': ofEngine,
  'engine/no-manager': ofEngine,
  'engine/refused': ofEngine,
  'engine/moved-on': ofEngine,
  'engine/name-taken': ofEngine,
  'engine/port-taken': ofEngine,
  'engine/network-used': ofEngine,
  'engine/lock-lost': ofEngine,
  'engine/too-large': ofEngine,
  'engine/secret-changed': ofEngine,
  'engine/secret-kept': ofEngine,
  'engine/host-gone': ofEngine,
  'engine/unpinned': ofEngine,
};

const rows = (Object.entries(catalogue) as [code: string, Entry<never>][]).filter(([code]) => !(code in exceptions));

/** The text alone raises these. */
export const ofTexts = rows.filter(([, e]) => e.run === undefined);
/** These take a command line. */
export const ofRuns = rows.filter(([, e]) => e.run !== undefined);
/** The tests that exceptions name. */
export const named = Object.values(exceptions).flatMap((reason) => reason.match(/\b(packages|test)\/[\w./-]+/g) ?? []);
/** Exceptions that need not be: with a command line, or no diagnostics any more. */
export const superfluous = Object.keys(exceptions).filter((code) => (catalogue as Record<string, Entry<never>>)[code]?.run !== undefined || !(code in catalogue));
