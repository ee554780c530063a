//! What is visited: an exhibit with its data and its plan, checked before anything opens.

use std::{path::PathBuf, sync::Arc};

use perceptarium::{
    asset_path,
    cli::{self, DescentProblem, DescentRunner, Options},
    exhibits::{descent, digits, logistic, recommender},
    learning::{
        LessonMaker, Plan,
        data::table::{DecimalMark, TableOptions},
    },
    sentence::{counted, shown, shown_path},
    stream::{
        DescentSettings, ExhibitId, ListAsk, Missing, Penalty, Person, Ratings, Runner, Solver,
        Split, TableSettings, TasteAsk,
    },
    terminal::{ReadingBar, WorkingLine},
    trouble::Trouble,
};

use crate::{
    asked,
    errand::{self, Errand},
};

/// The data that ship with the program.
const SHIPPED_DIGITS: &str = "datasets/mnist-10k";
const SHIPPED_RATINGS: &str = "datasets/movielens-latest-small";
const SHIPPED_TABLE: &str = "datasets/breast-cancer-wisconsin/breast-cancer-wisconsin.csv";
/// Films on a list that is printed, if the visitor does not say.
const USUAL_TOP: usize = 10;

/// An exhibit that can be opened.
pub(crate) struct Prepared {
    pub(crate) exhibit: ExhibitId,
    pub(crate) lesson: LessonMaker,
    pub(crate) plan: Plan,
    /// How fast a visit in the hall begins, in steps per second: slowly enough that one can follow it; the desk's slider
    /// takes the limit away.
    pub(crate) opening_pace: f32,
    /// What is asked of a recommender when it has learned.
    pub(crate) errand: Option<Errand>,
}

/// Gets an exhibit ready.
pub(crate) fn prepare(options: &Options) -> Result<Prepared, Trouble> {
    let known =
        [digits::EXHIBIT_ID, recommender::EXHIBIT_ID, descent::EXHIBIT_ID, logistic::EXHIBIT_ID];
    let Some(exhibit) = known.into_iter().find(|exhibit| exhibit.name() == options.exhibit) else {
        return Err(Trouble::Asked(format!(
            "There is no exhibit {}: choose {}.",
            shown(&options.exhibit),
            known.map(ExhibitId::name).join(", "),
        )));
    };
    refuse_foreign(options, exhibit)?;
    match exhibit {
        digits::EXHIBIT_ID => prepare_digits(options),
        descent::EXHIBIT_ID => prepare_descent(options),
        logistic::EXHIBIT_ID => prepare_logistic(options),
        _ => prepare_recommender(options),
    }
}

/// Refuses options that only other exhibits understand.
fn refuse_foreign(options: &Options, exhibit: ExhibitId) -> Result<(), Trouble> {
    let name = exhibit.name();
    let foreign = [
        (recommender::EXHIBIT_ID, "the recommender", options.recommender.given()),
        (descent::EXHIBIT_ID, "the descent", options.descent.given()),
        (logistic::EXHIBIT_ID, "logistic", options.logistic.given()),
    ];
    for (owner, title, given) in foreign {
        if let Some(option) = given.filter(|_| owner != exhibit) {
            return Err(Trouble::Asked(format!(
                "{option} is for {title}, but the exhibit is {name}: say perceptarium {} {option} ….",
                owner.name(),
            )));
        }
    }
    if let Some(option) =
        options.table.given().filter(|_| exhibit == digits::EXHIBIT_ID || options.data.is_none())
    {
        return Err(Trouble::Asked(format!(
            "{option} says how a table of your own is written: name one with --data, for recommender, descent or logistic."
        )));
    }
    if options.folds.is_some() && matches!(exhibit, digits::EXHIBIT_ID | descent::EXHIBIT_ID) {
        return Err(Trouble::Asked(format!(
            "--folds is for the recommender and logistic, but the exhibit is {name}: leave it out."
        )));
    }
    Ok(())
}

fn prepare_digits(options: &Options) -> Result<Prepared, Trouble> {
    let plan = plan(options, Plan::default())?;
    let dataset = digits::load(&data(options, SHIPPED_DIGITS)?).map_err(asked)?;
    let lesson = digits::lesson(dataset, digits::Route::default());
    // Ten epochs of the shipped data take under a minute instead of three seconds.
    Ok(Prepared { exhibit: digits::EXHIBIT_ID, lesson, plan, opening_pace: 50.0, errand: None })
}

