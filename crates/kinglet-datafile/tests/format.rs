//! Comments and layout in formatted files.

use kinglet_datafile::{format_connection, format_datasource, format_pipe};

#[test]
fn comments_move_with_their_directive() {
    let text = "# about the engine\nENGINE MergeTree # the usual\nENGINE_SORTING_KEY \"a,b\"\n# columns\nSCHEMA >\n  # the key\n  \
                a Int8, -- first\n  b String\n\n# end\n";
    assert_eq!(
        format_datasource(text).unwrap(),
        "# columns\nSCHEMA >\n    # the key\n    a Int8, -- first\n    b String\n\n# about the engine\nENGINE MergeTree # \
         the usual\nENGINE_SORTING_KEY a, b\n\n# end\n"
    );
}

#[test]
fn a_comment_after_a_block_belongs_to_what_follows() {
    let text = "NODE a\nSQL >\n  select 1\n\n  , 2\n\n# second\nNODE b\nDESCRIPTION it's b\nSQL >\n\tselect 2\nTYPE endpoint\n";
    assert_eq!(
        format_pipe(text, &|sql| Some(sql.to_uppercase())).unwrap(),
        "NODE a\nSQL >\n    SELECT 1\n    , 2\n\n# second\nNODE b\nDESCRIPTION >\n    it's b\n\nSQL >\n    SELECT 2\n\n\
         TYPE ENDPOINT\n"
    );
}

#[test]
fn templates_keep_their_text() {
    let text = "NODE a\nSQL >\n        %\n        SELECT 'a\n  b' {# c #}\n";
    assert_eq!(format_pipe(text, &|_| None).unwrap(), text);
    let text = "NODE a\nSQL >\n  %\n  SELECT 1\n    WHERE 1\n";
    assert_eq!(format_pipe(text, &|_| None).unwrap(), "NODE a\nSQL >\n    %\n    SELECT 1\n      WHERE 1\n");
}

#[test]
fn files_with_errors_are_left_alone() {
    assert!(format_datasource("ENGINE MergeTree\n").unwrap_err().contains("SCHEMA is mandatory"));
    assert!(format_connection("FOO x\n").is_err());
    assert!(format_pipe("", &|_| None).is_err());
}
