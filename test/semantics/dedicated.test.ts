/** From the text of a model to its solution, where every instance has a host of its own. */
import { test } from 'vitest';
import { casesOf, expectAgreement } from './property.js';

const cases = casesOf(1_700);

test(`${cases} random models of dedicated placement have the solution that comparing all deployments gives`, { timeout: 600_000 }, () => expectAgreement('dedicated', cases));
