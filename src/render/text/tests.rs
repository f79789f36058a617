//! What terminals get, at the lowest level.

use unicode_width::UnicodeWidthStr;

use super::*;
use crate::document::{Block, Column, Row, Table, Text};
use crate::render::sample::total;

fn written(document: Document<'_>, width: Option<usize>, colour: bool) -> String {
    let mut out = Vec::new();
    write(&mut out, document, Screen { width, colour }).unwrap();
    String::from_utf8(out).unwrap()
}

fn lagging(rows: usize) -> Document<'static> {
    let mut document = Document::new("zh-CN", "进度滞后单位");
    document.heading(
        2,
        "进度滞后单位  6 个, 10 件",
        Text::from("截至2020-07-03 周五    ").and(("[示例数据]", Tone::Notice)),
    );
    let columns = vec![
        Column::right("rank", "序"),
        Column::left("unit", "单位"),
        Column::right("overdue", "件"),
        Column::left("dues", "逾期任务(时限)").wrapping(),
        Column::left("contact", "责任人"),
    ];
    document.table(Table::new(
        columns,
        (1..=rows).map(|rank| {
            Row::item(vec![
                rank.to_string().into(),
                if rank % 2 == 0 {
                    "塘坝村"
                } else {
                    "蔡家湾社区"
                }
                .into(),
                (rank % 7).to_string().into(),
                Text::from(("责任人(06-24) 横幅(06-30) 海报12/20张 ", Tone::Overdue))
                    .and("信息6月(06-30) 曝光率二百一十户"),
                "未确定".into(),
            ])
        }),
    ));
    document
}

#[test]
fn lines_fit_the_screen_and_columns_stand_in_line() {
    for width in [60, 80, 120] {
        let text = written(lagging(9), Some(width), false);
        for line in text.lines() {
            assert!(line.width() <= width, "{width}: {line}");
            assert_eq!(line, line.trim_end());
        }
        // The contact's column begins at the same place in every row that has one.
        let places: Vec<usize> = text
            .lines()
            .filter_map(|line| Some(line[..line.find("未确定")?].width()))
            .collect();
        assert_eq!(places.len(), 9, "{text}");
        assert!(places.iter().all(|place| *place == places[0]), "{text}");
        // Wrapping drops spaces at line ends and nothing else: every Han letter of every row is there.
        for letter in "塘限海横信曝率户".chars() {
            let count = text.matches(letter).count();
            let expected = match letter {
                '塘' => 4,
                '限' => 1,
                _ => 9,
            };
            assert_eq!(count, expected, "{width} {letter}: {text}");
        }
    }
}

#[test]
fn an_aside_stands_at_the_right_or_below() {
    let heading = |width| {
        let mut document = Document::new("zh-CN", "");
        document.heading(1, "清江镇进度表", "截至2020-07-03");
        written(document, width, false)
    };
    let line = heading(Some(40));
    assert_eq!(line.trim_end().width(), 40);
    assert!(line.starts_with("清江镇进度表  ") && line.ends_with("  截至2020-07-03\n"));
    assert_eq!(heading(None), "清江镇进度表    截至2020-07-03\n");
    assert_eq!(heading(Some(20)), "清江镇进度表\n截至2020-07-03\n");
    assert_eq!(heading(Some(300)).trim_end().width(), FURTHEST);
}

#[test]
fn columns_are_left_out_before_running_words_are_squeezed() {
    let log = || {
        let mut document = Document::new("zh-CN", "");
        let columns = vec![
            Column::left("id", "编号"),
            Column::left("actor", "登记人").spare(),
            Column::left("told", "内容").wrapping(),
        ];
        let cells = [
            "c69e540a",
            "王干事",
            "报送 数量12 微信 佐证1份 张贴海报12张",
        ];
        document.table(Table::new(
            columns,
            [Row::item(cells.map(Text::from).to_vec())],
        ));
        document
    };
    assert_eq!(
        written(log(), Some(44), false),
        "编号     登记人 内容\nc69e540a 王干事 报送 数量12 微信 佐证1份\n                张贴海报12张\n"
    );
    assert_eq!(
        written(log(), Some(36), false),
        "编号     内容\nc69e540a 报送 数量12 微信 佐证1份\n         张贴海报12张\n"
    );
}

