/** The quick fix for a component whose number of instances nothing says. */
import type { Edit, Fix } from '@camelc/diagnostics';
import { appendTo, block, isDeploymentModel, isRequirementModel, type RequirementSet, type Software } from '@camelc/language';

/** Requires the one instance that there is anyway, in the component's own set of requirements or in a new one. */
export function withScale(software: Software, set: RequirementSet | undefined): Fix[] {
  const owner = set ?? software;
  const deployment = set && isDeploymentModel(set.$container) ? set.$container : software.$container;
  const camelModel = deployment.$container;
  const model = camelModel.subModels.find(isRequirementModel);
  const modelName = model?.name ?? `${software.name}Goals`;
  const taken = new Set(model?.requirements.map((r) => r.name));
  let name = `${owner.name}Scale`;
  while (taken.has(name)) name += 's';
  const requirement = `horizontal scale requirement ${name} [1, 1]`;
  const use = `horizontal scale ${modelName}.${name}`;
  const edits = [
    appendTo(owner, set ? [use] : block(`requirements ${software.name}Requirements`, [use])),
    model ? appendTo(model, [requirement]) : appendTo(camelModel, block(`requirement model ${modelName}`, [requirement])),
  ];
  const all = edits.filter((edit): edit is Edit => edit !== undefined);
  return all.length === edits.length ? [{ title: 'Say that there is one instance', edits: all }] : [];
}
