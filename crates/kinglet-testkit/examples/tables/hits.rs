//! `hits`: page views of a web analytics service, in the 105 columns of ClickBench's table
//! (<https://github.com/ClickHouse/ClickBench>), with cardinalities and skew like those published of its first
//! million rows: few sites have most of the views, a seventh of them come from a search, most columns are nearly always
//! empty.

use std::error::Error;
use std::path::Path;
use std::sync::Arc;

use arrow::array::{
    ArrayRef, Date32Array, Int16Array, Int32Array, Int64Array, RecordBatch, StringArray,
    TimestampMicrosecondArray,
};
use arrow::datatypes::{DataType, Field, Schema, SchemaRef, TimeUnit};

use super::dice::{Dice, mix};
use super::words::{address, phrase, word};

/// 2013-07-01 00:00:00 UTC, as seconds; the month's length.
const START: u64 = 1_372_636_800;
const MONTH: u64 = 31 * 86_400;
const BATCH: u64 = 32_768;

/// Writes `hits` with so many rows, in the order of time.
pub(crate) fn write(rows: u64, folder: &Path) -> Result<(), Box<dyn Error>> {
    let fields = COLUMNS.iter().map(|(name, kind)| Field::new(*name, kind.data_type(), false));
    let schema: SchemaRef = Arc::new(Schema::new(fields.collect::<Vec<_>>()));
    let batches = (0..rows).step_by(BATCH as usize).map(|first| {
        let views: Vec<View> = (first..rows.min(first + BATCH)).map(|row| View::new(row, rows)).collect();
        let arrays = COLUMNS.iter().enumerate().map(|(at, (_, kind))| kind.array(at as u64, &views));
        RecordBatch::try_new(Arc::clone(&schema), arrays.collect()).expect("the columns of the schema")
    });
    super::output::write(folder, "hits", Arc::clone(&schema), batches)
}

/// What several columns of a row follow from.
struct View {
    row: u64,
    time: u64,
    user: u64,
    /// Spread over 64 bits by the user; what is a person's own (region, browser) follows from it.
    person: u64,
    site: u64,
    page: u64,
    /// What led to the page: nothing, a page of the same or another site.
    referer: Option<(u64, u64)>,
    /// Rank of the search phrase.
    search: Option<u64>,
}

impl View {
    fn new(row: u64, rows: u64) -> Self {
        let mut dice = Dice::new(row);
        let user = dice.rank(rows / 4 + 10, 1.6);
        let site = dice.rank(6500, 3.0);
        let pages = 20 + 600_000 / (site + 2);
        let page = dice.rank(pages, 2.0);
        let other = if dice.hits(600) { site } else { dice.rank(6500, 2.0) };
        let referer = dice.hits(810).then(|| (other, dice.rank(pages, 2.2)));
        let search = dice.hits(132).then(|| dice.rank(rows / 8 + 10, 2.4));
        let time = START + (row * MONTH / rows.max(1)) + dice.below(60).min(MONTH - 1);
        Self {
            row,
            time: time.min(START + MONTH - 1),
            user,
            person: mix(user ^ 0x55),
            site,
            page,
            referer,
            search,
        }
    }

    /// A sequence of numbers of this row's column.
    fn dice(&self, column: u64) -> Dice {
        Dice::new(mix(self.row) ^ (column + 1))
    }

    fn title(&self) -> String {
        let mut dice = Dice::new(mix((self.site << 32) | self.page));
        let google = if dice.hits(2) { "Google " } else { "" };
        match dice.below(12) {
            0 => String::new(),
            words => format!("{google}{} | {}", phrase(&mut dice, 2 + words, true), word(self.site, true)),
        }
    }

    fn referer_text(&self) -> String {
        self.referer.map_or_else(String::new, |(site, page)| address(site, page))
    }

    fn search_text(&self) -> String {
        self.search.map_or_else(String::new, |rank| {
            let mut dice = Dice::new(rank ^ 0xABCD);
            let words = 1 + dice.below(5);
            phrase(&mut dice, words, true)
        })
    }
}

/// How a column is filled.
#[derive(Clone, Copy)]
enum Kind {
    /// Int16, Int32 and Int64: a rank among so many, the more skewed the higher the second number.
    Short(u64, f64),
    Whole(u64, f64),
    Long(u64, f64),
    /// Int16 that is not 0 so many times in a thousand, and then a rank among so many.
    Seldom(u64, u64),
    /// Int16 of a person: the same in each of its views.
    Own(u64),
    /// Text that is empty but for so many times in a thousand, and then of a rank among so many.
    Note(u64, u64),
    Time,
    Day,
    /// Int16, Int32, Int64 and text that follow from the view.
    ShortOf(fn(&View) -> u64),
    WholeOf(fn(&View) -> u64),
    LongOf(fn(&View) -> u64),
    TextOf(fn(&View) -> String),
}

