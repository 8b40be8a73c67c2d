/** What the parts of a deployment model say of each other. */
import type { Fix } from '@camelc/diagnostics';
import { AstUtils, type AstNode } from 'langium';
import {
  isDeploymentModel,
  type ClusterConfiguration,
  type ControlFlow,
  type Coupling,
  type DeploymentModel,
  type PaasConfiguration,
  type ResourceFilter,
  type ResourceRequirement,
  type ScriptConfiguration,
  type ServerlessConfiguration,
  type Software,
} from '../generated/ast.js';
import { attributesOf } from '../meaning/attributes.js';
import { attributeLabel, meaningOfRequirement } from '../meaning/meaning.js';
import { kindOf } from '../words.js';
import { given, type Checks, type Report } from './check.js';
import { fix, propertyRemoved } from '../edits.js';
import { appendTo, block } from '../insertion.js';

function componentsCanBeDeployed(deployment: DeploymentModel, report: Report): void {
  const provided = new Set(deployment.communications.map((c) => c.from?.ref));
  // It may be any port that one with a wrong name should lead to.
  const isAnyLost = provided.has(undefined);
  for (const component of deployment.components) {
    if (component.$type !== 'Software') continue;
    const { name, configurations, requiredCommunications } = component;
    if (configurations.length === 0) report('component/no-configuration', { component: name }, component, 'name').fixes = withConfiguration(component);
    if (!hasRequirements(component) && !deployment.globalRequirements) report('component/no-requirements', { component: name }, component, 'name');
    for (const port of requiredCommunications) {
      if (isAnyLost || provided.has(port)) continue;
      const code = port.mandatory ? 'port/unprovided' : 'hint/unconnected';
      report(code, { port: port.name, component: name }, port, 'name').fixes = port.mandatory ? fix('Remove `mandatory`', propertyRemoved(port, 'mandatory')) : [];
    }
    requirementsAreNotDropped(component, deployment, report);
  }
}

/** An image under a name that is none yet. */
function withConfiguration(component: Software): Fix[] {
  const edit = appendTo(component, block(`container configuration ${component.name}Container`, [`image 'example.com/${component.name.toLowerCase()}:1.0'`]));
  return edit ? fix('Add a container configuration', [edit]) : [];
}

const hasRequirements = (component: Software): boolean => [component, ...component.configurations].some((n) => n.ownRequirements ?? n.requirements);

/** The resource requirement of a nearer set replaces that of a farther one as a whole. */
function requirementsAreNotDropped(component: Software, deployment: DeploymentModel, report: Report): void {
  const own = component.ownRequirements ?? given(component.requirements);
  const [nearer, farther] = [given(own?.resource), given(given(deployment.globalRequirements)?.resource)];
  if (!own || !nearer || !farther || nearer === farther) return;
  const said = attributesSaid(nearer);
  const dropped = [...attributesSaid(farther)].filter((attribute) => !said.has(attribute)).map(attributeLabel);
  if (dropped.length > 0) report('hint/dropped', { global: farther.name, own: nearer.name, component: component.name, dropped }, own, 'resource');
}

const attributesSaid = (requirement: ResourceRequirement): ReadonlySet<string> => new Set(attributesOf(requirement).map((a) => meaningOfRequirement(a).attribute));

/** Components on one host stand on what one virtual machine or container provides, where hostings say so. */
function coupledComponentsShareTheirHosts(coupling: Coupling, report: Report): void {
  if (coupling.type !== 'same-host' || coupling.relaxed) return;
  const hostings = AstUtils.getContainerOfType(coupling, isDeploymentModel)?.hostings ?? [];
  const hosts = new Map<AstNode, Set<AstNode>>();
  for (const hosting of hostings) {
    const host = hosting.providedHost?.ref?.$container;
    for (const { ref } of hosting.requiredHosts) if (host && ref) hosts.set(ref.$container, (hosts.get(ref.$container) ?? new Set()).add(host));
  }
  const hosted = coupling.components.flatMap(({ ref }) => (ref && hosts.has(ref) ? [hosts.get(ref)!] : []));
  const common = hosted.length === 0 || [...hosted[0]!].some((host) => hosted.every((set) => set.has(host)));
  if (!common) report('model/coupled-hosts', { name: coupling.name }, coupling, 'components');
}