fn prepare_descent(options: &Options) -> Result<Prepared, Trouble> {
    let refused = |sentence: String| Err(Trouble::Asked(sentence));
    if options.epochs.is_some() {
        return refused(
            "--epochs is for what is learned again and again, but a descent is counted in steps: say --steps."
                .to_owned(),
        );
    }
    let own = &options.descent;
    let problem = own.problem.unwrap_or(DescentProblem::Line);
    let of_line =
        [("--data", options.data.is_some()), ("--x", own.x.is_some()), ("--y", own.y.is_some())];
    if let Some((option, _)) = of_line.into_iter().find(|(_, given)| *given)
        && problem != DescentProblem::Line
    {
        return refused(format!(
            "{option} is for the line, but --problem is another: leave one of them out."
        ));
    }
    let tumours = asset_path::assets()?.join(SHIPPED_TABLE);
    let columns = descent::LineColumns { x: own.x.clone(), y: own.y.clone() };
    let table = table(options);
    let own_data = options.data.as_deref().map(|path| (path, &table));
    let problems = descent::load(&tumours, own_data, &columns).map_err(asked)?;
    let runs = |runner: Runner| {
        let chosen = |chosen: &Vec<DescentRunner>| chosen.iter().any(|one| same(*one) == runner);
        own.runners.as_ref().is_none_or(chosen)
    };
    let settings = DescentSettings {
        problem: problem as usize,
        start: own.start.map(|start| start.0),
        runners: Runner::ALL.map(runs),
    };
    problems.check(&settings).map_err(asked)?;
    if options.batch.is_some() && !problems.has_points(settings.problem) {
        return refused(
            "--batch says how many points the stochastic runner sums over, but a formula has none: leave it out."
                .to_owned(),
        );
    }
    let usual_rate = problems.usual_rate(settings.problem);
    let usual = Plan {
        epochs: 1,
        batch: 16,
        learning_rate: usual_rate.unwrap_or(Plan::default().learning_rate),
        ..Plan::default()
    };
    let plan = plan(options, usual)?;
    let lesson = descent::lesson(problems, settings, own.steps);
    // Slowly enough that each step can be read.
    Ok(Prepared { exhibit: descent::EXHIBIT_ID, lesson, plan, opening_pace: 20.0, errand: None })
}

/// A runner as the stream calls it.
const fn same(runner: DescentRunner) -> Runner {
    match runner {
        DescentRunner::GradientDescent => Runner::GradientDescent,
        DescentRunner::Stochastic => Runner::Stochastic,
        DescentRunner::Momentum => Runner::Momentum,
        DescentRunner::RmsProp => Runner::RmsProp,
        DescentRunner::Adam => Runner::Adam,
    }
}

fn prepare_recommender(options: &Options) -> Result<Prepared, Trouble> {
    if options.batch.is_some() {
        return Err(Trouble::Asked(
            "--batch is for the digits, but the recommender learns one rating at a time: leave it out."
                .to_owned(),
        ));
    }
    let own = &options.recommender;
    let usual = recommender::Settings::default();
    let settings = recommender::Settings {
        factors: own.factors.unwrap_or(usual.factors),
        regularisation: own.regularisation.unwrap_or(usual.regularisation),
        init_std: own.init_std.unwrap_or(usual.init_std),
        folds: options.folds.unwrap_or(usual.folds),
    };
    // Surprise's defaults.
    let usual = Plan { epochs: 20, batch: 1, learning_rate: 0.005, ..Plan::default() };
    let plan = plan(options, usual)?;
    let reading = recommender::ReadOptions {
        columns: recommender::Columns {
            user: own.user_column.clone(),
            item: own.item_column.clone(),
            rating: own.rating_column.clone(),
        },
        scale: own.scale.map(|scale| scale.low..=scale.high),
        table: table(options),
    };
    let ratings = recommender::load(&data(options, SHIPPED_RATINGS)?, &reading).map_err(asked)?;
    let working_rate = plan.working_rate.min(settings.steady_rate(ratings.scale));
    let plan = Plan { working_rate, ..plan };
    let errand = errand(options, &ratings)?;
    let lesson = recommender::lesson(ratings, settings);
    // Five seconds an epoch of the shipped data.
    let opening_pace = 20_000.0;
    Ok(Prepared { exhibit: recommender::EXHIBIT_ID, lesson, plan, opening_pace, errand })
}

