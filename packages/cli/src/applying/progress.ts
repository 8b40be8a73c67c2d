/** The steps of an apply as they go: a line for each that is over, and on a terminal one for those under way. */
import { displayWidth } from '@camelc/project';
import type { Step } from '@camelc/plan';
import type { Console } from '../console.js';

/** Milliseconds between two pictures of what is under way. */
const frameEvery = 100;
const frames = ['⠋', '⠙', '⠹', '⠸', '⠼', '⠴', '⠦', '⠧', '⠇', '⠏'];

export interface Progress {
  begun(step: Step): void;
  /** How far it is: `2/3 healthy`. */
  at(step: Step, text: string): void;
  over(step: Step, ending: Ending): void;
  /** Nothing is under way any more. */
  end(): void;
}

/** How a step ended: done, failed, undone, or that it could not be undone. */
export type Ending = { as: 'done' | 'undone' } | { as: 'failed' | 'stuck'; why: string };

export function showProgress(c: Console): Progress {
  if (c.format === 'json' || c.quiet) return { begun: () => undefined, at: () => undefined, over: () => undefined, end: () => undefined };
  const underWay = new Map<string, { step: Step; text: string; since: number }>();
  let frame = 0;
  let shown = false;
  const clear = (): void => {
    if (shown) c.print('\r\u001b[K');
    shown = false;
  };
  const draw = (): void => {
    const texts = [...underWay.values()].map(({ step, text, since }) => `${titleOf(step)}${text ? ` ${text}` : ''} ${seconds(since)}`);
    if (!c.terminal || texts.length === 0) return;
    const line = `${frames[frame % frames.length]} ${texts.join(' · ')}`;
    c.print(`\r\u001b[K${displayWidth(line) < c.style.width ? line : `${line.slice(0, Math.max(1, c.style.width - 2))}…`}`);
    shown = true;
  };
  const timer = c.terminal ? setInterval(() => (frame++, draw()), frameEvery) : undefined;
  timer?.unref();
  return {
    begun(step) {
      underWay.set(step.id, { step, text: '', since: performance.now() });
      if (!c.terminal) c.print(`… ${titleOf(step)}: ${doing[step.action]}\n`);
      draw();
    },
    at(step, text) {
      const entry = underWay.get(step.id);
      if (entry) entry.text = text;
    },
    over(step, ending) {
      const { text = '', since = performance.now() } = underWay.get(step.id) ?? {};
      underWay.delete(step.id);
      clear();
      c.print(`${lineOf(step, ending, text, c)}${c.terminal ? c.style.dim(`  ${seconds(since)}`) : ''}\n`);
      draw();
    },
    end() {
      clearInterval(timer);
      clear();
    },
  };
}

const titleOf = ({ kind, name }: Step): string => `${kind} ${name}`;
const seconds = (since: number): string => `${((performance.now() - since) / 1000).toFixed(1)} s`;

const doing = { create: 'being made', update: 'being updated', remove: 'being removed' };
const done = { create: 'made', update: 'updated', remove: 'removed' };
/** Steps back are steps, too: what had been removed is made. */
const undone = { create: 'there again', update: 'as it was', remove: 'removed again' };

function lineOf(step: Step, ending: Ending, progress: string, { style }: Console): string {
  const detail = progress ? `, ${progress}` : '';
  switch (ending.as) {
    case 'done':
      return `${style.green('✔')} ${titleOf(step)} ${done[step.action]}${detail}`;
    case 'undone':
      return `${style.yellow('↶')} ${titleOf(step)} ${undone[step.action]}${detail}`;
    case 'failed':
      return `${style.red('✖')} ${titleOf(step)}: ${ending.why}`;
    case 'stuck':
      return `${style.red('✖')} ${titleOf(step)} could not be undone: ${ending.why}`;
  }
}
