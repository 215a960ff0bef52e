//! What is not the file that was written is refused before anything is done.
use diesel::connection::SimpleConnection;
use guildhall::db::backup::is_bare;

use super::{House, guildhall, said};
use crate::support::database::TestDatabase;
use crate::support::sandbox::Sandbox;

#[test]
fn one_altered_or_missing_byte_is_refused_and_nothing_is_done() {
    let house = House::lived_in();
    let whole = std::fs::read(house.backup()).unwrap();
    let (database, data) = (TestDatabase::bare(), Sandbox::new());
    let place = data.path().join("bad.backup");
    let length = whole.len();
    let cut = [0, 1, 63, 64, length / 2, length - 64, length - 1].map(|at| whole[..at].to_vec());
    let longer = [[whole.as_slice(), b"0"].concat()];
    let flipped = (0..12).map(|part| {
        let mut bytes = whole.clone();
        bytes[part * (length - 1) / 11] ^= 1;
        bytes
    });
    for bytes in cut.into_iter().chain(longer).chain(flipped) {
        std::fs::write(&place, bytes).unwrap();
        let done = guildhall("restore", &database, data.path(), &[place.to_str().unwrap()]);
        assert_eq!(done.status.code(), Some(1), "{}", said(&done));
        assert!(said(&done).contains("no whole backup"), "{}", said(&done));
    }
    assert!(is_bare(&mut database.connect()).unwrap());
    assert!(!data.path().join("files").exists());
}

#[test]
fn what_a_newer_program_wrote_is_left_to_one() {
    let house = House::lived_in();
    let newer = "INSERT INTO __diesel_schema_migrations (version) VALUES ('99991231235959')";
    house.database.connect().batch_execute(newer).unwrap();
    let (database, data) = (TestDatabase::bare(), Sandbox::new());
    let done = guildhall("restore", &database, data.path(), &[house.backup().to_str().unwrap()]);
    assert!(!done.status.success() && said(&done).contains("newer than this one"), "{}", said(&done));
    assert!(is_bare(&mut database.connect()).unwrap());
}

#[test]
fn what_cannot_be_written_leaves_nothing_behind() {
    let house = House::lived_in();
    let nowhere = house.data.path().join("no/such/folder/house.backup");
    let done = guildhall("backup", &house.database, house.data.path(), &[nowhere.to_str().unwrap()]);
    assert!(!done.status.success() && said(&done).contains("cannot be written"), "{}", said(&done));
    let away = house.data.path().join("house.backup");
    house.database.go_away();
    let done = guildhall("backup", &house.database, house.data.path(), &[away.to_str().unwrap()]);
    assert!(!done.status.success(), "{}", said(&done));
    let left: Vec<_> = std::fs::read_dir(house.data.path()).unwrap().map(|entry| entry.unwrap().file_name()).collect();
    assert_eq!(left, ["files"]);
    house.database.come_back();
}
