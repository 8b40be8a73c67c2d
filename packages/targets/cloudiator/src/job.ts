/** The job of a deployment: its tasks, each with one interface, and the communications between their ports. */
import { diagnose, type Diagnostic } from '@camelc/diagnostics';
import type { Interval, Requirement as ModelRequirement } from '@camelc/application/model';
import type { Task, TaskDeployment } from '@camelc/deployment';
import { collisionHandlings, timeUnits, type Behaviour, type JobNew, type Port, type Task as JobTask } from './api.js';
import { interfaceOf, oneOf, textOf } from './interfaces.js';
import { requirementOf } from './requirements.js';

type Report = (diagnostic: Diagnostic) => void;

/** The job of a deployment, still without a name. Where a task has no interface, it lacks, and an error says why. */
export function buildJob(deployment: TaskDeployment): { job: Omit<JobNew, 'name'>; diagnostics: Diagnostic[] } {
  const diagnostics: Diagnostic[] = [];
  const report: Report = (found) => void diagnostics.push(found);
  const tasks = deployment.services.flatMap((task): JobTask[] => {
    const one = interfaceOf(task, deployment.id, report);
    for (const { secret } of task.secrets) report(diagnose('cloudiator/secret-in-job', { name: secret, component: task.component }, task.from[0]));
    if (!one) return [];
    return [{ name: task.component, ports: portsOf(task, report), interfaces: [one], requirements: requirementsOf(task, report), behaviour: behaviourOf(task, report) }];
  });
  for (const { server, user, from } of deployment.registries) {
    const components = deployment.services.filter(({ run }) => run.kind === 'container' && run.image.startsWith(`${server}/`)).map(({ component }) => component);
    const consequence = `let its nodes know the registry ${server}, or name an image that needs none`;
    for (const component of components) report(diagnose('cloudiator/not-carried', { component, what: `the login ${user ? `$${user}` : ''}`.trim(), consequence }, from[0]));
  }
  reportSharedPorts(deployment.services, report);
  return { job: { tasks, communications: deployment.communications.map(({ from, to }) => ({ portRequired: from.port, portProvided: to.port })) }, diagnostics };
}

function portsOf({ component, ports, requiredPorts }: Task, report: Report): Port[] {
  const provided = ports.filter(({ name }, index) => ports.findIndex((other) => other.name === name) === index);
  for (const { name, target, from } of provided) {
    if (ports.filter((other) => other.name === name).length > 1) report(diagnose('cloudiator/port-range', { component, port: name, kept: target }, from[0]));
  }
  return [
    ...provided.map(({ name, target }) => ({ type: 'PortProvided' as const, name, port: target })),
    ...requiredPorts.map(({ name, mandatory }) => ({ type: 'PortRequired' as const, name, isMandatory: mandatory })),
  ];
}

/** Names that two tasks give their ports, or one task two of its ports: a communication could mean either. */
function reportSharedPorts(tasks: readonly Task[], report: Report): void {
  const seen = new Map<string, string>();
  for (const { component, ports, requiredPorts } of tasks) {
    const named = [...ports.map(({ name, from }) => ({ name, place: from[0] })), ...requiredPorts];
    for (const { name, place } of named.filter(({ name }, index) => named.findIndex((other) => other.name === name) === index)) {
      const other = seen.get(name);
      if (other !== undefined) report(diagnose('cloudiator/port-name', { port: name, component, other }, place));
      seen.set(name, component);
    }
    const both = requiredPorts.find(({ name }) => ports.some((port) => port.name === name));
    if (both) report(diagnose('cloudiator/port-name', { port: both.name, component, other: component }, both.place));
  }
}

function requirementsOf({ component, requirements }: Task, report: Report): JobTask['requirements'] {
  return requirements.flatMap((requirement: ModelRequirement) => {
    const said = requirementOf(requirement);
    if (!said.length && !(requirement.kind === 'os' && !requirement.family)) {
      const consequence = "only the solution's own candidates are known to satisfy it";
      report(diagnose('cloudiator/not-carried', { component, what: `the requirement ${requirement.id} (${requirement.text})`, consequence }, requirement.place));
    }
    return said;
  });
}

/** A service is restarted when it fails; a function with a schedule runs by it. */
function behaviourOf(task: Task, report: Report): Behaviour {
  const { run } = task;
  const attributes = run.kind === 'container' ? [] : run.attributes;
  const interval = run.kind === 'serverless' ? intervalOf(run.event?.interval) : undefined;
  if (interval) return { type: 'PeriodicBehaviour', interval, collisionHandling: oneOf(task, attributes, 'collisionHandling', collisionHandlings, 'PARALLEL', report) };
  const restart = textOf(attributes, 'restart') === undefined || oneOf(task, attributes, 'restart', ['true', 'false'], 'true', report) === 'true';
  return { type: 'ServiceBehaviour', restart };
}

/** The interval in Cloudiator's words, if its unit is one of time. */
export function intervalOf(interval: Interval | undefined): { unit: (typeof timeUnits)[number]; period: number } | undefined {
  const unit = timeUnits.find((one) => one === interval?.unit.toUpperCase());
  return interval && unit && { unit, period: interval.period };
}
