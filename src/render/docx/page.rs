//! The sheet of paper, by GB/T 9704-2012, 5.1 and 5.2: A4, a type area of 156 × 225 mm, 22 lines of 28 letters. All
//! lengths are in twips: twentieths of a point.

/// Lines of the type area.
pub(super) const LINES: u32 = 22;

/// Han letters of a line.
pub(super) const LETTERS: u32 = 28;

/// The size of running text, in half points: 三号.
pub(super) const SIZE: u32 = 32;

/// One line: the height of the type area in 22 parts, rounded down so that 22 fit.
pub(super) const LINE: u32 = PORTRAIT.text_height() / LINES;

/// What each Han letter of running text gives up for 28 of them to fit in a line. Word's grid of letters would do the
/// same, but LibreOffice sets a letter that is larger than its field of the grid in two.
pub(super) const CLOSER: u32 = SIZE * 10 - PORTRAIT.text_width() / LETTERS;

/// Half a Han letter of running text.
pub(super) const HALF: u32 = PORTRAIT.text_width() / LETTERS / 2;

/// A sheet and its margins.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Page {
    pub(super) width: u32,
    pub(super) height: u32,
    pub(super) top: u32,
    pub(super) right: u32,
    pub(super) bottom: u32,
    pub(super) left: u32,
    /// From the lower edge to the page number, which stands 7 mm below the type area (7.5).
    pub(super) footer: u32,
}

/// Upright: margins of 37 mm above and 28 mm at the left.
pub(super) const PORTRAIT: Page = Page {
    width: twips(2100),
    height: twips(2970),
    top: twips(370),
    right: twips(260),
    bottom: twips(350),
    left: twips(280),
    footer: twips(230),
};

/// The same sheet turned, for tables that are too wide: what is bound is above.
pub(super) const LANDSCAPE: Page = Page {
    width: PORTRAIT.height,
    height: PORTRAIT.width,
    top: PORTRAIT.left,
    right: PORTRAIT.bottom,
    bottom: PORTRAIT.right,
    left: PORTRAIT.top,
    footer: twips(140),
};

/// Twips of so many tenths of a millimetre, to the nearest.
pub(super) const fn twips(tenths: u32) -> u32 {
    // An inch has 254 of the one and 1440 of the other.
    (tenths * 1440 + 127) / 254
}

impl Page {
    /// The width of the type area.
    pub(super) const fn text_width(self) -> u32 {
        self.width - self.left - self.right
    }

    /// The height of the type area.
    pub(super) const fn text_height(self) -> u32 {
        self.height - self.top - self.bottom
    }

    /// The section's properties.
    pub(super) fn section(self) -> String {
        let Page {
            width,
            height,
            top,
            right,
            bottom,
            left,
            footer,
        } = self;
        let turned = if width > height {
            " w:orient=\"landscape\""
        } else {
            ""
        };
        format!(
            "<w:sectPr><w:footerReference w:type=\"default\" r:id=\"rId4\"/>\
             <w:footerReference w:type=\"even\" r:id=\"rId5\"/>\
             <w:pgSz w:w=\"{width}\" w:h=\"{height}\"{turned}/>\
             <w:pgMar w:top=\"{top}\" w:right=\"{right}\" w:bottom=\"{bottom}\" w:left=\"{left}\" \
             w:header=\"851\" w:footer=\"{footer}\" w:gutter=\"0\"/>\
             <w:docGrid w:type=\"lines\" w:linePitch=\"{LINE}\"/></w:sectPr>"
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_page_is_that_of_the_standard() {
        let Page {
            width,
            height,
            top,
            right,
            bottom,
            left,
            footer: _,
        } = PORTRAIT;
        assert_eq!((width, height), (11906, 16838));
        assert_eq!((top, right, bottom, left), (2098, 1474, 1984, 1587));
        assert!(twips(1560).abs_diff(PORTRAIT.text_width()) <= 1);
        assert!(twips(2250).abs_diff(PORTRAIT.text_height()) <= 1);
        assert_eq!(LANDSCAPE.text_width(), PORTRAIT.text_height());
    }

    #[test]
    fn twenty_two_lines_and_twenty_eight_letters_fill_the_type_area() {
        assert_eq!(LINE, 579);
        let left = PORTRAIT.text_height() - LINES * LINE;
        assert!(left < LINES, "{left} twips are left");
        assert_eq!(CLOSER, 5);
        let left = PORTRAIT.text_width() - LETTERS * (SIZE * 10 - CLOSER);
        assert!(
            left < SIZE * 10,
            "{left} twips are left: a 29th letter fits"
        );
    }
}
