//! The neutral document: headings, lines, tables and the parts of an official letter, which carry meaning. It knows no
//! format, no colour and no screen; `render` turns it into bytes, and what needs masking or a language was settled before
//! it got here.

mod calendar;
pub(crate) mod chart;
mod figure;
mod text;
mod value;

pub(crate) use calendar::{Calendar, Event};
pub(crate) use figure::{Figure, Part, Track};
pub(crate) use text::{Composer, Span, Text, Tone};
pub(crate) use value::{Date, Value};

/// What one answer says, in reading order. A table streams, so a document is written once.
pub(crate) struct Document<'a> {
    /// The language of the words in it, as a BCP 47 tag (`zh-CN`, `en`).
    pub lang: String,
    /// The document's name, where a format has a place for one (the title of an HTML page).
    pub title: String,
    /// What limits all of it, of the lines below its heading: a part that stands alone says it again.
    pub limits: Vec<Text>,
    /// Whether a picture of it is looked at on a phone: it is as wide as one, and a table that is wider is cards.
    pub narrow: bool,
    /// What it says.
    pub blocks: Vec<Block<'a>>,
}

impl<'a> Document<'a> {
    /// An empty document.
    pub(crate) fn new(lang: impl Into<String>, title: impl Into<String>) -> Self {
        Document {
            lang: lang.into(),
            title: title.into(),
            limits: Vec::new(),
            narrow: false,
            blocks: Vec::new(),
        }
    }

    /// The same, whose picture is as wide as a phone.
    #[must_use]
    pub(crate) fn narrow(self) -> Self {
        Self {
            narrow: true,
            ..self
        }
    }

    /// The same with its blocks one below the other, for formats that have neither pictures nor columns: a chart is its sentence and its table.
    #[must_use]
    pub(crate) fn plain(self) -> Self {
        self.flat(|block, blocks| block.plain(blocks))
    }

    /// The same, for formats that have pictures: a chart stays one.
    #[must_use]
    pub(crate) fn plain_but_charts(self) -> Self {
        self.flat(|block, blocks| match block {
            Block::Chart(_) => blocks.push(block),
            block => block.plain(blocks),
        })
    }

    fn flat(mut self, plain: impl Fn(Block<'a>, &mut Vec<Block<'a>>)) -> Self {
        let mut blocks = Vec::with_capacity(self.blocks.len());
        let all = std::mem::take(&mut self.blocks).into_iter();
        all.for_each(|block| plain(block, &mut blocks));
        self.blocks = blocks;
        self
    }

    /// Appends a heading; `aside` is what a screen prints at the right (the day, the forecast mark), or empty.
    pub(crate) fn heading(&mut self, level: u8, text: impl Into<Text>, aside: impl Into<Text>) {
        self.blocks.push(Block::Heading {
            level,
            text: text.into(),
            aside: aside.into(),
        });
    }

    /// Appends one line of text.
    pub(crate) fn line(&mut self, text: impl Into<Text>) {
        self.blocks.push(Block::Line(text.into()));
    }

    /// Appends a line that limits all of the document.
    pub(crate) fn limit(&mut self, text: impl Into<Text>) {
        let text = text.into();
        self.limits.push(text.clone());
        self.line(text);
    }

    /// Appends a list of points.
    pub(crate) fn list(&mut self, items: Vec<Text>) {
        self.blocks.push(Block::List(items));
    }

    /// Appends a table.
    pub(crate) fn table(&mut self, table: Table<'a>) {
        self.blocks.push(Block::Table(table));
    }

    /// Appends a chart.
    pub(crate) fn chart(&mut self, chart: chart::Chart) {
        self.blocks.push(Block::Chart(chart));
    }

    /// Appends parts that stand side by side where there is room.
    pub(crate) fn beside(&mut self, parts: Vec<Vec<Block<'a>>>) {
        self.blocks.push(Block::Beside(parts));
    }

    /// Appends text that is to be kept as it stands, line breaks and all.
    pub(crate) fn pre(&mut self, text: impl Into<String>) {
        self.blocks.push(Block::Pre(text.into()));
    }

    /// Appends an empty line, which only screens show.
    pub(crate) fn blank(&mut self) {
        self.blocks.push(Block::Blank);
    }
}

