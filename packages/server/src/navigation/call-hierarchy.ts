import {
  isCommunication,
  isComponent,
  isProvidedCommunication,
  isRequiredCommunication,
  kindOf,
  nameOf,
  nodeOfProperty,
  qualifiedNameOf,
  type Communication,
  type Component,
  type ProvidedCommunication,
  type RequiredCommunication,
} from '@camelc/language';
import { AstUtils, URI, type AstNode, type LangiumDocument, type MaybePromise } from 'langium';
import type { CallHierarchyProvider, LangiumServices } from 'langium/lsp';
import type {
  CallHierarchyIncomingCall,
  CallHierarchyIncomingCallsParams,
  CallHierarchyItem,
  CallHierarchyOutgoingCall,
  CallHierarchyOutgoingCallsParams,
  CallHierarchyPrepareParams,
  Range,
} from 'vscode-languageserver';
import { nameAt, rangeOfName } from './names.js';
import { nodeAtPath, usesOf } from './uses.js';
import { summaryOf } from '../symbols/summary.js';
import { symbolKindOf } from '../symbols/symbol-kinds.js';

type Port = RequiredCommunication | ProvidedCommunication;

/** Who calls whom: a component calls those that provide what it requires, by its communications. */
export class CamelCallHierarchyProvider implements CallHierarchyProvider {
  constructor(private readonly services: LangiumServices) {}

  /** Of a component or one of its ports; of a communication the component that calls. */
  prepareCallHierarchy(document: LangiumDocument, { position }: CallHierarchyPrepareParams): MaybePromise<CallHierarchyItem[] | undefined> {
    const element = nameAt(document, position, this.services)?.element;
    const caller = isCommunication(element) ? element.from?.ref : element;
    return isComponent(caller) || isPort(caller) ? [this.itemOf(caller)] : undefined;
  }

  incomingCalls({ item }: CallHierarchyIncomingCallsParams): MaybePromise<CallHierarchyIncomingCall[] | undefined> {
    const provided = portsOf(this.elementOf(item)).filter(isProvidedCommunication);
    const calls = provided.flatMap((port) => this.communicationsOf(port).map((c) => ({ other: c.from?.ref, from: placeOf(c, 'from', c.from?.ref) })));
    return this.byComponent(calls).map(({ component, ranges }) => ({ from: this.itemOf(component), fromRanges: ranges }));
  }

  outgoingCalls({ item }: CallHierarchyOutgoingCallsParams): MaybePromise<CallHierarchyOutgoingCall[] | undefined> {
    const required = portsOf(this.elementOf(item)).filter(isRequiredCommunication);
    const calls = required.flatMap((port) => this.communicationsOf(port).map((c) => ({ other: c.to?.ref, from: placeOf(c, 'to', port) })));
    return this.byComponent(calls).map(({ component, ranges }) => ({ to: this.itemOf(component), fromRanges: ranges }));
  }

  private byComponent(calls: readonly { other: Port | undefined; from: Range }[]): { component: Component; ranges: Range[] }[] {
    const ranges = new Map<Component, Range[]>();
    for (const { other, from } of calls) {
      const component = other?.$container;
      if (isComponent(component)) ranges.set(component, [...(ranges.get(component) ?? []), from]);
    }
    return [...ranges].map(([component, r]) => ({ component, ranges: r }));
  }

  private communicationsOf(port: Port): Communication[] {
    const holders = usesOf(port, this.services).map(({ sourceUri, sourcePath }) => nodeAtPath(sourceUri, sourcePath, this.services));
    return [...new Set(holders.filter(isCommunication))];
  }

  private itemOf(element: Component | Port): CallHierarchyItem {
    const { uri } = AstUtils.getDocument(element);
    const range = element.$cstNode!.range;
    const name = this.services.references.NameProvider.getNameNode(element);
    const path = this.services.workspace.AstNodeLocator.getAstNodePath(element);
    return {
      name: isPort(element) ? `${nameOf(element.$container)}.${element.name}` : element.name,
      detail: [kindOf(element.$type), summaryOf(element)].filter(Boolean).join(', '),
      kind: symbolKindOf(element.$type),
      uri: uri.toString(),
      range,
      selectionRange: name ? rangeOfName(name) : range,
      data: { path, name: qualifiedNameOf(element) },
    };
  }

  /** The element of the item, unless the text has changed so much that another stands there. */
  private elementOf({ uri, data }: CallHierarchyItem): AstNode | undefined {
    const { path, name } = data as { path: string; name: string };
    const element = nodeAtPath(URI.parse(uri), path, this.services);
    return element && qualifiedNameOf(element) === name ? element : undefined;
  }
}

const isPort = (node: AstNode | undefined): node is Port => isRequiredCommunication(node) || isProvidedCommunication(node);

function portsOf(element: AstNode | undefined): Port[] {
  if (isPort(element)) return [element];
  return isComponent(element) ? [...element.requiredCommunications, ...element.providedCommunications] : [];
}

/** Where the communication names one of its ends; where it stands in another file than the caller, the port of the caller. */
function placeOf(communication: Communication, end: 'from' | 'to', caller: Port | undefined): Range {
  const isElsewhere = caller && AstUtils.getDocument(caller) !== AstUtils.getDocument(communication);
  const [node, property] = isElsewhere ? [caller, 'name'] : [communication, end];
  return (nodeOfProperty(node, property) ?? node.$cstNode!).range;
}