fn prepare_logistic(options: &Options) -> Result<Prepared, Trouble> {
    let own = &options.logistic;
    let solver = match own.solver {
        None | Some(cli::Solver::FullBatch) => Solver::FullBatch,
        Some(cli::Solver::MiniBatch) => Solver::MiniBatch,
        Some(cli::Solver::Lbfgs) => Solver::Lbfgs,
    };
    if options.batch.is_some() && solver != Solver::MiniBatch {
        return Err(Trouble::Asked(
            "--batch is for mini-batches, but all rows are learned from at once: say --solver mini-batch too."
                .to_owned(),
        ));
    }
    let usual = logistic::Settings::default();
    let settings = logistic::Settings {
        table: TableSettings {
            chosen: None,
            pairwise: own.pairwise,
            penalty: match own.penalty {
                None | Some(cli::Penalty::L2) => Penalty::L2,
                Some(cli::Penalty::L1) => Penalty::L1,
                Some(cli::Penalty::None) => Penalty::None,
            },
            c: own.c.unwrap_or(usual.table.c),
            solver,
            standardise: !own.no_standardise,
            missing: match own.missing {
                None | Some(cli::Missing::Drop) => Missing::Drop,
                Some(cli::Missing::Mean) => Missing::Mean,
                Some(cli::Missing::Median) => Missing::Median,
            },
            split: match own.split {
                None | Some(cli::Split::Shuffled) => Split::Shuffled,
                Some(cli::Split::Stratified) => Split::Stratified,
                Some(cli::Split::Sklearn42) => Split::Sklearn42,
            },
        },
        features: own.features,
        drop_correlated: own.drop_correlated,
        folds: options.folds.unwrap_or(usual.folds),
    };
    let reading = logistic::ReadOptions { label: own.label.clone(), table: table(options) };
    let mut bar = ReadingBar::default();
    let path = data(options, SHIPPED_TABLE)?;
    let raw = logistic::load(&path, &reading, &mut |read, of| bar.tell(read, of));
    drop(bar);
    let raw = raw.map_err(asked)?;
    let line = WorkingLine::new(format!("preparing {}", counted(raw.features(), "feature")));
    let ready = logistic::ready(raw, settings, options.seed).map_err(asked)?;
    ready.check_bounded().map_err(asked)?;
    drop(line);
    // A descent has come close by then, and L-BFGS is over before.
    let epochs = if solver == Solver::Lbfgs { 1000 } else { 200 };
    let learning_rate = ready.usual_rate();
    let plan = plan(options, Plan { epochs, learning_rate, ..Plan::default() })?;
    let lesson = logistic::lesson(ready);
    // Seven seconds for the usual descent.
    let opening_pace = 30.0;
    Ok(Prepared { exhibit: logistic::EXHIBIT_ID, lesson, plan, opening_pace, errand: None })
}

fn errand(options: &Options, ratings: &Arc<Ratings>) -> Result<Option<Errand>, Trouble> {
    let own = &options.recommender;
    let person = match &own.user {
        Some(name) => Some(ratings.person_called(name).ok_or_else(|| {
            let first = ratings.people.first().map_or("", String::as_str);
            Trouble::Asked(format!(
                "There is no person {} in {}: --user takes one of its {} people, such as {}.",
                shown(name),
                shown(&ratings.name),
                ratings.people.len(),
                shown(first),
            ))
        })?),
        None if own.top.is_some() || own.save_list.is_some() => {
            return Err(Trouble::Asked(
                "A list is made for somebody: say whose with --user ID.".to_owned(),
            ));
        }
        None => None,
    };
    if person.is_none() && own.save_factors.is_none() {
        return Ok(None);
    }
    refuse_overwriting(options)?;
    let length = own.top.unwrap_or(USUAL_TOP);
    Ok(Some(Errand {
        ratings: ratings.clone(),
        ask: TasteAsk {
            people: vec![Person::Known(person.unwrap_or(0) as u32)],
            list: ListAsk { length, ..ListAsk::default() },
            with_factors: own.save_factors.is_some(),
            ..TasteAsk::default()
        },
        person: own.user.clone(),
        list: own.save_list.clone(),
        factors: own.save_factors.clone(),
    }))
}

/// What is written must not take the place of what was read.
fn refuse_overwriting(options: &Options) -> Result<(), Trouble> {
    let Some(data) = options.data.as_ref().and_then(|path| path.canonicalize().ok()) else {
        return Ok(());
    };
    let own = &options.recommender;
    let list = own.save_list.iter().map(|path| ("--save-list", path.clone()));
    let factors = own.save_factors.iter().flat_map(|start| {
        errand::FACTOR_FILES.map(|part| ("--save-factors", errand::named(start, part)))
    });
    for (option, path) in list.chain(factors) {
        // A file that is not there yet takes nobody's place.
        let Ok(file) = path.canonicalize() else {
            continue;
        };
        if file == data || data.is_dir() && file.parent() == Some(&data) {
            return Err(Trouble::Asked(format!(
                "{option} would write over {}, which lies among your data: choose another name.",
                shown_path(&path)
            )));
        }
    }
    Ok(())
}

fn plan(options: &Options, usual: Plan) -> Result<Plan, Trouble> {
    let plan = Plan {
        seed: options.seed,
        epochs: options.epochs.unwrap_or(usual.epochs),
        batch: options.batch.unwrap_or(usual.batch),
        learning_rate: options.learning_rate.unwrap_or(usual.learning_rate),
        working_rate: usual.learning_rate,
        threads: options.threads,
        device: options.device.parse().map_err(asked)?,
        ..usual
    };
    plan.check().map_err(asked)?;
    Ok(plan)
}

/// How a table is written, as far as that was said.
fn table(options: &Options) -> TableOptions {
    TableOptions {
        header: options.table.first_row_is_header(),
        decimal_mark: options.table.decimal_mark.map(|mark| match mark {
            cli::DecimalMark::Point => DecimalMark::Point,
            cli::DecimalMark::Comma => DecimalMark::Comma,
        }),
    }
}

fn data(options: &Options, shipped: &str) -> Result<PathBuf, Trouble> {
    match &options.data {
        Some(path) => Ok(path.clone()),
        None => Ok(asset_path::assets()?.join(shipped)),
    }
}