/// One piece of a document.
pub(crate) enum Block<'a> {
    /// A heading.
    Heading {
        /// 1 for the document's own name, 2 for its parts (一、), 3 for theirs (（一）), and so on to 6.
        level: u8,
        /// What it says.
        text: Text,
        /// What a screen prints at the right of it; may be empty.
        aside: Text,
    },
    /// One line, or one paragraph.
    Line(Text),
    /// Points of equal rank.
    List(Vec<Text>),
    /// A table.
    Table(Table<'a>),
    /// Verbatim text: line breaks stay, nothing wraps. What people paste elsewhere belongs here.
    Pre(String),
    /// An empty line on screens, nothing elsewhere.
    Blank,
    /// A paragraph of running text, set as letters set it: its first line is indented.
    Paragraph(Text),
    /// The head of an official document (版头), with a rule under it. Headings of level 1 after it are a title.
    Letterhead {
        /// Who issues it (发文机关标志).
        organ: Text,
        /// Its number (发文字号), left to people where empty.
        number: Text,
    },
    /// To whom it goes (主送机关), with the colon.
    Salutation(Text),
    /// Who signs it, and when, with room for the seal (落款).
    Closing {
        /// Who issues it (发文机关署名).
        organ: Text,
        /// The day (成文日期).
        day: Text,
    },
    /// The lines of the foot, between rules at the end (版记): who else gets it (抄送), who prints it and when (印发).
    Copies(Vec<Text>),
    /// What the whole answer comes to, in a sentence or two: what somebody reads who reads nothing else.
    Verdict(Text),
    /// A few figures side by side.
    Tiles(Vec<Tile>),
    /// Series over days.
    Chart(chart::Chart),
    /// Parts that stand side by side where there is room, and below one another where there is none.
    Beside(Vec<Vec<Block<'a>>>),
    /// Photographs side by side, each with what it is of.
    Photographs(Vec<Photograph>),
}

/// A figure that matters, with what belongs to it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Tile {
    /// What the figure is of.
    pub label: Text,
    /// The figure.
    pub figure: Text,
    /// What it is made of, and what it was before: short lines.
    pub lines: Vec<Text>,
}

/// A photograph made small.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Photograph {
    /// What it is of.
    pub caption: Text,
    /// As a JPEG; nothing where there is none to show, which the caption says.
    pub jpeg: Option<Vec<u8>>,
}

impl<'a> Block<'a> {
    /// Appends the same in blocks that every format has.
    fn plain(self, blocks: &mut Vec<Block<'a>>) {
        match self {
            Block::Verdict(text) => blocks.push(Block::Line(text)),
            Block::Tiles(tiles) => blocks.push(Block::Table(tabled(tiles))),
            Block::Chart(chart) => blocks.extend(chart.plain()),
            Block::Beside(parts) => {
                let parts = parts.into_iter().flatten();
                parts.for_each(|block| block.plain(blocks));
            }
            Block::Photographs(photographs) => {
                let captions = photographs.into_iter().map(|photograph| photograph.caption);
                blocks.push(Block::List(captions.collect()));
            }
            block => blocks.push(block),
        }
    }
}

/// A row for each figure.
fn tabled(tiles: Vec<Tile>) -> Table<'static> {
    let columns = vec![
        Column::left("label", ""),
        Column::right("figure", ""),
        Column::left("lines", "").wrapping(),
    ];
    let rows = tiles.into_iter().map(|tile| {
        let lines = tile.lines.into_iter().filter(|line| !line.is_empty());
        let lines = lines.reduce(|one, next| one.and("  ").and(next));
        Row::item(vec![tile.label, tile.figure, lines.unwrap_or_default()])
    });
    Table::new(columns, rows)
}

/// On which side a column's cells stand. Numbers stand at the right.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub(crate) enum Align {
    /// Words.
    #[default]
    Left,
    /// Numbers and days.
    Right,
}

/// One column of a table.
#[derive(Clone, Debug)]
pub(crate) struct Column {
    /// The column's name for machines; the same in every language.
    pub key: String,
    /// Its head.
    pub head: Text,
    /// Where its cells stand.
    pub align: Align,
    /// Whether a screen too narrow for the table may wrap this column's cells.
    pub wrap: bool,
    /// Whether a screen too narrow for the table may do without the column.
    pub spare: bool,
    /// What the head says on a screen that is too narrow for the table; a key below the table says what it stands for.
    pub brief: Option<Text>,
    /// Whether the cells are marks whose ground has the colour of their tone, so that the eye finds them: a heat table.
    pub filled: bool,
    /// Whether an empty cell goes on with the cell above: a document has one cell for them all, text leaves it empty.
    pub joined: bool,
}

impl Column {
    /// A column of words.
    pub(crate) fn left(key: impl Into<String>, head: impl Into<Text>) -> Self {
        Column {
            key: key.into(),
            head: head.into(),
            align: Align::Left,
            wrap: false,
            spare: false,
            brief: None,
            filled: false,
            joined: false,
        }
    }

    /// A column of marks, whose ground is filled.
    pub(crate) fn marks(key: impl Into<String>, head: impl Into<Text>) -> Self {
        Column {
            filled: true,
            ..Column::left(key, head)
        }
    }

    /// A column of numbers or days.
    pub(crate) fn right(key: impl Into<String>, head: impl Into<Text>) -> Self {
        Column {
            align: Align::Right,
            ..Column::left(key, head)
        }
    }

