//! Who may do what on a server, how they prove who they are, and that nobody listens.

use std::env;

use crate::races::kinds;
use crate::support::server::{Role, Shared, skipped};
use crate::support::{Output, Project};

#[track_caller]
fn refused(output: &Output, words: &str) {
    assert_eq!(output.code, 2, "{output}");
    assert!(output.stderr.contains(words), "{output}");
}

#[test]
fn a_clerk_adds_a_reader_looks_and_the_server_refuses_what_is_more() {
    let Some(shared) = Shared::small() else {
        return;
    };
    let project = &shared.project;
    project.ok("apply");
    let sql = project.ok("schema postgres").stdout;
    let sql = sql.replace("duban_small", &shared.schema);
    shared.client().batch_execute(&sql).unwrap();
    let (clerk, reader) = (
        Role::of(&shared, "duban_clerk", ""),
        Role::of(&shared, "duban_reader", ""),
    );
    let (of_clerk, of_reader) = (shared.by(&clerk.name), shared.by(&reader.name));
    for line in [
        "done v1 plan",
        "done v2 banner=2",
        "accept v1/plan",
        "undo",
        "notice --issue",
        "verify",
    ] {
        of_clerk.ok(line);
    }
    for line in ["status", "lagging", "board", "log", "verify"] {
        assert_eq!(of_reader.ok(line).stdout, project.ok(line).stdout, "{line}");
    }
    refused(&of_reader.run("done v1 plan"), "permission denied");
    let plan = of_clerk.read("duban.toml");
    of_clerk.write("duban.toml", plan.replace("Write a plan", "Plan"));
    refused(&of_clerk.run("apply --reason shorter"), "permission denied");
    assert_eq!(kinds(project, "record"), 2);
    // By whatever program they ask.
    let own = |role: &Role<'_>| {
        let mut client = shared.client();
        let sql = format!(
            "SET ROLE {}; SET search_path TO \"{}\"",
            role.name, shared.schema
        );
        client.batch_execute(&sql).unwrap();
        client
    };
    for (role, may) in [(&clerk, true), (&reader, false)] {
        let mut client = own(role);
        for table in [
            "batch", "entry", "document", "piece", "in_force", "unit", "meta",
        ] {
            for sql in [
                format!("DELETE FROM {table}"),
                format!("UPDATE {table} SET seal = seal"),
                format!("TRUNCATE {table}"),
                format!("DROP TABLE {table}"),
            ] {
                let error = client.batch_execute(&sql).expect_err(&sql);
                let code = error.code().map(|code| code.code());
                assert_eq!(code, Some("42501"), "{sql}: {error}");
            }
        }
        let added =
            client.batch_execute("BEGIN; INSERT INTO document VALUES (99, '', 0, 0); ROLLBACK");
        assert_eq!(added.is_ok(), may, "{added:?}");
    }
}

#[test]
fn tables_of_an_earlier_version_are_told_and_an_administrator_adds_what_they_lack() {
    let Some(shared) = Shared::small() else {
        return;
    };
    let project = &shared.project;
    project.ok("done v1 plan");
    let sql = project.ok("schema postgres").stdout;
    let sql = sql.replace("duban_small", &shared.schema);
    let change = |sql: &str| {
        let own = format!("SET search_path TO \"{}\"; {sql}", shared.schema);
        shared.client().batch_execute(&own).unwrap();
    };
    change("DROP TABLE queue");
    for (lang, words) in [
        ("en", "older than this version"),
        ("zh-CN", "早于本版 duban"),
    ] {
        for line in ["done v2 plan", "undo", "notice --issue", "repair", "apply"] {
            let output = project.run(&format!("--lang {lang} {line}"));
            refused(&output, words);
            refused(&output, "duban schema postgres");
        }
    }
    project.ok("status");
    shared.client().batch_execute(&sql).unwrap();
    project.ok("done v2 plan");
    project.ok("verify");
    let nobody = Role::of(&shared, "duban_nobody", "");
    refused(&shared.by(&nobody.name).run("status"), "does not allow");
    for sql in [
        "ALTER TABLE head RENAME documents TO d",
        "ALTER TABLE head RENAME d TO documents; UPDATE form SET version = version - 1",
    ] {
        change(sql);
        for line in ["status", "done v3 plan"] {
            refused(&project.run(line), "older than this version");
        }
    }
}