#[test]
fn a_title_that_wraps_begins_no_line_with_a_space() {
    let mut document = Document::new("zh-CN", "");
    document.heading(1, "清江镇宣传工作方案  进度表", "截至2020-07-03");
    assert_eq!(
        written(document, Some(20), false),
        "清江镇宣传工作方案\n进度表\n截至2020-07-03\n"
    );
}

#[test]
fn numbers_stand_at_the_right_and_nothing_wraps_without_a_screen() {
    let text = written(lagging(2), None, false);
    assert_eq!(text.lines().count(), 4);
    assert!(
        text.contains("\n 1  蔡家湾社区   1  责任人(06-24)"),
        "{text}"
    );
    assert!(
        text.contains("\n 2  塘坝村       2  责任人(06-24)"),
        "{text}"
    );
}

#[test]
fn a_long_table_stands_like_a_short_one_and_wraps_too() {
    for width in [None, Some(80)] {
        let (short, long) = (
            written(lagging(400), width, false),
            written(lagging(700), width, false),
        );
        assert_eq!(
            short.lines().skip(1).take(50).collect::<Vec<_>>(),
            long.lines().skip(1).take(50).collect::<Vec<_>>()
        );
        assert_eq!(long.matches("未确定").count(), 700);
        assert!(
            long.lines()
                .all(|line| line.width() <= width.unwrap_or(200))
        );
    }
}

#[test]
fn a_late_wide_cell_is_never_cut() {
    let mut document = Document::new("en", "");
    let rows = (0..600).map(|n| {
        let name = if n == 599 {
            "a name longer than those before it"
        } else {
            "short"
        };
        Row::item(vec![name.into(), "1".into()])
    });
    document.table(Table::new(
        vec![Column::left("name", "name"), Column::right("n", "n")],
        rows,
    ));
    let text = written(document, Some(20), false);
    assert!(
        text.ends_with("\na name longer than those before it  1\n"),
        "{text}"
    );
}

#[test]
fn colours_only_when_asked_and_never_from_the_data() {
    let document = || {
        let mut document = Document::new("en", "");
        document.line(Text::from("\u{1b}[31mred\u{9b}\u{202e} ").and(("late", Tone::Late)));
        document.table(Table::new(
            vec![Column::left("a", "a\tb")],
            [total(vec!["x\ny\u{1b}]0;title\u{7}".into()])],
        ));
        document.pre("one\r\n\ttwo\u{1b}c\n");
        document
    };
    let plain = written(document(), Some(80), false);
    assert!(!plain.contains('\u{1b}'));
    assert_eq!(
        plain,
        "\\u{1b}[31mred\\u{9b}\\u{202e} late\na\\tb\nx\\ny\\u{1b}]0;title\\u{7}\none\n    two\\u{1b}c\n"
    );
    let coloured = written(document(), Some(80), true);
    assert!(coloured.contains("\u{1b}[33mlate\u{1b}[0m"));
    assert!(coloured.contains("\u{1b}[1mx\\ny"));
    assert!(!coloured.contains("\u{1b}[31m"));
}

#[test]
fn colour_changes_no_place() {
    for width in [60, 80, 120] {
        let coloured = written(lagging(3), Some(width), true);
        let mut bare = String::new();
        for piece in coloured.split('\u{1b}') {
            let end = if piece.starts_with('[') {
                piece.find('m').map_or(0, |at| at + 1)
            } else {
                0
            };
            bare.push_str(&piece[end..]);
        }
        let bare: Vec<&str> = bare.lines().map(str::trim_end).collect();
        let plain = written(lagging(3), Some(width), false);
        assert_eq!(bare, plain.lines().collect::<Vec<_>>(), "{width}");
    }
}

