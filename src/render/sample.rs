//! Made-up letters and pages for the tests of the formats: what an office would send, with every part that they have.

use crate::document::chart::{Chart, Mark, MarkKind, Series, Tick};
use crate::document::{
    Block, Column, Document, Figure, Part, Row, RowKind, Table, Text, Tile, Tone, Track,
};

const UNITS: [&str; 21] = [
    "海生社区",
    "中岭坪社区",
    "腊红社区",
    "永兴社区",
    "柏林村",
    "塘坝村",
    "杏垭村",
    "峰垭村",
    "昆山村",
    "巾字村",
    "黄包村",
    "石柱村",
    "大排村",
    "龙潭村",
    "蔡家湾村",
    "九湾村",
    "洛咖村",
    "长滩河村",
    "八家坪村",
    "水井村",
    "灵江桥村",
];

/// A notice in Chinese, of `rows` units.
pub(super) fn notice(rows: usize) -> Document<'static> {
    let mut document = Document::new("zh-CN", "关于第七次全国人口普查宣传工作进展情况的通报");
    document.blocks.push(Block::Letterhead {
        organ: "巴中市巴州区清江镇人民政府".into(),
        number: "清府〔2020〕 号".into(),
    });
    document.heading(
        1,
        "关于第七次全国人口普查宣传工作进展情况的通报",
        "（第2期）",
    );
    document
        .blocks
        .push(Block::Salutation("各村（社区）、镇属各部门：".into()));
    paragraph(
        &mut document,
        "根据《清江镇第七次全国人口普查宣传工作方案》要求，截至2020年7月3日，镇人口普查领导小组办公室对各单位\
         落实情况进行了督查。现将有关情况通报如下。",
    );
    document.heading(2, "一、上期通报单位整改情况", "");
    paragraph(
        &mut document,
        "上期通报的5个单位中，大排村、塘坝村2个单位已按期整改到位；洛咖村经2次催办仍未完成，本期继续通报。",
    );
    document.heading(2, "二、总体进展", "");
    paragraph(&mut document,
        Text::from("应完成91件，已完成79件，完成率86.8%，其中按期完成75件（82.4%）；逾期未完成10件，涉及6个单位。")
            .and(("退回整改2件。", Tone::Strong)),
    );
    document.heading(2, "三、进度滞后单位", "");
    document.heading(3, "（一）各村（社区）", "");
    paragraph(
        &mut document,
        "下列单位有逾期未完成事项，予以通报，按强化考核办法扣分：",
    );
    document.table(Table::new(vec![
            Column::right("no", "序号"),
            Column::left("unit", "责任单位"),
            Column::left("tasks", "逾期事项（依据、时限）").wrapping(),
            Column::right("days", "最长逾期"),
            Column::right("reminders", "催办"),
            Column::right("points", "扣分"),
        ], (0..rows).map(|at| {
            Row::item(vec![
                (at + 1).to_string().into(),
                UNITS[at % UNITS.len()].into(),
                if at % 3 == 0 {
                    "横幅（二（一）1，6月30日）、海报12/20张（二（一）1，6月30日）、信息6月（三（二），6月30日）"
                } else {
                    "信息6月（三（二），6月30日）"
                }
                .into(),
                Text::from((format!("{}天", 3 + at % 7), Tone::Overdue)),
                format!("{}次", at % 3).into(),
                format!("-{}.0", 1 + at % 3).into(),
            ])
        })));
    document.heading(3, "（二）督办单位自身", "");
    paragraph(&mut document, "镇人普办本期无逾期事项。");
    document.heading(2, "四、工作要求", "");
    paragraph(
        &mut document,
        "请上述单位于2020年7月10日前整改到位，并将佐证材料报镇人普办；逾期仍未整改的，将在下期通报中加倍扣分。",
    );
    document.list(vec![
        "联系人：示例甲，电话138****1234".into(),
        "报送方式：微信群或纸质材料".into(),
    ]);
    document.blocks.extend([
        Block::Closing {
            organ: "巴中市巴州区清江镇人民政府".into(),
            day: "2020年7月6日".into(),
        },
        Block::Copies(vec![
            "抄送：巴州区第七次全国人口普查领导小组办公室，镇党委办公室、镇人大办公室。".into(),
        ]),
    ]);
    document
}

