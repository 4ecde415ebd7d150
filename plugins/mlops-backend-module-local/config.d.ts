export interface Config {
  mlops?: {
    local?: {
      /** Data folder of the engines on this machine: repositories, environments, runs, artefacts, gateway. Default: mlops.home. */
      home?: string;
      /** Port of the prediction gateway on the loopback interface. Default: 7010. */
      gatewayPort?: number;
      /** Runs that work at the same time; later ones wait. Default: 2. */
      maxConcurrentRuns?: number;
    };
  };
}
