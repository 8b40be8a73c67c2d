/** From the text of a model to its solution, where instances may share hosts. */
import { test } from 'vitest';
import { casesOf, expectAgreement } from './property.js';

const cases = casesOf(1_500);

test(`${cases} random models of shared placement have the solution that comparing all deployments gives`, { timeout: 600_000 }, () => expectAgreement('shared', cases));
