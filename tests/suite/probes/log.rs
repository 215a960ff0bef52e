//! What a process logs for programs: a line an object, each of a request's lines with its name.
use std::fs::File;
use std::io::{BufRead, BufReader};
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};

use serde_json::Value;

use crate::support::browser::Browser;
use crate::support::database::TestDatabase;
use crate::support::sandbox::Sandbox;
use crate::support::wait;

/// A whole Guildhall whose log is kept.
struct Logging {
    process: Child,
    log: PathBuf,
    url: String,
    _data: Sandbox,
}

impl Logging {
    fn on(database: &TestDatabase) -> Self {
        let data = Sandbox::new();
        let log = data.path().join("log");
        let mut process = Command::new(env!("CARGO_BIN_EXE_guildhall"))
            .args(["serve", "--listen", "127.0.0.1:0", "--log-format", "json", "--database-url", database.url(), "--data"])
            .arg(data.path())
            .env("GUILDHALL_LOG", "off,guildhall=warn,guildhall::requests=debug")
            .stdout(Stdio::piped())
            .stderr(File::create(&log).unwrap())
            .spawn()
            .expect("a Guildhall");
        let mut said = String::new();
        BufReader::new(process.stdout.take().unwrap()).read_line(&mut said).unwrap();
        let url = said.trim().rsplit(' ').next().unwrap().to_owned();
        Self { process, log, url, _data: data }
    }

    /// The lines about one request.
    fn lines(&self, id: &str) -> Vec<Value> {
        let log = std::fs::read_to_string(&self.log).unwrap();
        let lines = log.lines().map(|line| serde_json::from_str(line).unwrap_or_else(|_| panic!("no object: {line}")));
        lines.filter(|line: &Value| line["span"]["id"] == id).collect()
    }
}

impl Drop for Logging {
    fn drop(&mut self) {
        self.process.kill().ok();
        self.process.wait().ok();
    }
}

#[test]
fn each_line_of_a_request_bears_the_name_that_its_answer_bears() {
    let database = TestDatabase::new();
    let guildhall = Logging::on(&database);
    let anybody = Browser::new(&guildhall.url);
    let page = anybody.get("/projects?q=private+words");
    let id = page.header("x-request-id").to_owned();
    assert_eq!(id.len(), 9, "{id}");
    wait::until("it is logged", || guildhall.lines(&id).len() == 1);
    let line = &guildhall.lines(&id)[0];
    assert_eq!((&line["route"], &line["method"], &line["status"]), (&"/projects".into(), &"GET".into(), &200.into()));
    assert!(line["micros"].as_u64().is_some() && line["timestamp"].is_string(), "{line}");

    let secret = "a".repeat(64);
    let hidden = anybody.get(&format!("/join/{secret}"));
    wait::until("it is logged", || guildhall.lines(hidden.header("x-request-id")).len() == 1);

    database.go_away();
    let broken = anybody.get(&format!("/join/{secret}"));
    let id = broken.header("x-request-id").to_owned();
    assert_eq!((broken.status, broken.says().contains(&id)), (503, true), "the page names it: {}", broken.says());
    wait::until("both lines are there", || guildhall.lines(&id).len() == 2);
    let error = guildhall.lines(&id).into_iter().find(|line| line["level"] == "ERROR").expect("an error");
    assert_eq!(error["reference"], Value::from(id));
    let log = std::fs::read_to_string(&guildhall.log).unwrap();
    assert!(!log.contains("private") && !log.contains(&secret), "{log}");
}
