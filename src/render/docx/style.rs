//! How each piece looks, by GB/T 9704-2012, 7: typefaces, sizes and spacing as named styles, so that an office can change
//! one for all. Typefaces that a machine lacks are replaced by its office software; the list of typefaces names others to
//! take first.

use super::WORD;
use super::page::{CLOSER, HALF, LINE, SIZE};

/// A typeface of the standard.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Face {
    /// 小标宋, of titles and heads. No system comes with it; offices have it from a foundry.
    Title,
    /// 仿宋, of running text.
    Running,
    /// 黑体, of the first level of headings.
    Black,
    /// 楷体, of the second.
    Script,
    /// 宋体, of page numbers.
    Song,
}

impl Face {
    const ALL: [Face; 5] = [
        Face::Title,
        Face::Running,
        Face::Black,
        Face::Script,
        Face::Song,
    ];

    const fn name(self) -> &'static str {
        match self {
            Face::Title => "方正小标宋简体",
            Face::Running => "仿宋",
            Face::Black => "黑体",
            Face::Script => "楷体",
            Face::Song => "宋体",
        }
    }

    /// The names of the same typeface, or of the next best, on other systems.
    const fn others(self) -> &'static str {
        match self {
            Face::Title => "FZXiaoBiaoSong-B05S, 方正小标宋_GBK, 华文中宋, STZhongsong, 宋体",
            Face::Running => "FangSong, 仿宋_GB2312, FangSong_GB2312, 华文仿宋, STFangsong",
            Face::Black => "SimHei, Noto Sans CJK SC, Source Han Sans SC",
            Face::Script => "KaiTi, 楷体_GB2312, KaiTi_GB2312, 华文楷体, STKaiti",
            Face::Song => "SimSun, Noto Serif CJK SC, Source Han Serif SC",
        }
    }
}

/// The typeface of Latin letters and figures, except where the standard says 宋体.
const LATIN: &str = "Times New Roman";

/// One style.
struct Style {
    id: &'static str,
    name: &'static str,
    face: Face,
    /// In half points.
    size: u32,
    bold: bool,
    /// Elements of `w:pPr`, in the order of the schema.
    paragraph: String,
}

fn all(chinese: bool) -> Vec<Style> {
    let style = |id, name, face, size, paragraph: String| Style {
        id,
        name,
        face,
        size,
        // Latin typefaces have no 黑体 and 楷体: there, heads are bold.
        bold: !chinese && matches!(face, Face::Title | Face::Black | Face::Script),
        paragraph,
    };
    let indent = format!(
        "<w:ind w:firstLineChars=\"200\" w:firstLine=\"{}\"/>",
        4 * HALF
    );
    let heading = |level: u32| {
        format!("<w:keepNext/><w:keepLines/>{indent}<w:outlineLvl w:val=\"{level}\"/>")
    };
    let mut styles = vec![
        style(
            "Title",
            "Title",
            Face::Title,
            44,
            "<w:keepNext/><w:keepLines/><w:snapToGrid w:val=\"0\"/>\
             <w:spacing w:line=\"700\" w:lineRule=\"exact\"/><w:jc w:val=\"center\"/>"
                .to_string(),
        ),
        style(
            "Subtitle",
            "Subtitle",
            Face::Script,
            32,
            "<w:keepNext/><w:jc w:val=\"center\"/>".to_string(),
        ),
        style("Heading1", "heading 1", Face::Black, 32, heading(0)),
        style("Heading2", "heading 2", Face::Script, 32, heading(1)),
        Style {
            bold: true,
            ..style("Heading3", "heading 3", Face::Running, 32, heading(2))
        },
        style("Running", "Body Text First Indent", Face::Running, 32, indent),
        style(
            "Point",
            "List",
            Face::Running,
            32,
            format!("<w:ind w:left=\"{}\" w:hanging=\"{}\"/>", 6 * HALF, 2 * HALF),
        ),
        style(
            "Organ",
            "Letterhead",
            Face::Title,
            44,
            "<w:keepNext/><w:snapToGrid w:val=\"0\"/><w:jc w:val=\"center\"/>".to_string(),
        ),
        style(
            "Number",
            "Document Number",
            Face::Running,
            32,
            format!(
                "<w:keepNext/><w:pBdr><w:bottom w:val=\"single\" w:sz=\"18\" w:space=\"11\" w:color=\"FF0000\"/></w:pBdr>\
                 <w:spacing w:before=\"{}\"/><w:jc w:val=\"center\"/>",
                2 * LINE
            ),
        ),
        style(
            "Closing",
            "Closing",
            Face::Running,
            32,
            "<w:keepLines/><w:jc w:val=\"right\"/>".to_string(),
        ),
        style(
            "Copies",
            "Copies",
            Face::Running,
            28,
            "<w:snapToGrid w:val=\"0\"/><w:spacing w:line=\"480\" w:lineRule=\"exact\"/>".to_string(),
        ),
        style(
            "Verbatim",
            "Plain Text",
            Face::Song,
            21,
            "<w:snapToGrid w:val=\"0\"/><w:spacing w:line=\"320\" w:lineRule=\"exact\"/><w:jc w:val=\"left\"/>"
                .to_string(),
        ),
        style(
            "Gap",
            "Gap",
            Face::Running,
            12,
            "<w:snapToGrid w:val=\"0\"/><w:spacing w:line=\"160\" w:lineRule=\"exact\"/>".to_string(),
        ),
        style(
            "Footer",
            "footer",
            Face::Song,
            28,
            "<w:snapToGrid w:val=\"0\"/><w:spacing w:line=\"320\" w:lineRule=\"exact\"/>".to_string(),
        ),
    ];
    let cell = "<w:snapToGrid w:val=\"0\"/><w:spacing w:before=\"40\" w:after=\"40\" w:line=\"240\" w:lineRule=\"auto\"/>";
    for (size, body, head) in CELLS {
        styles.push(style(
            body,
            body,
            Face::Running,
            size,
            format!("{cell}<w:jc w:val=\"left\"/>"),
        ));
        styles.push(style(
            head,
            head,
            Face::Black,
            size,
            format!("{cell}<w:jc w:val=\"center\"/>"),
        ));
    }
    styles
}