/// A notice in English.
pub(super) fn english() -> Document<'static> {
    let mut document = Document::new("en", "Notice on progress with the Clean Harbour plan");
    document.blocks.push(Block::Letterhead {
        organ: "County Council".into(),
        number: "CC (2026) No. 7".into(),
    });
    document.heading(1, "Notice on progress with the Clean Harbour plan", "");
    document
        .blocks
        .push(Block::Salutation("To all parishes and offices:".into()));
    paragraph(
        &mut document,
        "By 3 May 2026 the council had expected 24 obligations under the plan; 20 were completed (83.3%), of these 18 on \
         time. The units named below have something overdue.",
    );
    document.heading(2, "1. Units with overdue work", "");
    document.table(Table::new(
        vec![
            Column::left("unit", "Unit"),
            Column::left("tasks", "Overdue (clause, due)").wrapping(),
            Column::right("days", "Longest"),
            Column::right("points", "Points"),
        ],
        ["St Brelade", "Holy Trinity & All Saints", "Quayside"]
            .into_iter()
            .map(|unit| {
                Row::item(vec![
                    unit.into(),
                    "Set up bins, 4 of 10 (2.1, 30 April); clean the quay (2.3, 30 April)".into(),
                    "3 days".into(),
                    "-2.0".into(),
                ])
            }),
    ));
    document.heading(2, "2. What is asked", "");
    document.heading(3, "2.1 By when", "");
    paragraph(
        &mut document,
        "The units named are asked to put this right by 10 May 2026 and to send proof.",
    );
    document.blocks.extend([
        Block::Closing {
            organ: "County Council".into(),
            day: "6 May 2026".into(),
        },
        Block::Copies(vec![
            "Copies: the harbour master; all parish clerks.".into(),
        ]),
    ]);
    document
}

/// The last row of a table.
pub(crate) fn total(cells: Vec<Text>) -> Row {
    Row {
        cells,
        kind: RowKind::Total,
        brief: None,
    }
}

fn paragraph(document: &mut Document<'_>, text: impl Into<Text>) {
    document.blocks.push(Block::Paragraph(text.into()));
}

