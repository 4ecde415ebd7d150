export interface SourceRules {
  /** Folder of the hub's own files. */
  home: string;
  allowedFolders: string[];
  allowedHosts: string[];
  maxUploadBytes: number;
}
