/** The policy under which pages and workers of the site run. */

/**
 * Code comes from the site alone and no text becomes code, but for wasm. Connections stay open: which host may be
 * reached is for the person to say, and is asked in the app.
 */
export const POLICY = [
  "default-src 'self'",
  "script-src 'self' 'wasm-unsafe-eval'",
  "worker-src 'self'",
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' data: blob:",
  "font-src 'self' data:",
  "connect-src * data: blob:",
  "object-src 'none'",
  "base-uri 'self'",
  "form-action 'none'",
].join("; ");
