import type { Module } from 'langium';
import type { LangiumServices } from 'langium/lsp';
import { BackgroundSolving } from './background.js';
import { Client } from './client.js';
import { SolvingCommands } from './commands.js';
import { SolvingRequests } from './requests.js';
import { FolderSettings, type ReadSettings } from '../diagnostics/folder-settings.js';
import type { Solver } from './solver.js';

/** The services around the solver. */
export interface SolvingServices {
  solving: {
    Client: Client;
    Background: BackgroundSolving;
    Settings: FolderSettings;
    /** Absent where nothing can solve. */
    Requests?: SolvingRequests;
    Commands?: SolvingCommands;
  };
}

export type CamelServerServices = LangiumServices & SolvingServices;

/** What a server with files and threads has. */
export interface Host {
  /** Solves in the background. */
  background: Solver;
  /** Solves on request, which need not wait for the background. */
  requests: Solver;
  readSettings: ReadSettings;
}

export const solvingModule = (host: Host | undefined): Module<CamelServerServices, SolvingServices> => ({
  solving: {
    Client: (services) => new Client(services.shared),
    Background: (services) => new BackgroundSolving(services, services.solving.Client, services.solving.Settings, host?.background),
    Settings: (services) => new FolderSettings(services.shared, host?.readSettings),
    Requests: (services) => host && new SolvingRequests(services.shared, services.solving.Background, host.requests),
    Commands: ({ shared, solving }) => solving.Requests && new SolvingCommands(shared, solving.Client, solving.Requests),
  },
});
