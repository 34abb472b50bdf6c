/** Firefox as installed on the machine, driven over WebDriver BiDi. */
import puppeteer, { type Browser } from "puppeteer-core";

/** Where the browser is, unless FIREFOX_PATH names it. */
export const FIREFOX = process.env["FIREFOX_PATH"] ?? "/usr/bin/firefox-esr";

export function launchFirefox(): Promise<Browser> {
  return puppeteer.launch({ browser: "firefox", executablePath: FIREFOX, headless: true });
}
