//! A whole document as one picture: its blocks below one another, as wide as a phone, or as its widest table.

use std::io::{self, Write};

use super::table::Grid;
use super::{Anchor, Length, cards, chart, lines, runs};
use crate::document::{Block, Document, Text, Tile, Tone};
use crate::render::html::escaped;

/// The width of a phone.
const PHONE: f64 = 390.0;
/// Around everything.
const MARGIN: f64 = 16.0;
/// The sizes of running letters, of a tile's figure and of small letters; of headings, by level.
const SIZE: f64 = 15.0;
const FIGURE: f64 = 26.0;
const SMALL: f64 = 12.5;
const HEADS: [f64; 3] = [20.0, 17.0, 15.0];
/// From one line to the next, in letters.
const LEADING: f64 = 1.45;

/// How tall a picture may be: what programs still open, and not too much memory.
pub(in crate::render) const TALLEST: f64 = 16_000.0;

/// A picture that would be taller than [`TALLEST`].
#[derive(Debug, thiserror::Error)]
#[error("the picture would be more than {TALLEST} points tall")]
pub(crate) struct TooTall;

/// Draws a document; `families` are the typefaces of its words, the first that is there.
///
/// # Errors
/// What writing runs into; [`TooTall`].
pub(in crate::render) fn write(
    out: &mut dyn Write,
    document: Document<'_>,
    families: &str,
) -> io::Result<()> {
    let Document {
        lang,
        title,
        narrow,
        blocks,
        ..
    } = document;
    let blocks = blocks
        .into_iter()
        .map(|block| Part::of(block, narrow))
        .collect::<io::Result<Vec<_>>>()?;
    let widest = blocks.iter().map(Part::width).fold(0.0, f64::max);
    let mut page = Page {
        width: (widest + 2.0 * MARGIN).max(PHONE).ceil(),
        y: MARGIN,
        body: String::new(),
    };
    for block in blocks {
        page.part(block)?;
    }
    let (width, height) = (Length(page.width), Length(page.y + MARGIN));
    write!(
        out,
        "<svg xmlns=\"http://www.w3.org/2000/svg\" xml:lang=\"{}\" xml:space=\"preserve\" width=\"{width}\" height=\"{height}\" \
         viewBox=\"0 0 {width} {height}\" font-family=\"{}\" role=\"img\">\n<title>{}</title>\n<style>\n{}</style>\n\
         <rect class=\"paper\" width=\"{width}\" height=\"{height}\"/>\n{}</svg>\n",
        escaped(&lang),
        escaped(families),
        escaped(&title),
        super::style(),
        page.body,
    )
}

