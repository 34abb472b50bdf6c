/** A small project with everything in it: a landing table, a view over it, a copy, a sink, an endpoint, fixtures. */
import { strToU8, zipSync } from "fflate";

const orders = `SCHEMA >
    \`order_id\` UInt64 \`json:$.order_id\`,
    \`ordered_at\` DateTime \`json:$.ordered_at\`,
    \`product\` LowCardinality(String) \`json:$.product\`,
    \`amount\` Float64 \`json:$.amount\`

ENGINE "MergeTree"
ENGINE_PARTITION_KEY "toYYYYMM(ordered_at)"
ENGINE_SORTING_KEY "ordered_at, order_id"
`;

const products = `SCHEMA >
    \`product\` String,
    \`category\` String

ENGINE "MergeTree"
ENGINE_SORTING_KEY "product"
`;

const dailySales = `SCHEMA >
    \`day\` Date,
    \`product\` String,
    \`revenue\` AggregateFunction(sum, Float64)

ENGINE "AggregatingMergeTree"
ENGINE_SORTING_KEY "day, product"
`;

const totals = `SCHEMA >
    \`product\` String,
    \`revenue\` Float64

ENGINE "MergeTree"
ENGINE_SORTING_KEY "product"
`;

const byDay = `NODE by_day
SQL >
    SELECT toDate(ordered_at) AS day, product, sumState(amount) AS revenue
    FROM orders
    GROUP BY day, product

TYPE materialized
DATASOURCE daily_sales
`;

const topProducts = `NODE filtered
SQL >
    %
    SELECT product, sumMerge(revenue) AS revenue
    FROM daily_sales
    WHERE day >= {{Date(since, '2026-01-01')}}
    GROUP BY product

NODE top
SQL >
    %
    SELECT filtered.product, category, filtered.revenue
    FROM filtered
    LEFT JOIN products ON filtered.product = products.product
    ORDER BY filtered.revenue DESC
    LIMIT {{Int32(limit, 10)}}

TYPE endpoint
`;

const fillTotals = `NODE fill
SQL >
    SELECT product, sumMerge(revenue) AS revenue FROM daily_sales GROUP BY product

TYPE copy
TARGET_DATASOURCE product_totals
COPY_MODE replace
COPY_SCHEDULE @on-demand
`;

const lake = `TYPE s3
S3_REGION us-east-1
S3_ARN arn:aws:iam::123456789012:role/x
`;

const handOut = `NODE hand_out
SQL >
    SELECT product, revenue FROM product_totals ORDER BY product

TYPE sink
EXPORT_CONNECTION_NAME lake
EXPORT_BUCKET_URI s3://bucket/folder
EXPORT_FILE_TEMPLATE totals_{timestamp}
EXPORT_SCHEDULE @on-demand
EXPORT_FORMAT csv
`;

const names = ["tea", "mug", "pot", "tin"];
const rows = Array.from({ length: 200 }, (_, at) =>
  JSON.stringify({
    order_id: at + 1,
    ordered_at: `2026-0${1 + (at % 3)}-1${at % 9} 10:00:00`,
    product: names[at % 4],
    amount: (at % 13) * 1.5 + 1,
  }),
);

/** The project's files by path. */
export const shop: Record<string, string> = {
  "datasources/orders.datasource": orders,
  "datasources/products.datasource": products,
  "datasources/daily_sales.datasource": dailySales,
  "datasources/product_totals.datasource": totals,
  "materializations/by_day.pipe": byDay,
  "endpoints/top_products.pipe": topProducts,
  "copies/fill_totals.pipe": fillTotals,
  "sinks/hand_out.pipe": handOut,
  "connections/lake.connection": lake,
  "fixtures/orders.ndjson": `${rows.join("\n")}\n`,
  "fixtures/products.csv": "product,category\ntea,drink\nmug,ware\npot,ware\ntin,ware\n",
};

/** Some files as a zip, in a folder of their own. */
export function zipOf(files: Record<string, string>, folder = "shop"): Buffer {
  const entries = Object.entries(files).map(([path, text]) => [`${folder}/${path}`, strToU8(text)]);
  return Buffer.from(zipSync(Object.fromEntries(entries) as Record<string, Uint8Array>));
}
