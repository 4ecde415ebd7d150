export interface Config {
  mlops?: {
    local?: {
      /** Data folder of the engines on this machine: repositories, environments, runs, artefacts, gateway. Default: mlops.home. */
      home?: string;
      /** Port of the prediction gateway on the loopback interface. Default: 7010. */
      gatewayPort?: number;
      /** Runs that work at the same time; later ones wait. Default: 2. */
      maxConcurrentRuns?: number;
      /**
       * How long outputs and logs of runs and of CI stay; looked at once an hour. Never removed: what is at work, what ended within
       * the last day, and artefacts of versions. How a run went stays for good; a page that opens a removed log says so.
       */
      retention?: {
        /** Days after the end of a run. Default: 30. */
        days?: number;
        /** The newest runs of each pipeline, and CI runs of each repository, stay whatever their age. Default: 20. */
        keepLast?: number;
        /** Bytes that outputs and logs of all runs may take together; the oldest go first. Default: 10000000000 (10 GB). */
        maxBytes?: number;
        /**
         * Days without use after which Python environments and checked-out code go; 1 at least. What a running process or the
         * prediction gateway has in use stays; what is needed again is made again. Default: 30.
         */
        unusedDays?: number;
      };
    };
  };
}
