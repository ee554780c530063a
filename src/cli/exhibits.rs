//! What exhibits understand on the command line: options that several share, and each one's own.

use super::worded::worded;
use clap::{ArgMatches, Command, parser::ValueSource};

use super::{options::Options, table::TableOptions};
use crate::sentence::shown;
use crate::words::{Word, enumerated, enumerated_with};

/// Options that not every exhibit understands, though several do; the last stands for those of tables.
const SHARED: [&str; 17] = [
    "data",
    "epochs",
    "batch",
    "learning_rate",
    "edit",
    "folds",
    "why",
    "robust",
    "units",
    "points",
    "taught",
    "branch",
    "health",
    "landscape",
    "beside",
    INSIDE,
    TABLE,
];
/// The option that looks inside; the word alone stands for doing so in the first exhibit that can be looked into.
const INSIDE: &str = "inside";
/// The word that waits for a training of another program; an exhibit that shows such trainings takes it like a shared option.
pub(super) const ATTACH: &str = "attach";
/// How a table of one's own is written.
const TABLE: &str = "table";

/// What an exhibit understands.
#[derive(Clone, Copy)]
pub struct ExhibitOptions {
    /// Its name on the command line.
    pub name: &'static str,
    /// What it is called in a sentence, such as `the descent`.
    pub called: Word,
    /// What it makes of the options that several understand.
    pub shared: &'static [Shared],
    /// Adds its own options to the command.
    pub own: fn(Command) -> Command,
}