/** Of the kinds of control flow, those in which two components cannot stand together at once. */
const exclusive: Readonly<Record<ControlFlow['$type'], readonly ControlFlow['$type'][]>> = {
  ParallelFlow: ['SequenceFlow', 'SwitchFlow', 'ConditionalFlow', 'PrecedesFlow'],
  SequenceFlow: ['ParallelFlow', 'SwitchFlow', 'ConditionalFlow'],
  SwitchFlow: ['ParallelFlow', 'SequenceFlow', 'PrecedesFlow'],
  ConditionalFlow: ['ParallelFlow', 'SequenceFlow', 'PrecedesFlow'],
  PrecedesFlow: ['ParallelFlow', 'SwitchFlow', 'ConditionalFlow'],
};

function controlFlowsAgree({ controlFlows }: DeploymentModel, report: Report): void {
  const flowsOf = new Map<AstNode, ControlFlow[]>();
  for (const flow of controlFlows) {
    const shared = new Map<ControlFlow, AstNode>();
    const components = new Set(componentsOf(flow));
    for (const component of components) {
      const earlier = flowsOf.get(component) ?? [];
      for (const other of earlier) {
        const first = shared.get(other);
        if (first && exclusive[flow.$type].includes(other.$type)) {
          const names = [first, component].map((c) => (c as Software).name);
          report('model/control-flow', { components: names, name: flow.name, kind: kindOf(flow.$type), other: other.name, otherKind: kindOf(other.$type) }, flow, 'name');
          shared.delete(other);
        } else shared.set(other, component);
      }
      flowsOf.set(component, [...earlier, flow]);
    }
  }
}

function componentsOf(flow: ControlFlow): AstNode[] {
  const references = flow.$type === 'ConditionalFlow' ? [flow.first, flow.second] : flow.$type === 'PrecedesFlow' ? [flow.component, ...flow.components] : flow.components;
  return references.flatMap((reference) => reference?.ref ?? []);
}

function scriptHasSeveralCommands(script: ScriptConfiguration, report: Report): void {
  const { upload, download, install, configure, start, stop, update, devops, imageId, image } = script;
  const commands = Object.entries({ upload, download, install, configure, start, stop, update }).filter(([, command]) => command !== undefined);
  if (commands.length === 1 && [devops, imageId, image].every((text) => text === undefined)) {
    report('hint/one-command', { name: script.name, command: commands[0]![0] }, script, 'name');
  }
}

function clusterHasWhatItRuns(cluster: ClusterConfiguration, report: Report): void {
  if (cluster.annotations.length === 0 && !cluster.downloadUrl) report('model/cluster', { name: cluster.name }, cluster, 'name');
  urlIsWellFormed(cluster, 'downloadUrl', report);
}

/** A path relative to a build, and a variable of the run, are no URLs yet. */
function urlIsWellFormed<T extends AstNode>(node: T, property: keyof T & string, report: Report): void {
  const url = node[property];
  if (typeof url !== 'string' || url === '' || url.includes('$') || /^\.{0,2}\//.test(url)) return;
  if (!/^[A-Za-z][A-Za-z0-9+.-]*:\/*[^\s/]\S*$/.test(url)) report('model/url', { url }, node, property);
}

export const topologyChecks: Checks = {
  DeploymentModel: [componentsCanBeDeployed, controlFlowsAgree],
  Coupling: [coupledComponentsShareTheirHosts],
  ScriptConfiguration: [scriptHasSeveralCommands],
  ClusterConfiguration: [clusterHasWhatItRuns],
  PaasConfiguration: [(node: PaasConfiguration, report) => urlIsWellFormed(node, 'downloadUrl', report)],
  ServerlessConfiguration: [(node: ServerlessConfiguration, report) => urlIsWellFormed(node, 'binaryCodeUrl', report)],
  ResourceFilter: [(node: ResourceFilter, report) => urlIsWellFormed(node, 'serviceUrl', report)],
};
