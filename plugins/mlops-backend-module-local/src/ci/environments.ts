/** Makes the Python environment of a repository; the part of `PythonEnvironments` that CI needs. */
export interface CiEnvironments {
  /**
   * Environment with exactly what a requirements file asks for. The same content is made once.
   * @returns python - path of its interpreter; bin - folder to put first on PATH
   */
  ensure(
    request: { requirementsPath: string; name: string },
    options: { signal: AbortSignal; onProgress?: (line: string) => void },
  ): Promise<{ python: string; bin: string }>;
}

/** Longest name that an environment may have. */
export const ENVIRONMENT_NAME_LENGTH = 41;
