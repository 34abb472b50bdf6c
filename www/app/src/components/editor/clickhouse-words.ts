/** Words of ClickHouse's dialect and of datafiles, for colours and completion. */

const list = (text: string): string[] => text.split(" ");

export const keywords = list(
  "ALL AND ANTI ANY ARRAY AS ASC ASOF BETWEEN BY CASE CAST CROSS CUBE DATE DESC DISTINCT ELSE END EXCEPT EXISTS FALSE " +
    "FETCH FILL FINAL FIRST FOLLOWING FORMAT FROM FULL GLOBAL GROUP GROUPING HAVING ILIKE IN INNER INTERPOLATE INTERSECT " +
    "INTERVAL INTO IS JOIN LAST LEFT LIKE LIMIT NOT NULL NULLS OFFSET ON OR ORDER OUTER OVER PARTITION PRECEDING " +
    "PREWHERE RANGE REPLACE RIGHT ROLLUP ROW ROWS SAMPLE SELECT SEMI SETS SETTINGS STEP THEN TIES TO TOTALS TRUE " +
    "UNBOUNDED UNION USING WHEN WHERE WINDOW WITH DESCRIBE EXPLAIN SHOW SECOND MINUTE HOUR DAY WEEK MONTH QUARTER YEAR",
);

export const functions = list(
  "abs addDays addHours addMonths any anyLast argMax argMin arrayConcat arrayDistinct arrayElement arrayExists " +
    "arrayFilter arrayJoin arrayMap arraySort arrayStringConcat arraySum avg avgIf avgMerge avgState bitAnd ceil coalesce " +
    "concat count countIf countMerge countState dateDiff divide empty exp extract floor formatDateTime greatest groupArray " +
    "groupUniqArray has if ifNull intDiv isNotNull isNull JSONExtractFloat JSONExtractInt JSONExtractString least length " +
    "like log lower match max maxIf median min minIf minus mod multiIf multiply notEmpty now nullIf parseDateTimeBestEffort " +
    "plus position quantile quantiles rand replaceAll replaceOne round row_number splitByChar sqrt substring sum sumIf " +
    "sumMerge sumState toDate toDateTime toDateTime64 toDayOfWeek toDecimal64 toFloat64 toHour toInt32 toInt64 toMonth " +
    "toStartOfDay toStartOfFifteenMinutes toStartOfFiveMinutes toStartOfHour toStartOfInterval toStartOfMinute " +
    "toStartOfMonth toStartOfWeek toStartOfYear toString toTypeName toUInt32 toUInt64 toUnixTimestamp toUUID toYear " +
    "toYYYYMM trim tuple uniq uniqExact uniqMerge uniqState upper yesterday today numbers",
);

export const templateFunctions = list(
  "String Int8 Int16 Int32 Int64 UInt8 UInt16 UInt32 UInt64 Float32 Float64 Boolean Date DateTime DateTime64 Array JSON " +
    "column columns symbol table defined error custom_error split_to_array enumerate_with_last sql_and sql_unescape " +
    "day_diff date_diff_in_seconds date_diff_in_minutes date_diff_in_hours date_diff_in_days max_threads cache_ttl",
);

export const directives = list(
  "DESCRIPTION TOKEN TAGS NODE SQL TYPE DATASOURCE TARGET_DATASOURCE COPY_SCHEDULE COPY_MODE ON_DEMAND_COMPUTE " +
    "DEPLOYMENT_METHOD EXPORT_CONNECTION_NAME EXPORT_SCHEDULE EXPORT_BUCKET_URI EXPORT_FILE_TEMPLATE EXPORT_FORMAT " +
    "EXPORT_COMPRESSION EXPORT_WRITE_STRATEGY EXPORT_KAFKA_TOPIC SCHEMA INDEXES ENGINE ENGINE_PARTITION_KEY " +
    "ENGINE_SORTING_KEY ENGINE_PRIMARY_KEY ENGINE_SAMPLING_KEY ENGINE_TTL ENGINE_SETTINGS ENGINE_VER ENGINE_IS_DELETED " +
    "ENGINE_COLUMNS ENGINE_SIGN ENGINE_VERSION SHARED_WITH FORWARD_QUERY BACKFILL KAFKA_CONNECTION_NAME KAFKA_TOPIC " +
    "KAFKA_GROUP_ID KAFKA_AUTO_OFFSET_RESET IMPORT_CONNECTION_NAME IMPORT_BUCKET_URI IMPORT_SCHEDULE IMPORT_FORMAT",
);

export const typeName =
  /^(?:U?Int(?:8|16|32|64|128|256)|Float(?:32|64)|BFloat16|Bool|String|FixedString|UUID|Date(?:32|Time|Time64)?|Decimal(?:32|64|128|256)?|Enum(?:8|16)?|Array|Tuple|Map|Nullable|LowCardinality|IPv[46]|JSON|Nothing|Nested|(?:Simple)?AggregateFunction)$/;