/// What an exhibit makes of an option that several understand, by the option's name without dashes in front.
#[derive(Clone, Copy)]
pub enum Shared {
    /// It takes it; what it is when left out, or what it gives, in words for the help.
    Takes(&'static str, Word),
    /// It does not, and why, in words that follow the option.
    Lacks(&'static str, Word),
}

impl ExhibitOptions {
    /// One without options of its own.
    pub const fn plain(name: &'static str, called: Word, shared: &'static [Shared]) -> Self {
        Self { name, called, shared, own: |command| command }
    }

    /// Its own options, of which none was given.
    fn nothing_said(&self) -> ArgMatches {
        let command = (self.own)(Command::new("").no_binary_name(true));
        command.try_get_matches_from::<_, &str>([]).unwrap_or_default()
    }

    /// What it takes an option for, if it takes it.
    pub(super) fn takes(&self, option: &str) -> Option<Word> {
        self.shared.iter().find_map(|shared| match shared {
            Shared::Takes(name, words) if name.replace('-', "_") == option => Some(*words),
            _ => None,
        })
    }

    /// Why it does not take an option, if it says so.
    fn lacks(&self, option: &str) -> Option<Word> {
        self.shared.iter().find_map(|shared| match shared {
            Shared::Lacks(name, why) if name.replace('-', "_") == option => Some(*why),
            _ => None,
        })
    }

    /// The ids of its own options.
    pub(super) fn ids(&self) -> Vec<String> {
        let command = (self.own)(Command::new(""));
        command.get_arguments().map(|argument| argument.get_id().to_string()).collect()
    }
}

impl Options {
    /// The same visit to another exhibit: with the data that ship with the program, and learning as it does by itself.
    pub fn of_another(&self, exhibit: &ExhibitOptions) -> Self {
        Self {
            exhibit: Some(exhibit.name.to_owned()),
            data: None,
            epochs: None,
            batch: None,
            learning_rate: None,
            edit: Vec::new(),
            table: TableOptions::default(),
            folds: None,
            why: None,
            robust: None,
            units: None,
            points: None,
            taught: None,
            branch: Vec::new(),
            health: false,
            landscape: false,
            inside: false,
            beside: Vec::new(),
            record: None,
            own: exhibit.nothing_said(),
            ..self.clone()
        }
    }
}

/// A command that knows these exhibits and tells of them in its help.
pub(super) fn told(command: Command, exhibits: &[ExhibitOptions]) -> Command {
    // Clap takes the words over an exhibit's options for those over all of them.
    let about = command.get_about().cloned().unwrap_or_default();
    let mut command = exhibits
        .iter()
        .fold(command, |command, exhibit| (exhibit.own)(command))
        .about(about)
        .long_about(None);
    command = worded(command);
    let first = exhibits.first().map_or("", |exhibit| exhibit.name);
    let names = enumerated_with(
        &exhibits.iter().map(|exhibit| exhibit.name).collect::<Vec<_>>(),
        key!("list-or"),
    );
    command = command.mut_arg("exhibit", |argument| {
        let inside = exhibits.iter().find(|exhibit| exhibit.takes(INSIDE).is_some());
        let inside = inside.map(|exhibit| say!("cli-is", inside = INSIDE, name = exhibit.name));
        let inside = inside.unwrap_or_default();
        let attach = exhibits.iter().find_map(|exhibit| exhibit.takes(ATTACH));
        let attach = attach.map(|what| say!("cli-attach", word = ATTACH, what));
        let attach = attach.unwrap_or_default();
        argument.help(say!("cli-the-exhibit-to-visit-default", names, inside, attach, first))
    });
    for option in SHARED.into_iter().filter(|option| *option != TABLE) {
        let usual: Vec<String> = exhibits
            .iter()
            .filter_map(|exhibit| {
                Some(say!("cli-for", takes = exhibit.takes(option)?, name = exhibit.name))
            })
            .collect();
        let usual = enumerated(&usual);
        command = command.mut_arg(option, |argument| {
            let what = argument.get_help().map(ToString::to_string).unwrap_or_default();
            let has_default = ["epochs", "batch", "learning_rate", "folds"].contains(&option);
            argument.help(match has_default {
                true => what + &say!("cli-default", usual),
                false => say!("list-of", name = what, value = usual),
            })
        });
    }
    command
}

/// Takes the word alone that looks inside for the exhibit that does.
pub(super) fn looked_into(options: &mut Options, exhibits: &[ExhibitOptions]) {
    let is_exhibit = exhibits.iter().any(|exhibit| exhibit.name == INSIDE);
    if options.exhibit.as_deref() == Some(INSIDE)
        && !is_exhibit
        && let Some(first) = exhibits.iter().find(|exhibit| exhibit.takes(INSIDE).is_some())
    {
        (options.exhibit, options.inside) = (Some(first.name.to_owned()), true);
    }
}

/// The place of the exhibit that is asked for; an error says why it cannot be visited so.
pub(super) fn chosen(options: &Options, exhibits: &[ExhibitOptions]) -> Result<usize, String> {
    let place = match &options.exhibit {
        None => 0,
        Some(name) => {
            exhibits.iter().position(|exhibit| exhibit.name == name).ok_or_else(|| {
                let names: Vec<_> = exhibits.iter().map(|exhibit| exhibit.name).collect();
                say!(
                    "cli-there-is-no-exhibit-choose",
                    name = shown(name),
                    names = enumerated(&names)
                )
            })?
        }
    };
    let exhibit = exhibits.get(place).ok_or(say!("cli-there-is-no-exhibit-in"))?;
    let given = |id: &str| options.own.value_source(id) == Some(ValueSource::CommandLine);
    for owner in exhibits.iter().filter(|owner| owner.name != exhibit.name) {
        if let Some(id) = owner.ids().into_iter().find(|id| given(id)) {
            let option = format!("--{}", id.replace('_', "-"));
            return Err(say!(
                "cli-is-for-but-the-exhibit",
                option,
                called = owner.called,
                name = exhibit.name,
                name2 = owner.name
            ));
        }
    }
    let table = options.table.given();
    for option in SHARED {
        let typed = match (option, table) {
            (TABLE, Some(typed)) => typed.to_owned(),
            (TABLE, None) => continue,
            _ if given(option) => format!("--{}", option.replace('_', "-")),
            _ => continue,
        };
        let takers = || exhibits.iter().filter(|other| other.takes(option).is_some());
        if option == TABLE && (exhibit.takes(TABLE).is_none() || options.data.is_none()) {
            let names = enumerated_with(
                &takers().map(|taker| taker.name).collect::<Vec<_>>(),
                key!("list-or"),
            );
            return Err(say!("cli-says-how-a-table-of", typed, names));
        }
        if let Some(why) = exhibit.lacks(option) {
            return Err(format!("{typed} {why}."));
        }
        if exhibit.takes(option).is_none() {
            let names = enumerated_with(
                &takers().map(|taker| taker.called.text()).collect::<Vec<_>>(),
                key!("list-and"),
            );
            return Err(say!("cli-is-for-but-the-exhibit-is", typed, names, name = exhibit.name));
        }
    }
    Ok(place)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_listed_as_one_says_them() {
        assert_eq!(enumerated_with(&["a"].into_iter().collect::<Vec<_>>(), key!("list-or")), "a");
        assert_eq!(
            enumerated_with(&["a", "b"].into_iter().collect::<Vec<_>>(), key!("list-and")),
            "a and b"
        );
        assert_eq!(
            enumerated_with(&["a", "b", "c"].into_iter().collect::<Vec<_>>(), key!("list-or")),
            "a, b or c"
        );
    }
}
