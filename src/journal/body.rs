//! Bodies: what an entry says beyond its kind, unit, task and day, as compact JSON. A plain record has none. A field that
//! this version does not know is an error, never dropped.
//!
//! serde writes an act as `{"return":{…}}`, with its kind as the only key. Stores and files already keep the kind as a field of its own,
//! so the body is what stands after that key.

use std::iter;

use serde::Deserialize;
use serde::de::value::{MapAccessDeserializer, MapDeserializer};
use serde_json::value::RawValue;

use super::kind::Kind;
use crate::model::entry::{Act, Record};

/// A body that cannot be read.
#[derive(Debug, thiserror::Error)]
#[error("the body of a `{kind}` entry cannot be read: {cause}")]
pub struct BodyError {
    /// The entry's kind.
    pub kind: Kind,
    /// What is wrong with it.
    #[source]
    pub cause: serde_json::Error,
}

/// The body of an act; `None` where its kind says it all.
///
/// # Errors
/// None in practice: every act has a JSON form.
pub(crate) fn encode(act: &Act) -> Result<Option<Vec<u8>>, BodyError> {
    // Nearly every entry of an import is a plain record, so no JSON is written for it only to find that there is nothing in it.
    if matches!(act, Act::Record(record) if *record == Record::default()) {
        return Ok(None);
    }
    let kind = Kind::of(act);
    let mut json = serde_json::to_vec(act).map_err(|cause| BodyError { kind, cause })?;
    json.drain(..r#"{"":"#.len() + kind.name().len());
    json.pop();
    Ok((json != b"{}").then_some(json))
}

/// The act of that kind with that body.
///
/// # Errors
/// When the body is no JSON, lacks a field, or has one that this version does not know.
pub(crate) fn decode(kind: Kind, body: Option<&[u8]>) -> Result<Act, BodyError> {
    if kind == Kind::Record && body.is_none() {
        return Ok(Act::Record(Record::default()));
    }
    let read = |body| {
        let body: &RawValue = serde_json::from_slice(body)?;
        let tagged = MapDeserializer::new(iter::once((kind.name(), body)));
        Act::deserialize(MapAccessDeserializer::new(tagged))
    };
    read(body.unwrap_or(b"{}")).map_err(|cause| BodyError { kind, cause })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::amend::{Change, Changed};
    use crate::model::day::Day;
    use crate::model::decimal::Decimal;
    use crate::model::entry::{Address, Booking, Kept, LeftOut, Notice, Proof, Via};
    use crate::model::plan::Trigger;
    use crate::model::proof::{Degrees, Likeness, Spot};

    #[track_caller]
    fn case(act: Act, body: Option<&str>) {
        let kind = Kind::of(&act);
        let encoded = encode(&act).unwrap();
        let text = encoded
            .as_deref()
            .map(|json| std::str::from_utf8(json).unwrap());
        assert_eq!(text, body);
        // A journal's line holds these beside the body.
        let json: serde_json::Value = serde_json::from_str(body.unwrap_or("{}")).unwrap();
        for key in ["kind", "unit", "task", "on", "batch"] {
            assert!(json.get(key).is_none(), "{key}");
        }
        assert_eq!(decode(kind, encoded.as_deref()).unwrap(), act);
    }

    #[test]
    fn bodies_are_written_as_they_are_read() {
        let of: Address = "0190163d-8694-739b-aea5-966c26f8ad91.3".parse().unwrap();
        let day = |text: &str| text.parse::<Day>().unwrap();
        case(Act::Record(Record::default()), None);
        case(
            Act::Record(Record {
                count: Decimal::from_thousandths(12_500),
                total: true,
                form: Some("板报".into()),
                period: Some(day("2020-06-30")),
                via: Some(Via::Wechat),
                evidence: vec![Proof::Link("https://a.example/1".into())],
                ..Record::default()
            }),
            Some(
                r#"{"count":12.5,"total":true,"form":"板报","for":"2020-06-30","via":"wechat","evidence":[{"link":"https://a.example/1"}]}"#,
            ),
        );
        case(
            Act::Undo { of },
            Some(r#"{"of":"0190163d-8694-739b-aea5-966c26f8ad91.3"}"#),
        );
        case(
            Act::Return {
                of,
                rectify: day("2020-07-08"),
                reason: "照片不清".into(),
            },
            Some(
                r#"{"of":"0190163d-8694-739b-aea5-966c26f8ad91.3","rectify":"2020-07-08","reason":"照片不清"}"#,
            ),
        );
        case(
            Act::Excuse {
                period: None,
                reason: String::new(),
            },
            None,
        );
        case(
            Act::Extend {
                period: None,
                due: day("2020-08-01"),
                reason: String::new(),
            },
            Some(r#"{"due":"2020-08-01"}"#),
        );
        case(
            Act::Instruct {
                due: day("2020-08-01"),
                reason: "3号文".into(),
            },
            Some(r#"{"due":"2020-08-01","reason":"3号文"}"#),
        );
        case(
            Act::Apply {
                digest: "ab".into(),
                reason: "例会".into(),
                changes: Vec::new(),
                holds: String::new(),
            },
            Some(r#"{"digest":"ab","reason":"例会"}"#),
        );
        case(
            Act::Apply {
                digest: "ab".into(),
                reason: String::new(),
                changes: vec![Change {
                    what: Changed::Target,
                    key: String::new(),
                    task: "poster".into(),
                    unit: String::new(),
                    name: "海报".into(),
                    from: "20张".into(),
                    to: String::new(),
                }],
                holds: "ab".into(),
            },
            Some(
                r#"{"digest":"ab","changes":[{"what":"target","task":"poster","name":"海报","from":"20张"}],"holds":"ab"}"#,
            ),
        );
        case(Act::Gain { period: None }, None);
        case(
            Act::Contact {
                name: "示例甲".into(),
            },
            Some(r#"{"name":"示例甲"}"#),
        );
        case(Act::Remind { period: None }, None);
        case(
            Act::Commend {
                reason: "率先完成".into(),
            },
            Some(r#"{"reason":"率先完成"}"#),
        );
        case(
            Act::Notice(Notice {
                number: 1,
                until: day("2020-07-02"),
                rectify: day("2020-07-08"),
                left_out: vec![LeftOut {
                    unit: "511".parse().unwrap(),
                    reason: "受灾".into(),
                }],
                files: vec![Kept {
                    name: "notice.txt".into(),
                    size: 3,
                    blake3: "ab".into(),
                }],
            }),
            Some(
                r#"{"number":1,"until":"2020-07-02","rectify":"2020-07-08","left_out":[{"unit":"511","reason":"受灾"}],"files":[{"name":"notice.txt","size":3,"blake3":"ab"}]}"#,
            ),
        );
        case(
            Act::Book(Booking {
                notice: 1,
                on: Trigger::Overdue,
                period: Some(day("2020-06-30")),
                of: None,
                days: 3,
                rule: Some("overdue".parse().unwrap()),
                points: Decimal::from_thousandths(-500),
            }),
            Some(
                r#"{"notice":1,"trigger":"overdue","for":"2020-06-30","days":3,"rule":"overdue","points":-0.5}"#,
            ),
        );
        case(
            Act::Object {
                notice: 1,
                period: None,
                unit_points: false,
                reason: "已报".into(),
            },
            Some(r#"{"notice":1,"reason":"已报"}"#),
        );
        case(
            Act::Object {
                notice: 2,
                period: None,
                unit_points: true,
                reason: "已报".into(),
            },
            Some(r#"{"notice":2,"unit_points":true,"reason":"已报"}"#),
        );
        let reason = String::from("属实");
        case(
            Act::Reverse { of, reason },
            Some(r#"{"of":"0190163d-8694-739b-aea5-966c26f8ad91.3","reason":"属实"}"#),
        );
    }

    #[test]
    fn what_is_known_of_a_file_stands_only_where_it_is_known() {
        let plain = |name: &str| Proof::File {
            name: name.into(),
            size: 3,
            blake3: "ab".into(),
            media: None,
            likeness: None,
            taken: None,
            place: None,
        };
        let record = |proof| {
            Act::Record(Record {
                evidence: vec![proof],
                ..Record::default()
            })
        };
        // As the journal had it before anything else was known of files.
        case(
            record(plain("a.txt")),
            Some(r#"{"evidence":[{"file":{"name":"a.txt","size":3,"blake3":"ab"}}]}"#),
        );
        let millionths = Degrees::from_millionths;
        let proof = Proof::File {
            name: "a.jpg".into(),
            size: 3,
            blake3: "ab".into(),
            media: Some("image/jpeg".into()),
            likeness: Some(Likeness {
                algorithm: "phash-8x8".into(),
                hash: "0f".into(),
            }),
            taken: Some("2020-06-28".parse().unwrap()),
            place: Some(Spot {
                latitude: millionths(31_800_000),
                longitude: millionths(-106_700_001),
            }),
        };
        case(
            record(proof),
            Some(
                r#"{"evidence":[{"file":{"name":"a.jpg","size":3,"blake3":"ab","media":"image/jpeg","likeness":{"algorithm":"phash-8x8","hash":"0f"},"taken":"2020-06-28","place":{"latitude":"31.800000","longitude":"-106.700001"}}}]}"#,
            ),
        );
        let newer = br#"{"evidence":[{"file":{"name":"a","size":3,"blake3":"ab","mood":1}}]}"#;
        assert!(decode(Kind::Record, Some(newer)).is_err());
    }

    #[test]
    fn a_field_of_a_newer_version_is_refused_by_name() {
        for kind in Kind::ALL.iter().copied() {
            let error = decode(kind, Some(br#"{"mood":"good"}"#)).unwrap_err();
            assert!(error.to_string().contains("`mood`"), "{error}");
        }
    }
}