impl Kind {
    fn data_type(self) -> DataType {
        match self {
            Self::Short(..) | Self::Seldom(..) | Self::Own(_) | Self::ShortOf(_) => DataType::Int16,
            Self::Whole(..) | Self::WholeOf(_) => DataType::Int32,
            Self::Long(..) | Self::LongOf(_) => DataType::Int64,
            Self::Note(..) | Self::TextOf(_) => DataType::Utf8,
            Self::Time => DataType::Timestamp(TimeUnit::Microsecond, None),
            Self::Day => DataType::Date32,
        }
    }

    fn array(self, column: u64, views: &[View]) -> ArrayRef {
        let numbers = |number: &dyn Fn(&View) -> u64| -> ArrayRef {
            let numbers = views.iter().map(number);
            match self.data_type() {
                DataType::Int16 => Arc::new(Int16Array::from_iter_values(numbers.map(|n| n as i16))),
                DataType::Int32 => Arc::new(Int32Array::from_iter_values(numbers.map(|n| n as i32))),
                DataType::Date32 => Arc::new(Date32Array::from_iter_values(numbers.map(|n| n as i32))),
                DataType::Int64 => Arc::new(Int64Array::from_iter_values(numbers.map(|n| n as i64))),
                _ => Arc::new(TimestampMicrosecondArray::from_iter_values(numbers.map(|n| n as i64))),
            }
        };
        match self {
            Self::Short(n, skew) | Self::Whole(n, skew) | Self::Long(n, skew) => {
                numbers(&|view| view.dice(column).rank(n, skew))
            }
            Self::Seldom(permille, n) => numbers(&|view| {
                let mut dice = view.dice(column);
                if dice.hits(permille) { 1 + dice.rank(n, 2.0) } else { 0 }
            }),
            Self::Own(n) => numbers(&|view| Dice::new(view.person ^ column).rank(n, 2.5)),
            Self::Note(permille, n) => Arc::new(StringArray::from_iter_values(views.iter().map(|view| {
                let mut dice = view.dice(column);
                if dice.hits(permille) { word(dice.rank(n, 2.0), false) } else { String::new() }
            }))),
            Self::Time => numbers(&|view| view.time * 1_000_000),
            Self::Day => numbers(&|view| view.time / 86_400),
            Self::ShortOf(of) | Self::WholeOf(of) | Self::LongOf(of) => numbers(&of),
            Self::TextOf(of) => Arc::new(StringArray::from_iter_values(views.iter().map(of))),
        }
    }
}

use Kind::{Day, Long, LongOf, Note, Own, Seldom, Short, ShortOf, TextOf, Time, Whole, WholeOf};