#[test]
fn a_password_is_found_where_libpq_looks_and_never_told() {
    let Some(shared) = Shared::small() else {
        return;
    };
    shared.project.ok("done v1 plan");
    // The server asks members of this group for their passwords.
    let role = Role::of(&shared, "duban_password", "SUPERUSER PASSWORD 'geheim'");
    let mut project = shared.by(&role.name);
    if project.run("status").code == 0 {
        skipped("the server of DUBAN_POSTGRES asks nobody for a password");
        return;
    }
    let told = |project: &Project, words: &str| {
        let output = project.run("status");
        refused(&output, words);
        assert!(!output.to_string().contains("geheim"), "{output}");
    };
    told(&project, "refused the login");
    told(project.put("PGPASSWORD", "geheim2"), "refused the login");
    project.put("PGPASSWORD", "geheim").ok("done v2 plan");
    project.unset("PGPASSWORD");
    let line = format!("*:*:*:{}:geheim\n", role.name);
    for (variable, value, file) in [
        ("PGPASSFILE", project.path("passwords"), "passwords"),
        ("HOME", project.path("home"), "home/.pgpass"),
    ] {
        project.write(file, &line);
        project.put(variable, value.to_str().unwrap());
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt;
            told(&project, "others can read it");
            let own = std::fs::Permissions::from_mode(0o600);
            std::fs::set_permissions(project.path(file), own).unwrap();
        }
        project.ok("done v3 plan");
        for line in [
            "export",
            "log --format json",
            "verify --format json",
            "status",
        ] {
            let output = project.ok(line).to_string();
            assert!(!output.contains("geheim"), "{line}");
        }
        project.unset(variable);
        told(&project, "refused the login");
    }
}

#[test]
fn a_connection_is_encrypted_and_the_server_is_who_it_says_where_that_is_wanted() {
    let Some(shared) = Shared::small() else {
        return;
    };
    let Some(authority) = env::var_os("DUBAN_POSTGRES_AUTHORITY") else {
        skipped("DUBAN_POSTGRES_AUTHORITY names no certificate of the server's authority");
        return;
    };
    let authority = authority.to_str().unwrap();
    shared.project.ok("done v1 plan");
    // The server lets members of this group in by encrypted connections alone.
    let role = Role::of(&shared, "duban_encrypted", "SUPERUSER");
    let by = |mode: &str, host: &str, trusted: Option<&str>| {
        let project = shared.by(&role.name);
        let store = project.variable("DUBAN_STORE").unwrap();
        let store = format!("{}&sslmode={mode}", store.replace("127.0.0.1", host));
        let project = project.set("DUBAN_STORE", &store);
        match trusted {
            Some(file) => project.set("SSL_CERT_FILE", file),
            None => project,
        }
        .process("done v2 plan")
    };
    let in_the_clear = by("disable", "127.0.0.1", None);
    refused(&in_the_clear, "no encryption");
    for (mode, host, trusted, is_let_in) in [
        ("require", "127.0.0.1", None, true),
        ("prefer", "127.0.0.1", None, true),
        ("verify-full", "127.0.0.1", None, false),
        ("verify-full", "127.0.0.1", Some(authority), true),
        // Its certificate names another.
        ("verify-full", "localhost", Some(authority), false),
    ] {
        let output = by(mode, host, trusted);
        match is_let_in {
            true => assert_eq!(output.code, 0, "{mode} {host}\n{output}"),
            false => refused(&output, "certificate"),
        }
    }
    assert_eq!(kinds(&shared.project, "record"), 4);
}