/// A block, with its table laid out.
enum Part<'a> {
    Block(Block<'a>),
    Table(Grid),
    Cards(Grid),
    Beside(Vec<Part<'a>>),
}

impl<'a> Part<'a> {
    fn of(block: Block<'a>, narrow: bool) -> io::Result<Self> {
        Ok(match block {
            Block::Table(table) => {
                let grid = Grid::of(table)?;
                let fits = grid.width() <= PHONE - 2.0 * MARGIN;
                match narrow && !fits && !grid.is_board() {
                    true => Part::Cards(grid),
                    false => Part::Table(grid),
                }
            }
            Block::Beside(parts) => {
                let parts = parts.into_iter().flatten();
                let parts = parts.map(|block| Part::of(block, narrow));
                Part::Beside(parts.collect::<io::Result<_>>()?)
            }
            block => Part::Block(block),
        })
    }

    fn width(&self) -> f64 {
        match self {
            Part::Block(_) | Part::Cards(_) => 0.0,
            Part::Table(grid) => grid.width(),
            Part::Beside(parts) => parts.iter().map(Part::width).fold(0.0, f64::max),
        }
    }
}

/// The picture so far: what it is as wide as, and down to where it is drawn.
struct Page {
    width: f64,
    y: f64,
    body: String,
}

impl Page {
    fn part(&mut self, part: Part<'_>) -> io::Result<()> {
        let room = self.room();
        match part {
            Part::Block(block) => self.block(block),
            Part::Table(grid) => {
                self.y += 4.0;
                self.y = grid.draw(&mut self.body, MARGIN, self.y, room);
                self.y += 12.0;
            }
            Part::Cards(grid) => {
                self.y = cards::draw(&mut self.body, &grid, MARGIN, self.y, room);
                self.y += 8.0;
            }
            Part::Beside(parts) => parts.into_iter().try_for_each(|part| self.part(part))?,
        }
        match self.y > TALLEST {
            true => Err(io::Error::other(TooTall)),
            false => Ok(()),
        }
    }

    fn block(&mut self, block: Block<'_>) {
        match block {
            Block::Heading { level, text, aside } => {
                let size = HEADS[usize::from(level.clamp(1, 3)) - 1];
                self.y += size * 0.5;
                self.words(&text.in_tone(Tone::Strong), size, Anchor::Start);
                self.words(&aside.in_tone(Tone::Dim), SMALL, Anchor::Start);
                self.y += 4.0;
            }
            Block::Line(text) | Block::Paragraph(text) | Block::Salutation(text) => {
                self.words(&text, SIZE, Anchor::Start);
            }
            Block::List(items) => {
                for item in items {
                    self.words(&Text::from("· ").and(item), SIZE, Anchor::Start);
                }
            }
            Block::Pre(text) => {
                for line in text.lines() {
                    self.words(&line.into(), SIZE, Anchor::Start);
                }
            }
            Block::Letterhead { organ, number } => {
                self.words(&organ.in_tone(Tone::Strong), HEADS[0], Anchor::Middle);
                self.words(&number, SIZE, Anchor::Middle);
            }
            Block::Closing { organ, day } => {
                self.words(&organ, SIZE, Anchor::End);
                self.words(&day, SIZE, Anchor::End);
            }
            Block::Copies(copies) => {
                for line in copies {
                    self.words(&line, SIZE, Anchor::Start);
                }
            }
            Block::Verdict(text) => self.verdict(&text),
            Block::Tiles(tiles) => self.tiles(&tiles),
            Block::Chart(contents) => {
                let scale = (self.room() / chart::WIDTH).min(1.6);
                self.body.push_str(&format!(
                    "<g class=\"chart\" transform=\"translate({} {}) scale({scale:.3})\">{}</g>\n",
                    Length(MARGIN),
                    Length(self.y),
                    chart::drawn(&contents)
                ));
                self.y += chart::HEIGHT * scale + 8.0;
            }
            Block::Blank => self.y += SIZE * 0.5,
            Block::Photographs(photographs) => {
                for photograph in photographs {
                    self.words(&photograph.caption, SIZE, Anchor::Start);
                }
            }
            // Laid out before.
            Block::Table(_) | Block::Beside(_) => {}
        }
    }

    fn room(&self) -> f64 {
        self.width - 2.0 * MARGIN
    }

    /// Lines of words, from the margin or to it.
    fn words(&mut self, text: &Text, size: f64, anchor: Anchor) {
        let x = match anchor {
            Anchor::Start => MARGIN,
            Anchor::Middle => self.width / 2.0,
            Anchor::End => self.width - MARGIN,
        };
        for line in lines(text, size, self.room()) {
            self.y += size * LEADING;
            let baseline = self.y - size * 0.35;
            self.body.push_str(&runs(x, baseline, size, anchor, &line));
            self.body.push('\n');
        }
    }

    /// The sentence on a ground of its own, with a stroke before it.
    fn verdict(&mut self, text: &Text) {
        let size = SIZE + 1.0;
        let lines = lines(text, size, self.room() - 28.0);
        let height = lines.len() as f64 * size * LEADING + 16.0;
        self.y += 4.0;
        self.rect("bed", MARGIN, self.y, self.room(), height);
        self.rect("seal", MARGIN, self.y, 5.0, height);
        let mut y = self.y + 8.0;
        for line in lines {
            y += size * LEADING;
            self.body.push_str(&runs(
                MARGIN + 16.0,
                y - size * 0.35,
                size,
                Anchor::Start,
                &line,
            ));
        }
        self.body.push('\n');
        self.y += height + 10.0;
    }

    /// As many tiles in a row as have room, two at least, in rows of like length.
    fn tiles(&mut self, tiles: &[Tile]) {
        const GAP: f64 = 10.0;
        let across = ((self.room() + GAP) / 170.0).floor().max(2.0);
        // No tile stands alone below others that fill a row.
        let rows = (tiles.len().max(1) as f64 / across).ceil();
        let across = (tiles.len().max(1) as f64 / rows).ceil();
        let width = (self.room() + GAP) / across - GAP;
        for row in tiles.chunks(across as usize) {
            let small = |tile: &Tile| {
                let all = tile.lines.iter();
                all.flat_map(|line| lines(line, SMALL, width - 20.0))
                    .collect::<Vec<_>>()
            };
            let most = row.iter().map(|tile| small(tile).len()).max().unwrap_or(0);
            let height = 24.0 + FIGURE * 1.35 + most as f64 * SMALL * LEADING + 10.0;
            for (at, tile) in row.iter().enumerate() {
                let x = MARGIN + at as f64 * (width + GAP);
                self.rect("tile", x, self.y, width, height);
                let x = x + 10.0;
                let mut y = self.y + 20.0;
                self.body
                    .push_str(&runs(x, y, SMALL + 0.5, Anchor::Start, &tile.label));
                y += FIGURE * 1.2;
                let figure = match tile.figure.0.as_slice() {
                    [span] if span.tone == Tone::Plain => tile.figure.clone().in_tone(Tone::Strong),
                    _ => tile.figure.clone(),
                };
                self.body
                    .push_str(&runs(x, y, FIGURE, Anchor::Start, &figure));
                y += 4.0;
                for line in small(tile) {
                    y += SMALL * LEADING;
                    self.body.push_str(&runs(x, y, SMALL, Anchor::Start, &line));
                }
                self.body.push('\n');
            }
            self.y += height + GAP;
        }
    }

    fn rect(&mut self, class: &str, x: f64, y: f64, width: f64, height: f64) {
        self.body.push_str(&super::rect(class, x, y, width, height));
    }
}
