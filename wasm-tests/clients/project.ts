/** The project that the clients work with: the small shop, with what they need besides. */
import { shop } from "../harness/shop.ts";

const types = `SCHEMA >
    \`id\` UInt32 \`json:$.id\`,
    \`delta\` Int64 \`json:$.delta\`,
    \`share\` Float64 \`json:$.share\`,
    \`text\` String \`json:$.text\`,
    \`word\` LowCardinality(String) \`json:$.word\`,
    \`maybe\` Nullable(String) \`json:$.maybe\`,
    \`day\` Date \`json:$.day\`,
    \`moment\` DateTime \`json:$.moment\`,
    \`numbers\` Array(Int32) \`json:$.numbers[:]\`,
    \`counts\` Map(String, UInt8) \`json:$.counts\`,
    \`price\` Decimal(9, 2) \`json:$.price\`,
    \`flag\` Bool \`json:$.flag\`,
    \`key\` UUID \`json:$.key\`

ENGINE "MergeTree"
ENGINE_SORTING_KEY "id"
`;

/** What verdin's pages ask for: a page and its size. */
const allProducts = `NODE page
SQL >
    %
    SELECT product, category
    FROM products
    ORDER BY product
    LIMIT {{Int32(page_size, 50)}} OFFSET {{Int32(page, 0) * Int32(page_size, 50)}}

TYPE endpoint
`;

const tests = `- name: best
  description: the best product since February
  parameters: since=2026-02-01&limit=1
  expected_result: |
    {"product":"tin","category":"ware","revenue":345}

- name: bad_limit
  description: a limit that is no number
  parameters: limit=many
  expected_http_status: 400
  expected_result: "Template Syntax Error: Error validating 'many' to type Int32"
`;

export const project: Record<string, string> = {
  ...shop,
  "datasources/types.datasource": types,
  "endpoints/all_products.pipe": allProducts,
  "tests/top_products.yaml": tests,
};
