//! Archives there and back, and those that somebody made to do harm.

use std::io::Cursor;

use super::*;

fn packed(files: &[(&str, &[u8])]) -> Vec<u8> {
    let mut bytes = Vec::new();
    let mut writer = Writer::new(&mut bytes);
    for (path, content) in files {
        writer.add(path, &mut Cursor::new(content)).unwrap();
    }
    writer
        .finish(Kind::Backup, "census", "2020-07-03T09:00:00Z")
        .unwrap();
    bytes
}

/// Opens and unpacks it in a folder of its own, whose other files are told.
fn unpacked(bytes: &[u8]) -> Result<Vec<String>, Fault> {
    let folder = tempfile::tempdir().unwrap();
    let (zip, inside) = (folder.path().join("a.zip"), folder.path().join("inside"));
    fs::write(&zip, bytes).unwrap();
    fs::create_dir(&inside).unwrap();
    let mut archive = Archive::open(&zip)?;
    archive.unpack(&inside)?;
    let files = fs::read_dir(folder.path()).unwrap().count();
    assert_eq!(files, 2, "nothing outside");
    Ok(archive
        .manifest
        .files
        .iter()
        .map(|file| file.path.clone())
        .collect())
}

/// A zip with those entries, and a manifest that lists what is said.
fn made(entries: &[(&str, &[u8], Option<u32>)], listed: &[(&str, &[u8])]) -> Vec<u8> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, content, mode) in entries {
        match mode {
            Some(_) => zip
                .add_symlink(*name, "/etc/passwd", SimpleFileOptions::default())
                .unwrap(),
            None => {
                zip.start_file(*name, SimpleFileOptions::default()).unwrap();
                zip.write_all(content).unwrap();
            }
        }
    }
    let files = listed.iter().map(|(path, content)| Listed {
        path: (*path).to_string(),
        size: content.len() as u64,
        blake3: blake3::hash(content).to_hex().to_string(),
    });
    let manifest = Manifest {
        schema: SCHEMA.into(),
        kind: Kind::Backup,
        plan: "census".into(),
        at: String::new(),
        files: files.collect(),
    };
    zip.start_file(MANIFEST, SimpleFileOptions::default())
        .unwrap();
    serde_json::to_writer(&mut zip, &manifest).unwrap();
    zip.finish().unwrap().into_inner()
}

#[test]
fn what_is_packed_is_unpacked() {
    let files: [(&str, &[u8]); 3] = [
        ("duban.toml", b"x"),
        ("e/ab/a.jpg", b"picture"),
        ("empty", b""),
    ];
    assert_eq!(
        unpacked(&packed(&files)).unwrap(),
        ["duban.toml", "e/ab/a.jpg", "empty"]
    );
    assert_eq!(packed(&files), packed(&files), "the same bytes each time");
}

#[test]
fn what_leads_outside_or_is_a_link_is_refused() {
    for name in [
        "../evil",
        "/evil",
        "a/../../evil",
        "a\\..\\evil",
        "NUL",
        "C:evil",
    ] {
        let bytes = made(&[(name, b"x", None)], &[(name, b"x")]);
        assert!(matches!(unpacked(&bytes), Err(Fault::Unsafe(_))), "{name}");
    }
    let link = made(
        &[("link", b"", Some(0o120_777)), ("link/x", b"x", None)],
        &[("link", b""), ("link/x", b"x")],
    );
    assert!(matches!(unpacked(&link), Err(Fault::Unsafe(_))));
    let twins = made(
        &[("A.txt", b"x", None), ("a.TXT", b"y", None)],
        &[("A.txt", b"x"), ("a.TXT", b"y")],
    );
    assert!(matches!(unpacked(&twins), Err(Fault::Unsafe(_))));
}

#[test]
fn what_is_not_what_the_manifest_says_is_refused() {
    let changed = made(&[("a", b"x", None)], &[("a", b"y")]);
    assert!(matches!(unpacked(&changed), Err(Fault::Altered(_))));
    let longer = made(&[("a", b"xx", None)], &[("a", b"x")]);
    assert!(matches!(unpacked(&longer), Err(Fault::Altered(_))));
    let surplus = made(&[("a", b"x", None), ("b", b"x", None)], &[("a", b"x")]);
    assert!(matches!(unpacked(&surplus), Err(Fault::Missing(_))));
    let missing = made(&[], &[("a", b"x")]);
    assert!(matches!(unpacked(&missing), Err(Fault::Missing(_))));
    assert!(matches!(unpacked(b"PK nothing"), Err(Fault::NotOurs)));
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    zip.start_file("a", SimpleFileOptions::default()).unwrap();
    zip.add_directory("b", SimpleFileOptions::default())
        .unwrap();
    let other = zip.finish().unwrap().into_inner();
    assert!(matches!(unpacked(&other), Err(Fault::NotOurs)));
}

#[test]
fn an_archive_that_swells_is_refused_before_it_is_unpacked() {
    let zeros = vec![0; (ANYWAY / 64) as usize];
    let names: Vec<String> = (0..70).map(|at| format!("{at}.bin")).collect();
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    let deflated = SimpleFileOptions::default().compression_method(CompressionMethod::Deflated);
    // One is packed, and the others are copies of it as it stands.
    zip.start_file(&names[0], deflated).unwrap();
    zip.write_all(&zeros).unwrap();
    let mut once = zip.finish_into_readable().unwrap();
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    for name in &names {
        zip.raw_copy_file_rename(once.by_index(0).unwrap(), name)
            .unwrap();
    }
    let blake3 = blake3::hash(&zeros).to_hex().to_string();
    let files = names.iter().map(|name| Listed {
        path: name.clone(),
        size: zeros.len() as u64,
        blake3: blake3.clone(),
    });
    let manifest = Manifest {
        schema: SCHEMA.into(),
        kind: Kind::Backup,
        plan: "census".into(),
        at: String::new(),
        files: files.collect(),
    };
    zip.start_file(MANIFEST, deflated).unwrap();
    serde_json::to_writer(&mut zip, &manifest).unwrap();
    let bytes = zip.finish().unwrap().into_inner();
    assert!(bytes.len() < 4 << 20);
    assert!(matches!(unpacked(&bytes), Err(Fault::Unsafe(_))));
}

#[cfg(unix)]
#[test]
fn what_is_unpacked_is_its_owners_alone() {
    use std::os::unix::fs::PermissionsExt;
    let folder = tempfile::tempdir().unwrap();
    let (zip, inside) = (folder.path().join("a.zip"), folder.path().join("inside"));
    fs::write(&zip, packed(&[("a/b/c.txt", b"seen")])).unwrap();
    fs::create_dir(&inside).unwrap();
    Archive::open(&zip).unwrap().unpack(&inside).unwrap();
    for (name, wanted) in [("a", 0o700), ("a/b", 0o700), ("a/b/c.txt", 0o600)] {
        let mode = fs::metadata(inside.join(name))
            .unwrap()
            .permissions()
            .mode();
        assert_eq!(mode & 0o777, wanted, "{name}");
    }
}