/// The sizes of tables in half points, 小四 五号 小五 六号, with the styles of their cells and heads.
pub(super) const CELLS: [(u32, &str, &str); 4] = [
    (24, "Cell12", "CellHead12"),
    (21, "Cell10", "CellHead10"),
    (18, "Cell9", "CellHead9"),
    (15, "Cell7", "CellHead7"),
];

/// `styles.xml`.
pub(super) fn styles(chinese: bool) -> String {
    let lang = if chinese { "zh-CN" } else { "en-GB" };
    let look = format!(
        "{}{}<w:sz w:val=\"{SIZE}\"/><w:szCs w:val=\"{SIZE}\"/><w:lang w:val=\"{lang}\" w:eastAsia=\"zh-CN\"/>",
        fonts(Face::Running),
        closer(chinese, SIZE),
    );
    let mut out = format!(
        "<w:styles xmlns:w=\"{WORD}\"><w:docDefaults><w:rPrDefault><w:rPr>{look}</w:rPr></w:rPrDefault><w:pPrDefault/>\
         </w:docDefaults><w:style w:type=\"paragraph\" w:default=\"1\" w:styleId=\"Normal\"><w:name w:val=\"Normal\"/>\
         <w:qFormat/><w:pPr><w:widowControl w:val=\"0\"/><w:spacing w:line=\"{LINE}\" w:lineRule=\"exact\"/>\
         <w:jc w:val=\"{}\"/></w:pPr><w:rPr>{look}</w:rPr></w:style>",
        if chinese { "both" } else { "left" },
    );
    for style in all(chinese) {
        let Style {
            id,
            name,
            face,
            size,
            bold,
            paragraph,
        } = style;
        let bold = if bold { "<w:b/>" } else { "" };
        let colour = if id == "Organ" {
            "<w:color w:val=\"FF0000\"/>"
        } else {
            ""
        };
        out.push_str(&format!(
            "<w:style w:type=\"paragraph\" w:styleId=\"{id}\"><w:name w:val=\"{name}\"/><w:basedOn w:val=\"Normal\"/>\
             <w:qFormat/><w:pPr>{paragraph}</w:pPr><w:rPr>{}{bold}{colour}{}<w:sz w:val=\"{size}\"/>\
             <w:szCs w:val=\"{size}\"/></w:rPr></w:style>",
            fonts(face),
            closer(chinese && face != Face::Title, size),
        ));
    }
    out.push_str("</w:styles>");
    out
}

/// The letters of running text stand a little closer than they are wide; others as they are.
fn closer(chinese: bool, size: u32) -> String {
    let space = if chinese && size == SIZE {
        -i64::from(CLOSER)
    } else {
        0
    };
    format!("<w:spacing w:val=\"{space}\"/>")
}

fn fonts(face: Face) -> String {
    let latin = if face == Face::Song {
        face.name()
    } else {
        LATIN
    };
    format!(
        "<w:rFonts w:ascii=\"{latin}\" w:hAnsi=\"{latin}\" w:eastAsia=\"{}\" w:cs=\"{LATIN}\"/>",
        face.name()
    )
}

/// `fontTable.xml`: what to take where a typeface is missing.
pub(super) fn font_table() -> String {
    let mut out = format!("<w:fonts xmlns:w=\"{}\">", WORD);
    for face in Face::ALL {
        out.push_str(&format!(
            "<w:font w:name=\"{}\"><w:altName w:val=\"{}\"/><w:charset w:val=\"86\"/><w:family w:val=\"auto\"/>\
             <w:pitch w:val=\"default\"/></w:font>",
            face.name(),
            face.others()
        ));
    }
    out.push_str("</w:fonts>");
    out
}
