/** Makes the Python environment of a repository; the part of the environment service that CI needs. */
export interface CiEnvironments {
  /**
   * Environment with exactly what a requirements file asks for. The same content is made once.
   * @returns python - path of its interpreter; bin - folder to put first on PATH
   */
  ensure(
    request: { requirementsPath: string; name: string },
    options: { signal: AbortSignal },
  ): Promise<{ python: string; bin: string }>;
}
