//! What is said of test images: how many are shown of how many, and what each of them is and was read as.

use super::{
    order::Order,
    shelf::{Known, Read},
    wall::PLACES,
};
use crate::{
    sentence::grouped,
    world::{classifier::sheet, ui::words},
};

/// Letters that have room below an image of the board, and of a name in a line of its own.
const LETTERS: usize = 6;
const LINE_LETTERS: usize = 10;

/// From so many images on there is little room for their numbers.
const MANY: usize = 1000;

/// The same where there is little room.
pub(super) fn short_count(shown: usize, all: usize) -> String {
    if all < MANY { count(shown, all) } else { format!("{}/{}", grouped(shown), grouped(all)) }
}

/// How many images of all are shown.
pub(super) fn count(shown: usize, all: usize) -> String {
    say!("classifier-of", shown = grouped(shown), all = grouped(all))
}

/// Which of them hang on a page, where not all do.
pub(super) fn drawn(page: usize, shown: usize) -> String {
    if shown <= PLACES {
        return String::new();
    }
    let first = page * PLACES;
    let last = (first + PLACES).min(shown);
    let these = format!("{}–{}", grouped(first + 1), grouped(last));
    // How many there are stands above them, too.
    if shown < MANY { format!("{these}/{}", grouped(shown)) } else { these }
}

fn name(classes: &[String], class: u8) -> String {
    sheet::class_name(classes, usize::from(class))
}

/// What an image is, what it was read as, and with which probability.
pub(super) fn of(known: &Known, classes: &[String]) -> String {
    let truth = name(classes, known.truth);
    match known.read {
        None => say!("classifier-true", truth),
        Some(read) if read.said == known.truth => {
            say!("classifier-read-rightly", truth, sure = sheet::whole_percent(read.sure))
        }
        Some(read) => {
            let sure = sheet::whole_percent(read.sure);
            say!("classifier-true-read-as", truth, classes = name(classes, read.said), sure)
        }
    }
}

/// The same in two lines, with its loss.
pub(super) fn lines(known: &Known, classes: &[String]) -> [String; 2] {
    let name = |class| words::squeezed(&name(classes, class), LINE_LETTERS);
    let truth = say!("classifier-true", truth = name(known.truth));
    match known.read {
        None => [truth, say!("classifier-not-tested-yet").to_owned()],
        Some(Read { said, sure, loss }) => {
            let loss = loss.map_or_else(String::new, |loss| {
                say!("classifier-loss", loss = sheet::figure(loss))
            });
            [
                truth + &loss,
                say!("classifier-read-as", said = name(said), sure = sheet::whole_percent(sure)),
            ]
        }
    }
}

/// Three short lines below an image: its class, what it was read as, and what the order goes by.
pub(super) fn label(known: &Known, classes: &[String], order: Order) -> [String; 3] {
    let short = |class: u8, most: usize| {
        let name = name(classes, class);
        // What is cut ends with a wide sign.
        let is_short = name.chars().count() <= most;
        if is_short { name } else { words::shortened(&name, LETTERS - 1) }
    };
    let truth = short(known.truth, LETTERS);
    let Some(read) = known.read else {
        return [truth, String::new(), String::new()];
    };
    let said = if read.said == known.truth {
        say!("classifier-right").to_owned()
    } else {
        format!("→{}", short(read.said, LETTERS - 1))
    };
    let number = match (order, read.loss) {
        (Order::Misread, _) | (_, None) => sheet::whole_percent(read.sure),
        (_, Some(loss)) => sheet::figure(loss),
    };
    [truth, said, number]
}

/// What stands in the third of these lines.
pub(super) fn number_is(order: Order) -> &'static str {
    match order {
        Order::Misread => say!("classifier-class-read-as-how-sure"),
        _ => say!("classifier-class-read-as-loss"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn known(said: u8, sure: f32, loss: f32) -> Known {
        Known { index: 3, truth: 4, read: Some(Read { said, sure, loss: Some(loss) }) }
    }

    #[test]
    fn it_is_said_which_of_them_hang_where_there_is_no_room_for_all() {
        assert_eq!(count(74, 2000), "74 of 2,000");
        assert_eq!(drawn(0, 74), "1–12/74");
        assert_eq!(drawn(6, 74), "73–74/74");
        assert_eq!(drawn(833, 10_000), "9,997–10,000");
        assert_eq!(short_count(34, 100), "34 of 100");
        assert_eq!(short_count(1769, 2000), "1,769/2,000");
        // The wall has room for so many figures.
        let room = 0.64 * sheet::DMM_PER_M / 16.0;
        for line in [short_count(9769, 10_000), drawn(833, 10_000)] {
            let wide = line.chars().map(|sign| if [',', '/'].contains(&sign) { 0.5 } else { 1.0 });
            assert!(wide.sum::<f32>() <= room, "{line}");
        }
        assert_eq!(drawn(0, 12), "");
    }

    #[test]
    fn an_image_says_truth_answer_certainty_and_loss() {
        let classes: Vec<String> = (0..10).map(|class| class.to_string()).collect();
        let wrong = known(9, 0.968, 3.5);
        assert_eq!(of(&wrong, &classes), "true 4, read as 9 (97 %)");
        assert_eq!(lines(&wrong, &classes), ["true 4, loss 3.50", "read as 9 (97 %)"]);
        assert_eq!(label(&wrong, &classes, Order::Misread), ["4", "→9", "97 %"]);
        assert_eq!(label(&wrong, &classes, Order::MostLoss), ["4", "→9", "3.50"]);
        let right = known(4, 0.75, 0.288);
        assert_eq!(of(&right, &classes), "4, read rightly (75 %)");
        assert_eq!(label(&right, &classes, Order::AsTheyLie), ["4", "right", "0.29"]);
        let untested = Known { read: None, ..right };
        assert_eq!(of(&untested, &classes), "true 4");
        assert_eq!(lines(&untested, &classes)[1], "not tested yet");
        assert_eq!(label(&untested, &classes, Order::AsTheyLie), ["4", "", ""]);
    }

    #[test]
    fn long_names_are_cut_where_there_is_no_room() {
        let classes = vec!["automobile".to_owned(); 10];
        assert_eq!(label(&known(9, 0.9, 1.0), &classes, Order::Misread)[..2], ["auto…", "→auto…"]);
        assert_eq!(lines(&known(9, 0.9, 1.0), &classes)[1], "read as automobile (90 %)");
    }
}
