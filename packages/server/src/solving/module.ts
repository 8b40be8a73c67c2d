import type { Module } from 'langium';
import type { LangiumServices } from 'langium/lsp';
import { BackgroundSolving } from './background.js';
import { Client } from './client.js';
import { SolvingCommands } from './commands.js';
import { SolvingRequests } from './requests.js';
import type { Solver } from './solver.js';

/** The services around the solver. */
export interface SolvingServices {
  solving: {
    Client: Client;
    Background: BackgroundSolving;
    /** Absent where nothing can solve. */
    Requests?: SolvingRequests;
    Commands?: SolvingCommands;
  };
}

export type CamelServerServices = LangiumServices & SolvingServices;

/** What solves in the background, and what on request, which need not wait for the first. */
export interface Solvers {
  background: Solver;
  requests: Solver;
}

export const solvingModule = (solvers: Solvers | undefined): Module<CamelServerServices, SolvingServices> => ({
  solving: {
    Client: (services) => new Client(services.shared),
    Background: (services) => new BackgroundSolving(services, services.solving.Client, solvers?.background),
    Requests: (services) => solvers && new SolvingRequests(services.shared, services.solving.Background, solvers.requests),
    Commands: ({ shared, solving }) => solving.Requests && new SolvingCommands(shared, solving.Client, solving.Requests),
  },
});
