//! Rows that an administrator of the server edits by hand.

use postgres::error::SqlState;

use crate::support::server::Shared;
use crate::trust::{LOOKING, answers, assessed, happen};

/// What somebody might make of a column, by its type.
fn other(column: &str, kind: &str) -> String {
    match kind {
        "text" => format!("coalesce({column} || '9', 'x')"),
        "bytea" => format!(
            "coalesce(set_byte({column}, length({column}) / 2, get_byte({column}, length({column}) / 2) # 1), '\\x01')"
        ),
        _ => format!("coalesce({column} + 1, 1)"),
    }
}

#[test]
fn no_looking_command_shows_an_edit_by_hand_on_a_server_as_fact() {
    let Some(mut base) = Shared::of(assessed()) else {
        return;
    };
    happen(&mut base.project);
    let wanted = answers(&base.project);
    let mut own = base.beside();
    let mut client = base.client();
    let sql = "SELECT table_name::text, column_name::text, data_type::text FROM information_schema.columns
        WHERE table_schema = $1 AND table_name NOT IN ('form', 'dangling', 'queue') ORDER BY table_name, ordinal_position";
    let columns = client.query(sql, &[&base.schema]).unwrap();
    let (mut edits, mut refused) = (0, 0);
    for row in columns.iter().skip(1).step_by(3) {
        let [table, column, kind]: [String; 3] = [row.get(0), row.get(1), row.get(2)];
        own.become_as(&base);
        let rows = format!("\"{}\".{table}", own.schema);
        // The row in the middle: the first and the last are guarded by more than their seals.
        let middle = format!(
            "SELECT ctid FROM {rows} ORDER BY 1 LIMIT 1 OFFSET (SELECT count(*) / 2 FROM {rows})"
        );
        let value = other(&column, &kind);
        let sql = format!("UPDATE {rows} SET {column} = {value} WHERE ctid = ({middle})");
        match client.execute(&sql, &[]) {
            Ok(changed) => assert_eq!(changed, 1, "{sql}"),
            // What the table itself forbids need not be found.
            Err(error) => {
                assert_eq!(
                    error.code(),
                    Some(&SqlState::UNIQUE_VIOLATION),
                    "{sql}: {error}"
                );
                continue;
            }
        }
        edits += 1;
        for (line, wanted) in LOOKING.iter().zip(&wanted) {
            let output = own.project.run(line);
            match output.code {
                2 => {
                    let told = output.stderr.contains("damaged");
                    assert!(told, "{table}.{column}: {line}\n{output}");
                    refused += 1;
                }
                _ => assert_eq!(&output.stdout, wanted, "{table}.{column}: {line}"),
            }
        }
        let verified = own.project.run("verify --format json");
        assert_eq!(verified.code, 2, "{table}.{column}\n{verified}");
    }
    assert!(
        edits > 20 && refused > 40,
        "{edits} edits, {refused} refused"
    );
}
