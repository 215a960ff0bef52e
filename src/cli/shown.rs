//! The settings as admins read them: each with where its value came from, and of secrets only whether there is one.

use std::ffi::OsString;
use std::path::Path;

use clap::parser::ValueSource;
use clap::{Arg, ArgMatches, CommandFactory};

use super::Cli;
use crate::web::admin::settings::{Setting, Settings, Source};

/// What this process was started with.
pub fn settings(data: &Path) -> Settings {
    let mut all = read(std::env::args_os());
    all.extend(std::env::var("GUILDHALL_LOG").ok().map(|value| Setting {
        name: "GUILDHALL_LOG".to_owned(),
        flag: String::new(),
        help: "What the log holds".to_owned(),
        value: Some(value),
        source: Source::Environment,
    }));
    Settings { all, data: Some(data.to_owned()) }
}

/// What these words of a command line come to, beside the environment; nothing where they make no sense.
fn read(words: impl IntoIterator<Item = OsString>) -> Vec<Setting> {
    let command = Cli::command();
    let Ok(matches) = command.clone().try_get_matches_from(words) else { return Vec::new() };
    let Some((name, matches)) = matches.subcommand() else { return Vec::new() };
    let Some(command) = command.find_subcommand(name) else { return Vec::new() };
    command.get_arguments().filter_map(|argument| setting(argument, matches)).collect()
}

fn setting(argument: &Arg, matches: &ArgMatches) -> Option<Setting> {
    let name = argument.get_env()?.to_string_lossy().into_owned();
    let id = argument.get_id().as_str();
    let given: Vec<_> = matches.get_raw(id).into_iter().flatten().map(|value| value.to_string_lossy().into_owned()).collect();
    let value = (!given.is_empty()).then(|| if argument.is_hide_env_values_set() { "set".to_owned() } else { given.join(" ") });
    let source = match matches.value_source(id) {
        Some(ValueSource::CommandLine) => Source::CommandLine,
        Some(ValueSource::EnvVariable) => Source::Environment,
        _ => Source::Default,
    };
    let flag = argument.get_long().map(|long| format!("--{long}")).unwrap_or_default();
    let help = argument.get_help().map(ToString::to_string).unwrap_or_default();
    Some(Setting { name, flag, help, value, source })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn started(words: &[&str]) -> Vec<Setting> {
        read(["guildhall", "serve"].iter().chain(words).map(OsString::from))
    }

    #[test]
    fn every_setting_is_listed_with_where_it_came_from() {
        let all = started(&["--listen", "127.0.0.1:0", "--webhooks-inside"]);
        let of = |name: &str| all.iter().find(|one| one.name == name).cloned().expect(name);
        assert_eq!((of("GUILDHALL_LISTEN").value.as_deref(), of("GUILDHALL_LISTEN").source), (Some("127.0.0.1:0"), Source::CommandLine));
        assert_eq!(of("GUILDHALL_WEBHOOKS_INSIDE").source, Source::CommandLine);
        assert_eq!((of("GUILDHALL_CLOSE_AFTER_DAYS").source, of("GUILDHALL_CLOSE_AFTER_DAYS").value.is_some()), (Source::Default, true));
        assert!(all.len() > 20, "{}", all.len());
        assert!(all.iter().all(|one| !one.help.is_empty()));
    }

    #[test]
    fn no_secret_is_shown() {
        let secret = "quorzle".repeat(10);
        let url = format!("smtps://house:{secret}@mail.example.org");
        let database = format!("postgresql://guildhall:{secret}@db.example.org/guildhall");
        let words = ["--secret", &secret, "--smtp", &url, "--database-url", &database, "--s3-key", &secret, "--metrics-token", &secret];
        let all = started(&words);
        assert!(!format!("{all:?}").contains("quorzle"));
        assert_eq!(all.iter().filter(|one| one.value.as_deref() == Some("set")).count(), 5);
    }
}
