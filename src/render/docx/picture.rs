//! Charts as pictures in a line of their own.

use super::page::PORTRAIT;
use super::xml::escaped;
use crate::document::chart::Chart;
use crate::render::png;
use crate::render::svg::chart::{HEIGHT, WIDTH};

/// The namespaces of a drawing, of a picture in it, and of where both stand.
const DRAWING: &str = "http://schemas.openxmlformats.org/drawingml/2006";
/// Units of a drawing to a twip.
const UNITS: u32 = 635;

/// A chart that was drawn.
pub(super) struct Picture {
    /// The picture.
    pub(super) png: Vec<u8>,
    /// What it shows, in words.
    about: String,
}

impl Picture {
    /// The chart as a picture; nothing where no typeface of this machine has its letters.
    pub(super) fn of(chart: &Chart) -> Option<Self> {
        Some(Self {
            png: png::chart(chart).ok()?,
            about: chart.told.clone(),
        })
    }

    /// The paragraph that holds it, as wide as an upright page; `number` counts the pictures from 1. Its line is as tall as it is,
    /// and stays with the words below.
    pub(super) fn paragraph(&self, number: usize) -> String {
        let width = PORTRAIT.text_width() * UNITS;
        let height = (f64::from(width) * HEIGHT / WIDTH) as u32;
        let about = escaped(&self.about);
        let name = name(number);
        let relation = relation(number);
        format!(
            "<w:p><w:pPr><w:pStyle w:val=\"Normal\"/><w:keepNext/><w:spacing w:line=\"240\" w:lineRule=\"auto\"/>\
             <w:jc w:val=\"center\"/></w:pPr><w:r><w:drawing>\
             <wp:inline xmlns:wp=\"{DRAWING}/wordprocessingDrawing\" distT=\"0\" distB=\"0\" distL=\"0\" distR=\"0\">\
             <wp:extent cx=\"{width}\" cy=\"{height}\"/><wp:docPr id=\"{number}\" name=\"{name}\" descr=\"{about}\"/>\
             <a:graphic xmlns:a=\"{DRAWING}/main\"><a:graphicData uri=\"{DRAWING}/picture\">\
             <pic:pic xmlns:pic=\"{DRAWING}/picture\"><pic:nvPicPr><pic:cNvPr id=\"{number}\" name=\"{name}\"/><pic:cNvPicPr/>\
             </pic:nvPicPr><pic:blipFill><a:blip r:embed=\"{relation}\"/><a:stretch><a:fillRect/></a:stretch></pic:blipFill>\
             <pic:spPr><a:xfrm><a:off x=\"0\" y=\"0\"/><a:ext cx=\"{width}\" cy=\"{height}\"/></a:xfrm>\
             <a:prstGeom prst=\"rect\"><a:avLst/></a:prstGeom></pic:spPr></pic:pic></a:graphicData></a:graphic></wp:inline>\
             </w:drawing></w:r></w:p>"
        )
    }
}

/// The file of a picture in `media`.
pub(super) fn name(number: usize) -> String {
    format!("chart{number}.png")
}

/// What the document calls it.
pub(super) fn relation(number: usize) -> String {
    format!("rIdChart{number}")
}
