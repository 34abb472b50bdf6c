//! Tinybird datafiles (.datasource, .pipe, .connection, tests) to typed resources.
