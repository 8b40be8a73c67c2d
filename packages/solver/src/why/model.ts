/** A model as it is posed to the solver. */
import type { Application, Component } from '@camelc/application/model';
import { fittingCandidates, type CandidateList, type NodeCandidate } from '@camelc/candidates';
import { buildProblem, compareCodePoints, type Inputs, type Problem } from '@camelc/problem';

/** All that a problem is built of. */
export interface Model {
  application: Application;
  /** Its currency is that of `inputs`. */
  list: CandidateList;
  inputs: Inputs;
}

/** Builds the problem of a model; undefined where that is not possible. */
export type Pose = (model: Model) => Problem | undefined;

/** Poses models that differ little from each other: candidates are filtered once for equal requirements. */
export function poser(): Pose {
  const known = new WeakMap<CandidateList, Map<string, NodeCandidate[]>>();
  const fitting = ({ requirements }: Component, list: CandidateList): NodeCandidate[] => {
    const ofList = known.get(list) ?? new Map<string, NodeCandidate[]>();
    known.set(list, ofList);
    const key = JSON.stringify(requirements);
    // Sorted, as the problem has them, so that building it need not sort again.
    const fits = ofList.get(key) ?? fittingCandidates(requirements, list).fits.sort((a, b) => compareCodePoints(a.id, b.id));
    ofList.set(key, fits);
    return fits;
  };
  return ({ application, list, inputs }) => buildProblem(application, Object.fromEntries(application.components.map((c) => [c.name, fitting(c, list)])), inputs).problem;
}

/** The model with some of its application's parts replaced. */
export const withParts = (model: Model, parts: Partial<Application>): Model => ({ ...model, application: { ...model.application, ...parts } });

/** The model with its components mapped. */
export const withComponents = (model: Model, map: (component: Component) => Component): Model => withParts(model, { components: model.application.components.map(map) });