    /// The same column, which a narrow screen may do without.
    #[must_use]
    pub(crate) fn spare(mut self) -> Self {
        self.spare = true;
        self
    }

    /// The same column, whose head has something shorter to say where room is scarce.
    #[must_use]
    pub(crate) fn or_brief(mut self, brief: impl Into<Text>) -> Self {
        self.brief = Some(brief.into());
        self
    }

    /// The same column, where an empty cell goes on with the cell above.
    #[must_use]
    pub(crate) fn joined(mut self) -> Self {
        self.joined = true;
        self
    }

    /// The same column, allowed to wrap.
    #[must_use]
    pub(crate) fn wrapping(mut self) -> Self {
        self.wrap = true;
        self
    }
}

/// What a row of a table is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum RowKind {
    /// One thing among others.
    #[default]
    Item,
    /// What the others come to.
    Total,
}

/// One row: a cell for each column. Missing cells are empty, surplus ones are not shown.
#[derive(Clone, Debug)]
pub(crate) struct Row {
    /// The cells, in the order of the columns.
    pub cells: Vec<Text>,
    /// What the row is.
    pub kind: RowKind,
    /// What the first cell says on a screen that is too narrow for the table.
    pub brief: Option<Text>,
}

impl Row {
    /// A row about one thing.
    pub(crate) fn item(cells: Vec<Text>) -> Self {
        Row {
            cells,
            kind: RowKind::Item,
            brief: None,
        }
    }

    /// The same row, whose first cell has something shorter to say where room is scarce.
    #[must_use]
    pub(crate) fn or_brief(mut self, brief: impl Into<Text>) -> Self {
        self.brief = Some(brief.into());
        self
    }
}

/// A table: its columns, and rows that come one by one.
pub(crate) struct Table<'a> {
    /// What it is called where it stands alone, in a workbook; may be empty, and is short.
    pub name: String,
    /// What the cells of filled columns may say, each in its tone, whether any of them says so today or not.
    pub marks: Vec<Text>,
    /// The columns, left to right.
    pub columns: Vec<Column>,
    /// The rows, top to bottom.
    pub rows: Rows<'a>,
}

impl<'a> Table<'a> {
    /// A table of columns with rows in one piece.
    pub(crate) fn new<R>(columns: Vec<Column>, rows: R) -> Self
    where
        R: IntoIterator<Item = Row>,
        R::IntoIter: Send + 'a,
    {
        Table::of(columns, Rows::new(rows))
    }

    /// A table of columns with rows in pieces.
    pub(crate) fn of(columns: Vec<Column>, rows: Rows<'a>) -> Self {
        Table {
            name: String::new(),
            marks: Vec::new(),
            columns,
            rows,
        }
    }

    /// The same table, with what it is called where it stands alone.
    #[must_use]
    pub(crate) fn named(mut self, name: impl Into<String>) -> Self {
        self.name = name.into();
        self
    }

    /// The same table, with what the cells of its filled columns may say.
    #[must_use]
    pub(crate) fn with_marks(mut self, marks: impl IntoIterator<Item = Text>) -> Self {
        self.marks = marks.into_iter().collect();
        self
    }
}

/// Rows in a row, drawn one by one while the document is written.
pub(crate) type Piece<'a> = Box<dyn Iterator<Item = Row> + Send + 'a>;

/// The rows of a table, top to bottom. Those of a long one come in pieces, which several threads may draw at the same time.
pub(crate) struct Rows<'a>(pub Vec<Piece<'a>>);

/// How many rows, or things with a few rows each, make a piece worth a thread's while.
pub(crate) const PIECE: usize = 1024;

impl<'a> Rows<'a> {
    /// Rows in one piece.
    pub(crate) fn new<R>(rows: R) -> Self
    where
        R: IntoIterator<Item = Row>,
        R::IntoIter: Send + 'a,
    {
        Rows(vec![Box::new(rows.into_iter())])
    }

    /// Rows about many things in a list, in pieces: `rows` tells of so many of them in a row, of which the first has that place
    /// in the list.
    pub(crate) fn about<T: Sync, R>(things: &'a [T], rows: impl Fn(usize, &'a [T]) -> R) -> Self
    where
        R: Iterator<Item = Row> + Send + 'a,
    {
        let piece = |(at, things)| Box::new(rows(at * PIECE, things)) as Piece<'a>;
        Rows(things.chunks(PIECE).enumerate().map(piece).collect())
    }
}

impl<'a> IntoIterator for Rows<'a> {
    type Item = Row;
    type IntoIter = std::iter::Flatten<std::vec::IntoIter<Piece<'a>>>;

    fn into_iter(self) -> Self::IntoIter {
        self.0.into_iter().flatten()
    }
}
