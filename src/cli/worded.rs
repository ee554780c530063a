//! The help in the language that is spoken: clap's own words and those of each option.

use clap::{Arg, ArgAction, Command};

use crate::words::{self, Language, enumerated};

/// The same command with its help in the language that is spoken; English stands in the program, beside each option.
pub(super) fn worded(command: Command) -> Command {
    if words::spoken() == Language::English {
        return command;
    }
    let built_in = |id: &'static str, short: char, action: ArgAction| {
        Arg::new(id).short(short).long(id).action(action)
    };
    command
        .about(say!("options-about"))
        .help_template(format!("{{about}}\n\n{}{{usage}}\n\n{{all-args}}", say!("options-usage")))
        .disable_help_flag(true)
        .disable_version_flag(true)
        .arg(built_in("help", 'h', ArgAction::Help))
        .arg(built_in("version", 'V', ArgAction::Version))
        .mut_args(option)
}

fn option(option: Arg) -> Arg {
    let heading = match option.get_help_heading() {
        Some(heading) => known("options-heading", heading),
        None if option.is_positional() => Some(say!("options-heading-arguments")),
        None => Some(say!("options-heading-options")),
    };
    let said = option.get_help().map(ToString::to_string).unwrap_or_default();
    let mut help = known("options", option.get_id().as_str()).map_or(said, str::to_owned);
    let values: Vec<String> = option
        .get_possible_values()
        .iter()
        .filter(|value| !value.is_hide_set() && option.get_action().takes_values())
        .map(|value| value.get_name().to_owned())
        .collect();
    if !values.is_empty() {
        help += &say!("options-one-of", values = enumerated(&values));
    }
    let usual: Vec<String> = option
        .get_default_values()
        .iter()
        .filter(|_| option.get_action().takes_values())
        .map(|value| value.to_string_lossy().into_owned())
        .collect();
    if !usual.is_empty() {
        help += &say!("cli-default", usual = enumerated(&usual));
    }
    let option = option.help(help).hide_default_value(true).hide_possible_values(true);
    match heading {
        Some(heading) => option.help_heading(heading),
        None => option,
    }
}

/// A message of this kind by what it is about, in the language that is spoken.
fn known(kind: &str, about: &str) -> Option<&'static str> {
    words::known(&format!("{kind}-{}", about.to_lowercase().replace([' ', '_'], "-")))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{cli::Options, exhibits};
    use clap::CommandFactory as _;

    #[test]
    fn each_option_is_told_in_both_languages_and_in_english_as_in_the_program() {
        let all = exhibits::ALL.iter();
        let command = all.fold(Options::command(), |all, exhibit| (exhibit.options.own)(all));
        for option in command.get_arguments() {
            let id = option.get_id().as_str();
            let said = option.get_help().unwrap().to_string();
            assert_eq!(known("options", id), Some(said.as_str()), "options-{id}");
            let chinese = words::speaking(Language::Chinese, || known("options", id));
            assert_ne!(chinese, Some(said.as_str()), "options-{id}");
            if let Some(heading) = option.get_help_heading() {
                assert_eq!(known("options-heading", heading), Some(heading));
            }
        }
    }

    #[test]
    fn the_help_has_no_english_in_chinese() {
        let help = words::speaking(Language::Chinese, || {
            worded(Options::command()).render_help().to_string()
        });
        for english in ["Usage", "Options", "Arguments", "default", "possible", "Print"] {
            assert!(!help.contains(english), "{english}: {help}");
        }
    }
}
