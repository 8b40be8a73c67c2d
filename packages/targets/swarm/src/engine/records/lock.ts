/** One at a time: a config of a unique name, whose labels say who made it and until when it counts. */
import { diagnose, DiagnosticError } from '@camelc/diagnostics';
import type { EngineFileObject } from '../api.js';
import { EngineError, EngineUnreachable, type Engine } from '../connection/engine.js';
import { describeSelf, identifySelf } from './holder.js';
import { isFree, label, nothing, recordName, recordsLabel } from './read-records.js';

/** How long a lock counts without being renewed, and how often it is; in milliseconds. */
const lifetime = 30_000;
const renewal = 8_000;

/** A lock that is held. */
export class Lock {
  readonly #timer: NodeJS.Timeout;
  #expires: number;
  #lost = false;
  #renewing: Promise<void> = Promise.resolve();

  private constructor(
    readonly engine: Engine,
    readonly application: string,
    readonly id: string,
    expires: number,
  ) {
    this.#expires = expires;
    this.#timer = setInterval(() => (this.#renewing = this.#renew()), renewal).unref();
  }

  /**
   * Takes the lock, or that of a holder that is gone: that one is removed, and who makes the new one has it.
   * @throws DiagnosticError plan/locked
   */
  static async take(engine: Engine, application: string): Promise<Lock> {
    const name = recordName(application, 'lock');
    for (let attempt = 1; ; attempt++) {
      const expires = engine.now() + lifetime;
      try {
        const body = { Name: name, Labels: labelsOf(application, expires), Data: nothing.toString('base64') };
        const { ID } = await engine.ask<{ ID: string }>('/configs/create', { method: 'POST', body });
        return new Lock(engine, application, ID, expires);
      } catch (error) {
        if (!(error instanceof EngineError && error.status === 409)) throw error;
      }
      const held = await engine.find<EngineFileObject>(`/configs/${name}`);
      if (!held && attempt < 5) continue;
      const labels = held?.Spec.Labels ?? {};
      const free = labels[recordsLabel] === application && isFree(labels, engine.now());
      if (!held || !free) throw new DiagnosticError([diagnose('plan/locked', { holder: labels[label.holder] ?? 'somebody' })]);
      // Several may see that it is free: each removes the one that it saw, and one of them makes the next.
      await removeConfig(engine, held.ID);
    }
  }

  async #renew(): Promise<void> {
    const expires = this.engine.now() + lifetime;
    try {
      const { Spec, Version } = await this.engine.ask<EngineFileObject>(`/configs/${this.id}`, { timeout: renewal });
      const body = { Name: Spec.Name, Labels: labelsOf(this.application, expires) };
      await this.engine.ask(`/configs/${this.id}/update`, { method: 'POST', query: { version: Version.Index }, body, timeout: renewal });
      this.#expires = expires;
    } catch (error) {
      // Whatever else is wrong, there are further attempts until it expires.
      if (error instanceof EngineError && error.status === 404) this.#lost = true;
    }
  }

  /**
   * A machine may have slept: a lock that has expired is renewed where nobody has taken it over.
   * @throws DiagnosticError engine/lock-lost: another may hold it
   */
  async assertHeld(): Promise<void> {
    if (!this.#lost && this.engine.now() >= this.#expires) await this.#renew();
    if (this.#lost || this.engine.now() >= this.#expires) throw new DiagnosticError([diagnose('engine/lock-lost', { application: this.application })]);
  }

  async release(): Promise<void> {
    clearInterval(this.#timer);
    await this.#renewing;
    // Where the engine cannot be reached, it expires.
    await removeConfig(this.engine, this.id).catch(ignoreUnreachable);
  }
}

function ignoreUnreachable(error: unknown): void {
  if (!(error instanceof EngineUnreachable)) throw error;
}

const labelsOf = (application: string, expires: number): Record<string, string> => ({
  [recordsLabel]: application,
  [label.kind]: 'lock',
  [label.holder]: describeSelf(),
  [label.process]: identifySelf(),
  [label.expires]: String(expires),
});

/** Removes a config, which may be gone already. */
export async function removeConfig(engine: Engine, id: string): Promise<void> {
  try {
    await engine.ask(`/configs/${id}`, { method: 'DELETE' });
  } catch (error) {
    if (!(error instanceof EngineError && error.status === 404)) throw error;
  }
}
