export interface Config {
  mlops?: {
    /** Folder for captured predictions, uploads and whatever the hub keeps as files. Default: `.portal` in the working directory. */
    home?: string;
    /**
     * Stages that a version may be in, in order. The first is where it begins; candidate, staging, production and archived must be
     * among them, as the gate and the traffic move versions there. Default: development, candidate, staging, production, archived.
     */
    stages?: string[];
    approvals?: {
      /** Lets one person approve their own request; for a one-person laptop. The pages say so. Default: false. */
      allowSelfApproval?: boolean;
    };
    serving?: {
      /** Share of traffic, by risk class, that a version may take before it is approved (0 to 100). */
      trafficBeforeApproval?: {
        minimal?: number;
        limited?: number;
        high?: number;
      };
      /** Seconds a canary step lasts at least, and requests it needs, before it may move on. */
      canary?: {
        minSeconds?: number;
        minRequests?: number;
        maxErrorRate?: number;
      };
    };
    monitoring?: {
      /**
       * Days that captured predictions and labels are kept after they arrived; whole, 1 at least. Default: 400. Counts, scores and
       * quality by day are kept for ever. Days of an open window, and of a window that waits for its labels, stay longer.
       */
      keepDays?: number;
    };
    sources?: {
      /** Folders that a table may be read from by path. Default: none but the examples. */
      allowedFolders?: string[];
      /** Hosts that a table may be fetched from. Default: none. */
      allowedHosts?: string[];
      maxUploadBytes?: number;
    };
    /** What CI jobs and pipeline steps are told to reach the portal with. */
    access?: {
      /** URL of the portal as jobs see it. Default: backend.baseUrl. */
      url?: string;
      /** @visibility secret */
      token?: string;
    };
    /** Which engine serves each contract where several are installed: contract -> engine id. */
    engines?: { [contract: string]: string };
  };
}
