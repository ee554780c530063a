//! What exhibits understand on the command line: options that several share, and each one's own.

use clap::{ArgMatches, Command, parser::ValueSource};

use super::{options::Options, table::TableOptions};
use crate::sentence::shown;

/// Options that not every exhibit understands, though several do; the last stands for those of tables.
const SHARED: [&str; 15] = [
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
    "health",
    "landscape",
    INSIDE,
    TABLE,
];
/// The option that looks inside; the word alone stands for doing so in the first exhibit that can be looked into.
const INSIDE: &str = "inside";
/// How a table of one's own is written.
const TABLE: &str = "table";

/// What an exhibit understands.
#[derive(Clone, Copy)]
pub struct ExhibitOptions {
    /// Its name on the command line.
    pub name: &'static str,
    /// What it is called in a sentence, such as `the descent`.
    pub called: &'static str,
    /// What it makes of the options that several understand.
    pub shared: &'static [Shared],
    /// Adds its own options to the command.
    pub own: fn(Command) -> Command,
}

/// What an exhibit makes of an option that several understand, by the option's name without dashes in front.
#[derive(Clone, Copy)]
pub enum Shared {
    /// It takes it; what it is when left out, or what it gives, in words for the help.
    Takes(&'static str, &'static str),
    /// It does not, and why, in words that follow the option.
    Lacks(&'static str, &'static str),
}

impl ExhibitOptions {
    /// One without options of its own.
    pub const fn plain(
        name: &'static str,
        called: &'static str,
        shared: &'static [Shared],
    ) -> Self {
        Self { name, called, shared, own: |command| command }
    }

    /// Its own options, of which none was given.
    fn nothing_said(&self) -> ArgMatches {
        let command = (self.own)(Command::new("").no_binary_name(true));
        command.try_get_matches_from::<_, &str>([]).unwrap_or_default()
    }

    /// What it takes an option for, if it takes it.
    fn takes(&self, option: &str) -> Option<&'static str> {
        self.shared.iter().find_map(|shared| match shared {
            Shared::Takes(name, words) if name.replace('-', "_") == option => Some(*words),
            _ => None,
        })
    }

    /// Why it does not take an option, if it says so.
    fn lacks(&self, option: &str) -> Option<&'static str> {
        self.shared.iter().find_map(|shared| match shared {
            Shared::Lacks(name, why) if name.replace('-', "_") == option => Some(*why),
            _ => None,
        })
    }

    /// The ids of its own options.
    fn ids(&self) -> Vec<String> {
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
            health: false,
            landscape: false,
            inside: false,
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
    let first = exhibits.first().map_or("", |exhibit| exhibit.name);
    let names = list(exhibits.iter().map(|exhibit| exhibit.name), "or");
    command = command.mut_arg("exhibit", |argument| {
        let inside = exhibits.iter().find(|exhibit| exhibit.takes(INSIDE).is_some());
        let inside = inside.map(|exhibit| format!("; {INSIDE} is {} --{INSIDE}", exhibit.name));
        let inside = inside.unwrap_or_default();
        argument.help(format!("The exhibit to visit: {names}{inside} [default: {first}]"))
    });
    for option in SHARED.into_iter().filter(|option| *option != TABLE) {
        let usual: Vec<String> = exhibits
            .iter()
            .filter_map(|exhibit| Some(format!("{} for {}", exhibit.takes(option)?, exhibit.name)))
            .collect();
        let usual = usual.join(", ");
        command = command.mut_arg(option, |argument| {
            let what = argument.get_help().map(ToString::to_string).unwrap_or_default();
            let has_default = ["epochs", "batch", "learning_rate", "folds"].contains(&option);
            let usual =
                if has_default { format!(" [default: {usual}]") } else { format!(": {usual}") };
            argument.help(what + &usual)
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
                format!("There is no exhibit {}: choose {}.", shown(name), names.join(", "))
            })?
        }
    };
    let exhibit = exhibits.get(place).ok_or("There is no exhibit in this program.")?;
    let given = |id: &str| options.own.value_source(id) == Some(ValueSource::CommandLine);
    for owner in exhibits.iter().filter(|owner| owner.name != exhibit.name) {
        if let Some(id) = owner.ids().into_iter().find(|id| given(id)) {
            let option = format!("--{}", id.replace('_', "-"));
            return Err(format!(
                "{option} is for {}, but the exhibit is {}: say perceptarium {} {option} ….",
                owner.called, exhibit.name, owner.name,
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
            let names = list(takers().map(|taker| taker.name), "or");
            return Err(format!(
                "{typed} says how a table of your own is written: name one with --data, for {names}."
            ));
        }
        if let Some(why) = exhibit.lacks(option) {
            return Err(format!("{typed} {why}."));
        }
        if exhibit.takes(option).is_none() {
            let names = list(takers().map(|taker| taker.called), "and");
            return Err(format!(
                "{typed} is for {names}, but the exhibit is {}: leave it out.",
                exhibit.name
            ));
        }
    }
    Ok(place)
}

/// Names with commas, and a word before the last.
fn list<'a>(names: impl Iterator<Item = &'a str>, word: &str) -> String {
    let names: Vec<_> = names.collect();
    match names.as_slice() {
        [] => String::new(),
        [one] => (*one).to_owned(),
        [first @ .., last] => format!("{} {word} {last}", first.join(", ")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_listed_as_one_says_them() {
        assert_eq!(list(["a"].into_iter(), "or"), "a");
        assert_eq!(list(["a", "b"].into_iter(), "and"), "a and b");
        assert_eq!(list(["a", "b", "c"].into_iter(), "or"), "a, b or c");
    }
}
