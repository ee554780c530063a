//! What the hall has asked that holds on: whoever attaches later is told it, too.

use crate::stream::Command;

/// The last request of each kind that stands until it is replaced.
#[derive(Debug, Default)]
pub(super) struct Standing {
    rate: Option<Command>,
    speed: Option<Command>,
    subscribed: Option<Command>,
}

impl Standing {
    /// Remembers a request, if it is of that kind.
    pub(super) fn note(&mut self, command: &Command) {
        let place = match command {
            Command::SetSnapshotRate { .. } => &mut self.rate,
            Command::LimitSpeed { .. } => &mut self.speed,
            Command::Subscribe(_) => &mut self.subscribed,
            _ => return,
        };
        *place = Some(command.clone());
    }

    /// What is asked of a training that has just attached.
    pub(super) fn at_first(&self) -> impl Iterator<Item = Command> {
        self.speed.clone().into_iter().chain(self.rate.clone())
    }

    /// What is asked of it once its graph is known, since names of tensors are those of a graph.
    pub(super) fn of_graph(&self) -> Option<Command> {
        self.subscribed.clone()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_holds_on_is_asked_again_and_what_was_done_is_not() {
        let mut standing = Standing::default();
        for command in [
            Command::Pause,
            Command::SetSnapshotRate { per_second: 2.0 },
            Command::Subscribe(Vec::new()),
            Command::LimitSpeed { steps_per_second: Some(3.0) },
            Command::SetSnapshotRate { per_second: 9.0 },
            Command::Advance { steps: 4 },
        ] {
            standing.note(&command);
        }
        let first: Vec<_> = standing.at_first().collect();
        assert_eq!(
            first,
            [
                Command::LimitSpeed { steps_per_second: Some(3.0) },
                Command::SetSnapshotRate { per_second: 9.0 }
            ]
        );
        assert_eq!(standing.of_graph(), Some(Command::Subscribe(Vec::new())));
    }
}
