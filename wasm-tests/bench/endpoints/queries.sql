-- The ten commonest shapes of endpoints; see README.md. A text headed `duckdb` is what DuckDB is asked where the dialects differ.

-- by_hour
SELECT toStartOfHour(timestamp) AS hour, count() AS events, countIf(action = 'purchase') AS purchases, avg(duration) AS duration
FROM events
WHERE tenant_id = 7 AND timestamp >= '2024-05-05 00:00:00' AND timestamp < '2024-05-19 00:00:00'
GROUP BY hour ORDER BY hour

-- by_hour duckdb
SELECT date_trunc('hour', timestamp) AS hour, count(*) AS events, count(*) FILTER (action = 'purchase') AS purchases, avg(duration) AS duration
FROM events
WHERE tenant_id = 7 AND timestamp >= '2024-05-05 00:00:00' AND timestamp < '2024-05-19 00:00:00'
GROUP BY hour ORDER BY hour

-- top_pages
SELECT path, count() AS views, uniq(session_id) AS visits
FROM events
WHERE timestamp >= '2024-05-05 00:00:00' AND timestamp < '2024-05-19 00:00:00' AND action = 'view'
GROUP BY path ORDER BY views DESC, path LIMIT 10

-- top_pages duckdb
SELECT path, count(*) AS views, approx_count_distinct(session_id) AS visits
FROM events
WHERE timestamp >= '2024-05-05 00:00:00' AND timestamp < '2024-05-19 00:00:00' AND action = 'view'
GROUP BY path ORDER BY views DESC, path LIMIT 10

-- visitors
SELECT toDate(timestamp) AS day, country, uniq(user_id) AS users, uniqExact(session_id) AS sessions
FROM events
GROUP BY day, country ORDER BY day, users DESC

-- visitors duckdb
SELECT CAST(timestamp AS DATE) AS day, country, approx_count_distinct(user_id) AS users, count(DISTINCT session_id) AS sessions
FROM events
GROUP BY day, country ORDER BY day, users DESC

-- percentiles
SELECT toStartOfHour(timestamp) AS hour, quantile(0.5)(duration) AS p50, quantile(0.95)(duration) AS p95, quantile(0.99)(duration) AS p99
FROM events
WHERE tenant_id IN (1, 2, 3, 4, 5)
GROUP BY hour ORDER BY hour

-- percentiles duckdb
SELECT date_trunc('hour', timestamp) AS hour, approx_quantile(duration, 0.5) AS p50, approx_quantile(duration, 0.95) AS p95, approx_quantile(duration, 0.99) AS p99
FROM events
WHERE tenant_id IN (1, 2, 3, 4, 5)
GROUP BY hour ORDER BY hour

-- funnel
SELECT level, count() AS users
FROM (
    SELECT user_id, windowFunnel(3600)(timestamp, action = 'view', action = 'cart', action = 'purchase') AS level
    FROM events WHERE tenant_id = 2 GROUP BY user_id
)
GROUP BY level ORDER BY level

-- funnel duckdb
WITH
    mine AS (SELECT user_id, timestamp, action FROM events WHERE tenant_id = 2),
    carts AS (
        SELECT v.user_id, v.timestamp AS start, min(c.timestamp) AS at
        FROM mine v JOIN mine c ON c.user_id = v.user_id AND c.action = 'cart'
            AND c.timestamp > v.timestamp AND c.timestamp <= v.timestamp + INTERVAL 1 HOUR
        WHERE v.action = 'view' GROUP BY v.user_id, v.timestamp
    ),
    bought AS (
        SELECT DISTINCT c.user_id
        FROM carts c JOIN mine p ON p.user_id = c.user_id AND p.action = 'purchase'
            AND p.timestamp > c.at AND p.timestamp <= c.start + INTERVAL 1 HOUR
    ),
    levels AS (
        SELECT u.user_id,
            CASE WHEN b.user_id IS NOT NULL THEN 3 WHEN c.user_id IS NOT NULL THEN 2 WHEN v.user_id IS NOT NULL THEN 1 ELSE 0 END AS level
        FROM (SELECT DISTINCT user_id FROM mine) u
        LEFT JOIN (SELECT DISTINCT user_id FROM mine WHERE action = 'view') v ON v.user_id = u.user_id
        LEFT JOIN (SELECT DISTINCT user_id FROM carts) c ON c.user_id = u.user_id
        LEFT JOIN bought b ON b.user_id = u.user_id
    )
SELECT level, count(*) AS users FROM levels GROUP BY level ORDER BY level

-- retention
SELECT first_day, dateDiff('day', first_day, day) AS age, count() AS users
FROM (SELECT user_id, min(toDate(timestamp)) AS first_day FROM events GROUP BY user_id) AS firsts
INNER JOIN (SELECT DISTINCT user_id, toDate(timestamp) AS day FROM events) AS days USING (user_id)
WHERE age <= 7
GROUP BY first_day, age ORDER BY first_day, age

-- retention duckdb
SELECT first_day, date_diff('day', first_day, day) AS age, count(*) AS users
FROM (SELECT user_id, min(CAST(timestamp AS DATE)) AS first_day FROM events GROUP BY user_id) AS firsts
INNER JOIN (SELECT DISTINCT user_id, CAST(timestamp AS DATE) AS day FROM events) AS days USING (user_id)
WHERE date_diff('day', first_day, day) <= 7
GROUP BY first_day, age ORDER BY first_day, age

-- latest
SELECT user_id, argMax(action, timestamp) AS last_action, argMax(country, timestamp) AS last_country, max(timestamp) AS seen
FROM events
GROUP BY user_id ORDER BY seen DESC, user_id LIMIT 100

-- latest duckdb
SELECT user_id, arg_max(action, timestamp) AS last_action, arg_max(country, timestamp) AS last_country, max(timestamp) AS seen
FROM events
GROUP BY user_id ORDER BY seen DESC, user_id LIMIT 100

-- payload
SELECT JSONExtractString(payload, 'plan') AS plan, sum(JSONExtractFloat(payload, 'amount')) AS amount, count() AS events
FROM events
WHERE timestamp >= '2024-05-05 00:00:00' AND timestamp < '2024-05-12 00:00:00'
GROUP BY plan ORDER BY amount DESC

-- payload duckdb
SELECT json_extract_string(payload, '$.plan') AS plan, sum(CAST(json_extract(payload, '$.amount') AS DOUBLE)) AS amount, count(*) AS events
FROM events
WHERE timestamp >= '2024-05-05 00:00:00' AND timestamp < '2024-05-12 00:00:00'
GROUP BY plan ORDER BY amount DESC

-- revenue
SELECT p.category AS category, count(*) AS purchases, sum(p.price) AS revenue
FROM events AS e
INNER JOIN products AS p ON e.product_id = p.product_id
WHERE e.action = 'purchase'
GROUP BY category ORDER BY revenue DESC

-- page
SELECT timestamp, session_id, user_id, action, path
FROM events
WHERE tenant_id = 4 AND country = 'DE' AND path LIKE '%ka%'
ORDER BY timestamp DESC, session_id LIMIT 50 OFFSET 200
