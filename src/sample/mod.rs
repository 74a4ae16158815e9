//! A demo company's exports, made from a seed: the same company for the same plan, on any machine.
//!
//! Takes a [`Plan`] and gives files as bytes; it reads and writes nothing. The people are invented and the
//! formats are real (`formats/atlassian.md`, `formats/directories.md`), peculiarities included: a product
//! under its former and its present name, addresses in several spellings, accounts in one export only,
//! flags that contradict the rules. [`Truth`] says what an analysis must find in them.
//!
//! Employees come in blocks of 500, each with its own chance, so time and size grow with the number of
//! people, and a larger company begins with the people of a smaller one.
//!
//! ```text
//! Plan ─► story (who fares how) ─► lives, seats (people, accounts) ─► files (rows) ─► GeneratedFile
//!                                                                 └─► truth (counts)
//! ```

mod calendar;
mod cast;
mod chance;
mod company;
mod files;
mod lives;
mod names;
mod outsiders;
mod seats;
mod settings;
mod story;
mod table;
mod truth;

use calendar::Calendar;
use cast::Listed;
use chance::Chance;
use lives::Life;
use story::{BLOCK, Story};
use table::Table;

#[cfg(test)]
pub(crate) use cast::Standing;
pub(crate) use truth::Truth;
#[cfg(test)]
pub(crate) use truth::Use;

/// What to make: `people` employees as the directory shows them on the day `as_of`.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Plan {
    pub(crate) people: u32,
    pub(crate) seed: u64,
    pub(crate) as_of: chrono::NaiveDate,
}

/// A file's name and content.
#[derive(Debug)]
pub(crate) struct GeneratedFile {
    pub(crate) name: &'static str,
    pub(crate) bytes: Vec<u8>,
}

/// The four files of a sample.
pub(crate) fn generate(plan: &Plan) -> Vec<GeneratedFile> {
    generate_with_truth(plan).0
}

/// The four files of a sample, and what is true of them.
pub(crate) fn generate_with_truth(plan: &Plan) -> (Vec<GeneratedFile>, Truth) {
    let mut sample = Sample::new(Calendar::new(plan.as_of));
    let mut number = 0;
    for block in 0..plan.people.div_ceil(BLOCK) {
        let begin = block * BLOCK;
        let end = plan.people.min(begin.saturating_add(BLOCK));
        let mut chance = Chance::new(plan.seed, block);
        let stories = story::deal(&mut chance, begin, end);
        let mut lives = Vec::with_capacity(stories.len());
        for story in stories {
            let life = lives::live(story, number, plan.seed, &mut chance);
            if story == Story::OnLeave {
                sample.on_leave = life
                    .accounts
                    .first()
                    .map(|account| account.email.to_ascii_lowercase());
            }
            lives.push(life);
            number += 1;
        }
        sample.add(&mut lives, &mut chance);
        if block == 0 {
            sample.reserve(plan.people);
        }
    }
    sample.finish()
}

/// The files so far.
struct Sample {
    calendar: Calendar,
    users: Table,
    managed: Table,
    entra: Table,
    on_leave: Option<String>,
    truth: Truth,
}

impl Sample {
    fn new(calendar: Calendar) -> Self {
        Self {
            calendar,
            users: files::users_export(),
            managed: files::managed_export(),
            entra: files::entra_export(),
            on_leave: None,
            truth: Truth::default(),
        }
    }

    /// Room for all blocks at the size of the first, so that the tables don't double their way up.
    fn reserve(&mut self, people: u32) {
        let blocks = (people / BLOCK) as usize;
        for table in [&mut self.users, &mut self.managed, &mut self.entra] {
            let block = table.len() + table.len() / 16;
            table.reserve(block * blocks);
        }
    }

    /// Adds a block's rows. Each file has its own order, as the real ones do.
    fn add(&mut self, lives: &mut [Life], chance: &mut Chance) {
        for account in lives.iter().flat_map(|life| &life.accounts) {
            self.truth.add_account(account);
            if account.listed != Listed::ManagedOnly {
                files::users_row(&mut self.users, account, &self.calendar);
            }
        }
        chance.shuffle(lives);
        for account in lives.iter().flat_map(|life| &life.accounts) {
            if account.listed != Listed::UsersOnly {
                files::managed_row(&mut self.managed, account, &self.calendar);
            }
        }
        chance.shuffle(lives);
        for person in lives.iter().filter_map(|life| life.person.as_ref()) {
            self.truth.add_person(person);
            files::entra_row(&mut self.entra, person, &self.calendar);
        }
    }

    fn finish(self) -> (Vec<GeneratedFile>, Truth) {
        let settings = settings::text(&self.calendar, self.on_leave.as_deref());
        let files = vec![
            GeneratedFile {
                name: "export-users.csv",
                bytes: self.users.into_bytes(),
            },
            GeneratedFile {
                name: "managed-accounts.csv",
                bytes: self.managed.into_bytes(),
            },
            GeneratedFile {
                name: "entra-users.csv",
                bytes: self.entra.into_bytes(),
            },
            GeneratedFile {
                name: "seatledger.toml",
                bytes: settings.into_bytes(),
            },
        ];
        (files, self.truth)
    }
}

#[cfg(test)]
mod tests;