/// A page with everything that is drawn.
pub(crate) fn page() -> Document<'static> {
    let mut document = Document::new("zh-CN", "周报");
    document.heading(1, "清江镇人口普查宣传周报", "截至2020-07-10 周五");
    document.blocks.push(Block::Verdict(
        Text::from(("完成率 89.2%,较上周上升 2.1 个百分点。", Tone::Strong))
            .and("6 个单位滞后、10 件逾期,其中洛咖村 4 件最长 16 天。"),
    ));
    let tile = |label: &str, figure: (&str, Tone), lines: [&str; 2]| Tile {
        label: label.into(),
        figure: figure.into(),
        lines: lines.map(Text::from).to_vec(),
    };
    document.blocks.push(Block::Tiles(vec![
        tile(
            "完成率",
            ("89.2%", Tone::Plain),
            ["83 / 93 件", "上周 87.1%"],
        ),
        tile(
            "按期完成率",
            ("82.8%", Tone::Plain),
            ["77 / 93 件", "上周 82.8%"],
        ),
        tile(
            "滞后单位",
            ("6", Tone::Overdue),
            ["共 25 个单位", "新增 1,退出 1"],
        ),
        tile(
            "待本办办理",
            ("74", Tone::Plain),
            ["待审核 70", "整改过期 2"],
        ),
    ]));
    let length = |amount| Figure::Length {
        amount,
        longest: 16,
        tone: Tone::Overdue,
    };
    document.heading(2, "谁滞后", "");
    document.table(Table::new(
        vec![
            Column::left("unit", "单位"),
            Column::left("days", "最长逾期"),
            Column::left("tasks", "事项").wrapping(),
        ],
        [("洛咖村", 16), ("长滩河村", 10), ("塘坝村", 1)].map(|(unit, days)| {
            Row::item(vec![
                unit.into(),
                Text::figure(length(days), format!("{days}天")),
                "横幅(0/1条)、海报(0/20张)、责任人、信息".into(),
            ])
        }),
    ));
    let point = |text: &str| vec![Block::List(vec![text.into()])];
    document.beside(vec![point("新增完成 1 件"), point("下周到期 0 件")]);
    document.heading(2, "各任务进度", "");
    let share = |done, late, overdue| {
        let parts = [
            (done, Tone::Done),
            (late, Tone::Late),
            (overdue, Tone::Overdue),
        ];
        let parts = parts.map(|(count, tone)| Part::new(count, tone));
        let told = format!("按期 {done},逾期完成 {late},逾期 {overdue}");
        Text::figure(Figure::Share(parts.to_vec()), told)
    };
    document.table(Table::new(
        vec![
            Column::left("task", "任务").wrapping(),
            Column::right("done", "已完成"),
            Column::left("share", "构成"),
        ],
        [
            Row::item(vec![
                "人员集中区悬挂横幅".into(),
                "17".into(),
                share(16, 1, 3),
            ]),
            Row::item(vec![
                "显要位置张贴海报".into(),
                "20".into(),
                share(17, 3, 1),
            ]),
            total(vec!["合计".into(), "83".into(), share(77, 6, 10)]),
        ],
    ));
    document.heading(2, "进展曲线", "");
    document.chart(burn_up());
    document.heading(2, "进度一览", "");
    let mark = |letter: &'static str, tone| Text::from((letter, tone));
    let mut columns = vec![Column::left("unit", "单位")];
    columns.extend(["横幅", "海报", "责任人", "信息"].map(|task| Column::marks(task, task)));
    document.table(Table::new(
        columns,
        UNITS.into_iter().map(move |unit| {
            Row::item(vec![
                unit.into(),
                mark("完", Tone::Done),
                mark("迟", Tone::Late),
                if unit.ends_with('村') {
                    mark("欠", Tone::Overdue)
                } else {
                    Text::new()
                },
                mark("待", Tone::Dim),
            ])
        }),
    ));
    document.heading(2, "方案", "");
    let track = Track {
        last: 200,
        windows: vec![(10, 60)],
        dues: vec![(60, Tone::Done), (150, Tone::Dim)],
        today: Some(90),
    };
    document.table(Table::new(
        vec![Column::left("task", "任务"), Column::left("when", "时间")],
        [Row::item(vec![
            "横幅".into(),
            Text::figure(Figure::Track(track), "6月10日至7月30日"),
        ])],
    ));
    document
}

/// What was expected and what was done, over three weeks.
pub(crate) fn burn_up() -> Chart {
    let day = |at: u32| match at {
        0..=14 => format!("6.{}", 16 + at),
        _ => format!("7.{}", at - 14),
    };
    let ticks = (0..=24).step_by(4);
    let series = |name: &str, tone, amounts: &[u64]| Series {
        name: name.into(),
        tone,
        amounts: amounts.to_vec(),
    };
    let mark = |at, label: &str, kind| Mark {
        at,
        label: label.into(),
        kind,
    };
    Chart {
        title: "应完成与已完成(累计件数)".into(),
        told: "6月16日至7月10日。应完成 93 件,已完成 83 件,相差 <10> 件。".into(),
        head: "日期".into(),
        last: 24,
        ticks: ticks.map(|at| Tick { at, label: day(at) }).collect(),
        series: vec![
            series(
                "应完成",
                Tone::Dim,
                &[
                    0, 18, 19, 24, 26, 26, 34, 42, 52, 55, 55, 55, 61, 68, 78, 89, 89, 93, 93, 93,
                    93, 93, 93, 93, 93,
                ],
            ),
            series(
                "已完成",
                Tone::Done,
                &[
                    0, 18, 19, 24, 26, 26, 34, 42, 52, 52, 52, 52, 58, 65, 75, 78, 80, 81, 81, 81,
                    82, 83, 83, 83, 83,
                ],
            ),
        ],
        marks: vec![
            mark(14, "6月30日集中到期", MarkKind::Due),
            mark(17, "第1期通报", MarkKind::Act),
        ],
    }
}
