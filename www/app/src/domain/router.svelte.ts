/** The page that is shown, kept in step with the address bar. */

import { formatRoute, parseRoute, type Route } from "./route";

export class Router {
  route = $state.raw<Route>(parseRoute(location.hash));

  constructor() {
    addEventListener("hashchange", () => {
      this.route = parseRoute(location.hash);
    });
  }

  go(route: Route): void {
    location.hash = formatRoute(route);
    this.route = route;
  }

  /** Shows a page in place of the current one, so that "back" does not return to it. */
  replace(route: Route): void {
    history.replaceState(null, "", formatRoute(route));
    this.route = route;
  }
}
