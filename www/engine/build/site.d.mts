/** Folder of the files a site serves beside its own: `service-worker.js` and `kinglet/<build>/…`. */
export declare const siteFiles: string;

/** What the service worker was told of the site's files. */
export interface SiteManifest {
  build: string;
  files: [path: string, hash: string][];
}

/** Copy the engine's files into the root folder of a built site; write its service worker and `_headers`. Call it last. */
export declare function installSite(folder: string): Promise<SiteManifest>;