#[test]
fn long_lines_and_points_wrap_clear_of_their_mark() {
    let mut document = Document::new("zh-CN", "");
    document.line("未到期任务收起九项,最近到期的是七月三十一日的报送信息");
    document.list(vec!["塘坝村 横幅 海报 责任人 信息六月".into(), "短".into()]);
    let text = written(document, Some(24), false);
    assert!(text.lines().all(|line| line.width() <= 24), "{text}");
    assert!(
        text.contains("\n- 塘坝村 横幅") && text.contains("\n  "),
        "{text}"
    );
    assert!(text.ends_with("\n- 短\n"));
}

/// The heads of a table.
fn heads(block: Block<'_>) -> Option<Vec<Text>> {
    match block {
        Block::Table(table) => Some(
            table
                .columns
                .into_iter()
                .map(|column| column.head)
                .collect(),
        ),
        _ => None,
    }
}

#[test]
fn a_file_keeps_to_the_width_of_a_page_and_leaves_no_column_out() {
    let document = |rows| {
        let mut document = lagging(rows);
        document.line("未到期任务收起九项,".repeat(9));
        document
    };
    let mut out = Vec::new();
    write_file(&mut out, document(2)).unwrap();
    let text = String::from_utf8(out).unwrap();
    let mut widths = text.lines().map(UnicodeWidthStr::width);
    assert!(widths.all(|width| width <= 80), "{text}");
    for column in document(0).blocks.into_iter().filter_map(heads).flatten() {
        assert!(text.contains(&column.plain()), "{text}");
    }
}

#[test]
fn a_letter_reads_as_one_within_the_width_of_a_page() {
    let told = |width| {
        let chinese = written(crate::render::sample::notice(3), width, false);
        let english = written(crate::render::sample::english(), width, false);
        format!("{chinese}\n{english}")
    };
    let text = told(Some(80));
    assert!(text.lines().all(|line| line.width() <= 80), "{text}");
    insta::assert_snapshot!("a_letter_at_80_columns", text);
    insta::assert_snapshot!("a_letter_at_60_columns", told(Some(60)));
}

#[test]
fn heads_give_way_to_numbers_with_a_key() {
    let board = || {
        let mut document = Document::new("zh-CN", "");
        let mut columns = vec![Column::left("name", "单位")];
        let tasks = ["横幅", "宣传栏", "小手拉大手"].iter().zip(1..);
        columns.extend(tasks.map(|(task, at)| Column::left(*task, *task).or_brief(at.to_string())));
        columns.push(Column::right("n", "应完成").spare());
        let cells = ["塘坝村", "完", "欠", ".", "12"].map(Text::from).to_vec();
        document.table(Table::new(columns, [Row::item(cells)]));
        document
    };
    assert_eq!(
        written(board(), Some(40), false),
        "单位    横幅  宣传栏  小手拉大手  应完成\n塘坝村  完    欠      .               12\n"
    );
    assert_eq!(
        written(board(), Some(24), false),
        "单位   1  2  3 应完成\n塘坝村 完 欠 .     12\n1=横幅 2=宣传栏\n3=小手拉大手\n"
    );
    assert_eq!(
        written(board(), Some(16), false),
        "单位   1  2  3\n塘坝村 完 欠 .\n1=横幅 2=宣传栏\n3=小手拉大手\n"
    );
}

#[test]
fn a_page_is_drawn_in_letters() {
    let page = written(crate::render::sample::page(), Some(80), false);
    for part in [
        "完成率 89.2%,较上周上升 2.1 个百分点。6 个单位滞后",
        "滞后单位        6  共 25 个单位  新增 1,退出 1\n",
        "长滩河村  ####### 10天",
        "- 新增完成 1 件\n- 下周到期 0 件\n",
        "人员集中区悬挂横幅      17  ################=...\n",
        "日期  应完成  已完成\n",
        "横幅  ===+|...+...\n",
    ] {
        assert!(page.contains(part), "{part}: {page}");
    }
    assert!(page.lines().all(|line| line.width() <= 80), "{page}");
    let coloured = written(crate::render::sample::page(), Some(80), true);
    assert!(
        coloured.contains("\u{1b}[32m################"),
        "{coloured}"
    );
}
