/**
 * What of the portal's own environment a child process may see: where programs and homes are, language, certificates, proxies, settings of pip and
 * uv. Everything else (tokens, database passwords) stays here.
 */
const ALLOWED =
  /^(PATH|HOME|USER|LOGNAME|LANG|LANGUAGE|LC_[A-Z]+|TZ|TMPDIR|SSL_CERT_FILE|SSL_CERT_DIR|REQUESTS_CA_BUNDLE|CURL_CA_BUNDLE|(https?|no|all)_proxy|PIP_[A-Z_]+|UV_[A-Z_]+)$/i;

export function processEnvironment(
  own: NodeJS.ProcessEnv = process.env,
): Record<string, string> {
  const allowed: Record<string, string> = {};
  for (const [name, value] of Object.entries(own)) {
    if (value !== undefined && ALLOWED.test(name)) {
      allowed[name] = value;
    }
  }
  if (allowed.HTTP_PROXY ?? allowed.http_proxy ?? allowed.ALL_PROXY) {
    // The portal and the gateway listen on this machine; a proxy could not reach them.
    const known = allowed.NO_PROXY ?? allowed.no_proxy;
    const local = [known, '127.0.0.1', 'localhost'].filter(Boolean).join(',');
    allowed.NO_PROXY = local;
    allowed.no_proxy = local;
  }
  return allowed;
}
