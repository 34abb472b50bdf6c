/** The Python libraries, unmodified, against `cargo xtask serve`. */
import { afterAll, beforeAll } from "vitest";
import { pythonClients, testLibrary } from "./python.ts";
import { NativeServer } from "./server.ts";

const server = new NativeServer();

beforeAll(async () => {
  await Promise.all([server.start(), pythonClients("libraries")]);
}, 1_200_000);

afterAll(() => server.stop());

testLibrary(server, "tinybird-sdk", "tinybird_sdk");
testLibrary(server, "tinybird-python-sdk", "tinybird_python_sdk");
testLibrary(server, "verdin", "verdin");
testLibrary(server, "clickhouse-connect", "clickhouse_connect");