/// The columns in the order of the published table.
const COLUMNS: [(&str, Kind); 105] = [
    ("WatchID", LongOf(|view| mix(view.row ^ 0x77AA) >> 1)),
    ("JavaEnable", Own(2)),
    ("Title", TextOf(View::title)),
    ("GoodEvent", ShortOf(|_| 1)),
    ("EventTime", Time),
    ("EventDate", Day),
    ("CounterID", WholeOf(|view| if view.site == 3 { 62 } else { 100 + view.site * 37 })),
    ("ClientIP", WholeOf(|view| mix(view.person % 190_000) >> 32)),
    ("RegionID", WholeOf(|view| 2 + Dice::new(view.person ^ 8).rank(2000, 3.0))),
    ("UserID", LongOf(|view| mix(view.user) >> 1)),
    ("CounterClass", ShortOf(|view| view.site % 3)),
    ("OS", Own(60)),
    ("UserAgent", Own(80)),
    ("URL", TextOf(|view| address(view.site, view.page))),
    ("Referer", TextOf(View::referer_text)),
    ("IsRefresh", Seldom(120, 1)),
    ("RefererCategoryID", Seldom(300, 500)),
    ("RefererRegionID", Whole(2000, 4.0)),
    ("URLCategoryID", ShortOf(|view| view.site % 40)),
    ("URLRegionID", WholeOf(|view| view.site % 300)),
    ("ResolutionWidth", ShortOf(|view| 1024 + view.person % 12 * 128)),
    ("ResolutionHeight", ShortOf(|view| 600 + view.person % 9 * 75)),
    ("ResolutionDepth", Own(3)),
    ("FlashMajor", Own(13)),
    ("FlashMinor", Own(8)),
    ("FlashMinor2", Note(400, 200)),
    ("NetMajor", Own(4)),
    ("NetMinor", Own(6)),
    ("UserAgentMajor", Own(70)),
    ("UserAgentMinor", Note(900, 90)),
    ("CookieEnable", ShortOf(|_| 1)),
    ("JavascriptEnable", ShortOf(|_| 1)),
    ("IsMobile", ShortOf(|view| u64::from(view.person.is_multiple_of(17)))),
    (
        "MobilePhone",
        ShortOf(|view| if view.person.is_multiple_of(17) { 1 + view.person / 17 % 90 } else { 0 }),
    ),
    (
        "MobilePhoneModel",
        TextOf(|view| match (view.person.is_multiple_of(17), view.person / 17 % 170) {
            (true, model) if model > 10 => word(model * model / 90, false),
            _ => String::new(),
        }),
    ),
    ("Params", Note(10, 300)),
    ("IPNetworkID", WholeOf(|view| view.person % 4_000_000)),
    (
        "TraficSourceID",
        ShortOf(|view| match (view.search, view.referer) {
            (Some(_), _) => 2,
            (None, Some((site, _))) if site == view.site => u64::MAX,
            (None, Some((site, _))) => 1 + site % 6,
            (None, None) => 0,
        }),
    ),
    ("SearchEngineID", ShortOf(|view| view.search.map_or(0, |rank| 2 + rank * rank % 7))),
    ("SearchPhrase", TextOf(View::search_text)),
    ("AdvEngineID", Seldom(7, 18)),
    ("IsArtifical", Seldom(30, 1)),
    ("WindowClientWidth", ShortOf(|view| 1000 + view.person % 1013)),
    ("WindowClientHeight", ShortOf(|view| 500 + view.person % 509)),
    ("ClientTimeZone", Own(30)),
    ("ClientEventTime", Time),
    ("SilverlightVersion1", Own(6)),
    ("SilverlightVersion2", Own(3)),
    ("SilverlightVersion3", Whole(60_000, 9.0)),
    ("SilverlightVersion4", Own(2)),
    (
        "PageCharset",
        TextOf(|view| {
            ["windows-1251", "utf-8"]
                .get(view.site as usize % 2)
                .map_or_else(String::new, ToString::to_string)
        }),
    ),
    ("CodeVersion", WholeOf(|view| 1 + view.site % 100)),
    ("IsLink", Seldom(90, 1)),
    ("IsDownload", Seldom(4, 1)),
    ("IsNotBounce", Seldom(400, 1)),
    ("FUniqID", LongOf(|view| if view.person.is_multiple_of(3) { 0 } else { mix(view.person) >> 1 })),
    (
        "OriginalURL",
        TextOf(|view| if view.row.is_multiple_of(6) { view.referer_text() } else { String::new() }),
    ),
    ("HID", Whole(1 << 30, 1.0)),
    ("IsOldCounter", Seldom(1, 1)),
    ("IsEvent", Seldom(60, 1)),
    ("IsParameter", Seldom(10, 1)),
    ("DontCountHits", Seldom(90, 1)),
    ("WithHash", Seldom(20, 1)),
    (
        "HitColor",
        TextOf(|view| {
            ["5", "S", "g"].get(view.row as usize % 3).map_or_else(String::new, ToString::to_string)
        }),
    ),
    ("LocalEventTime", Time),
    ("Age", Own(56)),
    ("Sex", Own(3)),
    ("Income", Own(4)),
    ("Interests", Own(5000)),
    ("Robotness", Own(5)),
    ("RemoteIP", WholeOf(|view| mix(view.person % 170_000) >> 32)),
    ("WindowName", Whole(5000, 3.0)),
    ("OpenerName", Whole(5000, 4.0)),
    ("HistoryLength", Short(50, 4.0)),
    ("BrowserLanguage", TextOf(|view| word(view.person % 40 / 3, false))),
    ("BrowserCountry", TextOf(|view| word(view.person % 120 / 5, false))),
    ("SocialNetwork", Note(8, 12)),
    ("SocialAction", Note(4, 6)),
    ("HTTPError", Seldom(3, 10)),
    ("SendTiming", Whole(30_000, 4.0)),
    ("DNSTiming", Whole(3_000, 5.0)),
    ("ConnectTiming", Whole(5_000, 4.0)),
    ("ResponseStartTiming", Whole(20_000, 3.0)),
    ("ResponseEndTiming", Whole(30_000, 3.0)),
    ("FetchTiming", Whole(60_000, 3.0)),
    ("SocialSourceNetworkID", Seldom(15, 9)),
    ("SocialSourcePage", Note(12, 4000)),
    ("ParamPrice", Long(100_000, 12.0)),
    ("ParamOrderID", Note(2, 20_000)),
    (
        "ParamCurrency",
        TextOf(|view| if view.site.is_multiple_of(2) { "NH\u{1c}".to_owned() } else { String::new() }),
    ),
    ("ParamCurrencyID", Seldom(4, 3)),
    ("OpenstatServiceName", Note(10, 5)),
    ("OpenstatCampaignID", Note(10, 2000)),
    ("OpenstatAdID", Note(10, 5000)),
    ("OpenstatSourceID", Note(10, 100)),
    ("UTMSource", Note(25, 40)),
    ("UTMMedium", Note(25, 10)),
    ("UTMCampaign", Note(25, 900)),
    ("UTMContent", Note(12, 900)),
    ("UTMTerm", Note(8, 4000)),
    ("FromTag", Note(15, 200)),
    ("HasGCLID", Seldom(6, 1)),
    ("RefererHash", LongOf(|view| view.referer.map_or(0, |(site, page)| mix((site << 32) | page) >> 1))),
    ("URLHash", LongOf(|view| mix((view.site << 32) | view.page) >> 1)),
    ("CLID", Whole(900, 20.0)),
];
