import {
  InputError,
  NotFoundError,
  NotImplementedError,
} from '@backstage/errors';
import { EngineStatus } from '@mlops-portal/plugin-mlops-common';
import {
  Engine,
  EngineContract,
  EngineContracts,
  MlopsEnginesExtensionPoint,
} from '@mlops-portal/plugin-mlops-node';
import { GuardedEngine } from './GuardedEngine';

/** What the slices see: the engine of a contract, guarded. */
export interface Engines {
  /**
   * The engine that serves a contract, or the one with this id (for objects made by an engine that is not the chosen one).
   * NotImplementedError where none is installed, NotFoundError for an unknown id.
   */
  get<C extends EngineContract>(contract: C, id?: string): EngineContracts[C];
  has(contract: EngineContract): boolean;
}

/** Engines by contract and id, as the modules announced them at start-up. */
export class EngineRegistry implements Engines, MlopsEnginesExtensionPoint {
  private readonly engines = new Map<string, Map<string, GuardedEngine>>();
  private chosen: Record<string, string> = {};

  addEngine<C extends EngineContract>(
    contract: C,
    engine: EngineContracts[C],
  ): void {
    const known =
      this.engines.get(contract) ?? new Map<string, GuardedEngine>();
    if (known.has(engine.id)) {
      throw new InputError(
        `two ${contract} engines have the id "${engine.id}": remove one of the modules or give one another id`,
      );
    }
    known.set(engine.id, new GuardedEngine<Engine>(contract, engine));
    this.engines.set(contract, known);
  }

  /** Takes `mlops.engines`; InputError where it names what is not installed or leaves a choice open. */
  choose(chosen: Record<string, string>): void {
    for (const [contract, id] of Object.entries(chosen)) {
      if (!this.engines.get(contract)?.has(id)) {
        throw new InputError(
          `mlops.engines.${contract} is "${id}", but ${this.known(contract)}`,
        );
      }
    }
    for (const [contract, known] of this.engines) {
      if (known.size > 1 && !chosen[contract]) {
        throw new InputError(
          `${this.known(
            contract,
          )}: set mlops.engines.${contract} to the one that is to serve`,
        );
      }
    }
    this.chosen = chosen;
  }

  get<C extends EngineContract>(contract: C, id?: string): EngineContracts[C] {
    const known = this.engines.get(contract);
    if (!known?.size) {
      throw new NotImplementedError(
        `no engine serves the contract "${contract}": add a backend module that does, e.g. one of the packages mlops-backend-module-*`,
      );
    }
    const wanted = id ?? this.chosen[contract] ?? [...known.keys()][0];
    const found = known.get(wanted);
    if (!found) {
      throw new NotFoundError(
        `the ${contract} engine "${wanted}" is not installed; ${this.known(
          contract,
        )}`,
      );
    }
    return found.engine as unknown as EngineContracts[C];
  }

  has(contract: EngineContract): boolean {
    return Boolean(this.engines.get(contract)?.size);
  }

  status(): EngineStatus[] {
    return this.all().map(engine => engine.status());
  }

  /** Asks every engine what it is. */
  async check(signal?: AbortSignal): Promise<EngineStatus[]> {
    await Promise.all(this.all().map(engine => engine.check(signal)));
    return this.status();
  }

  private all(): GuardedEngine[] {
    return [...this.engines.values()].flatMap(known => [...known.values()]);
  }

  private known(contract: string): string {
    const ids = [...(this.engines.get(contract)?.keys() ?? [])];
    return ids.length
      ? `the installed ${contract} engines are ${ids
          .map(id => `"${id}"`)
          .join(', ')}`
      : `no ${contract} engine is installed`;
  }
}
