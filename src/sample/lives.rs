//! From a story to a person and accounts. Nothing here knows a file format. Who doesn't work here is in
//! `outsiders`, and what an account holds in `seats`.

use super::calendar::OLDEST;
use super::cast::{
    Account, Admin, Listed, Person, PersonKind, Policy, Seat, Seen, Standing, Status, Trello,
};
use super::chance::Chance;
use super::company::{
    DEPARTMENTS, DOMAIN, Department, EXPEDITION, LABS_DOMAIN, OFFICES, Product, Site,
};
use super::names::{Name, capitalised};
use super::outsiders::{app, guest, outsider, service};
use super::seats;
use super::story::Story;

/// What one card yields.
pub(super) struct Life {
    pub(super) person: Option<Person>,
    pub(super) accounts: Vec<Account>,
}

/// Lives out `story` for the `number`th person.
pub(super) fn live(story: Story, number: u64, seed: u64, chance: &mut Chance) -> Life {
    let name = Name::of(number, seed);
    match story {
        Story::Service(which) => alone(service(which, chance)),
        Story::App(which) => alone(app(which, chance)),
        Story::Guest
        | Story::GuestDisabled
        | Story::GuestNotInDirectory
        | Story::GuestWithoutAccount => guest(story, &name, chance),
        Story::Customer | Story::OutsideUser => alone(outsider(story, &name, chance)),
        _ => employee(story, &name, number, chance),
    }
}

fn alone(account: Account) -> Life {
    Life {
        person: None,
        accounts: vec![account],
    }
}

fn employee(story: Story, name: &Name, number: u64, chance: &mut Chance) -> Life {
    let department = department(story, chance);
    let domain = if chance.percent(90) {
        DOMAIN
    } else {
        LABS_DOMAIN
    };
    let mail = format!("{}@{domain}", name.mailbox);
    let account = new_account(story, name, mail.clone(), department, chance);
    let mut person = new_person(story, name, mail.clone(), department, &account, chance);
    let mut accounts = Vec::with_capacity(2);
    match story {
        Story::NoAccount | Story::LeaverWithoutAccount => {}
        Story::MatchedByPrincipal | Story::MatchedByMail => {
            person.principal = format!("e{:05}@{DOMAIN}", 10_000 + number);
            let email = if story == Story::MatchedByMail {
                mail
            } else {
                person.principal.clone()
            };
            accounts.push(Account { email, ..account });
        }
        Story::TwoAccounts => {
            person.principal = format!("e{:05}@{DOMAIN}", 10_000 + number);
            let mut second = new_account(
                Story::Regular,
                name,
                person.principal.clone(),
                department,
                chance,
            );
            second.seats = vec![Seat::user(
                Product::Jira,
                Site::Main,
                Seen::Ago(chance.between(140, 300)),
            )];
            second.added_ago = chance.between(900, 2_000);
            accounts.extend([account, second]);
        }
        Story::WithPlusVariant => {
            let plus = mail.replacen('@', "+test@", 1);
            let mut variant = new_account(Story::Regular, name, plus, department, chance);
            let seen = if chance.percent(50) {
                Seen::Never
            } else {
                Seen::Ago(chance.between(1, 60))
            };
            variant.seats = vec![Seat::user(Product::Jira, Site::Main, seen)];
            variant.standing = Standing::Unmatched;
            variant.added_ago = chance.between(200, 1_500);
            accounts.extend([account, variant]);
        }
        _ => accounts.push(account),
    }
    vary_capitals(&mut person, &mut accounts, chance);
    let absent = matches!(story, Story::LeaverGone | Story::LeaverGoneDeactivated);
    Life {
        person: (!absent).then_some(person),
        accounts,
    }
}

/// Some addresses are written with capitals on one side and without on the other.
fn vary_capitals(person: &mut Person, accounts: &mut [Account], chance: &mut Chance) {
    if chance.percent(5) {
        person.principal = capitalised(&person.principal);
    }
    if let Some(account) = accounts.first_mut().filter(|_| chance.percent(5)) {
        account.email = capitalised(&account.email);
    }
}

fn department(story: Story, chance: &mut Chance) -> &'static Department {
    if story == Story::Expedition {
        return &EXPEDITION;
    }
    let mut draw = chance.between(
        1,
        DEPARTMENTS.iter().map(|department| department.share).sum(),
    );
    for department in &DEPARTMENTS {
        if draw <= department.share {
            return department;
        }
        draw -= department.share;
    }
    &DEPARTMENTS[0]
}

fn new_account(
    story: Story,
    name: &Name,
    email: String,
    department: &Department,
    chance: &mut Chance,
) -> Account {
    let (status, standing) = match story {
        Story::OnSuspension | Story::LeaverSuspended => (Status::Suspended, Standing::Disabled),
        Story::OnDeactivation | Story::LeaverDeactivated | Story::LeaverGoneDeactivated => {
            (Status::Deactivated, Standing::Disabled)
        }
        Story::Leaver | Story::LeaverAdmin => (Status::Active, Standing::Orphaned),
        Story::LeaverGone => (Status::Active, Standing::Unmatched),
        Story::StatusBlank => (Status::Active, Standing::Unknown),
        _ => (Status::Active, Standing::Current),
    };
    let added_ago = added_ago(story, chance);
    let seats = seats::of(story, department, added_ago, chance);
    let unlisted = matches!(story, Story::TrelloOnly | Story::ForeignOnly);
    let plain = story == Story::Regular;
    Account {
        id: chance.account_id(),
        name: display(story, name, chance),
        email,
        status,
        standing,
        added_ago,
        admin: if matches!(story, Story::OrganisationAdmin | Story::LeaverAdmin) {
            Admin::Organisation
        } else {
            Admin::No
        },
        policy: match story {
            Story::NonBillable | Story::FlagSaysYesOnPolicy => Policy::Contractors,
            _ if chance.percent(6) => Policy::LocalDefault,
            _ => Policy::StaffSso,
        },
        trello: if story == Story::TrelloOnly || plain && chance.percent(3) {
            Trello::Free
        } else {
            Trello::No
        },
        consultant: story == Story::ForeignOnly || plain && chance.percent(1),
        elsewhere_ago: (unlisted && chance.percent(70))
            .then(|| chance.between(1, 200).min(added_ago)),
        exempt: matches!(story, Story::OnLeave | Story::Expedition),
        listed: if unlisted {
            Listed::ManagedOnly
        } else {
            Listed::Both
        },
        flag_wrong: matches!(
            story,
            Story::FlagSaysNo | Story::FlagSaysYesOnPolicy | Story::FlagSaysYesOnEnterprise
        ),
        seats,
    }
}

fn added_ago(story: Story, chance: &mut Chance) -> u32 {
    match story {
        Story::Newcomer => chance.between(1, 28),
        Story::AddedInGrace => 29,
        Story::AddedPastGrace => 30,
        Story::Invited => chance.between(35, 200),
        Story::IdleSinceRename => chance.between(1_100, 2_600),
        Story::IdleAccount
        | Story::IdleSecond
        | Story::WithdrawnProduct
        | Story::OnLeave
        | Story::Expedition
        | Story::UsedAtLimit
        | Story::UsedPastLimit => chance.between(450, 3_300),
        Story::Regular if chance.percent(6) => chance.between(3, 30),
        _ => chance.between(60, 2_400).max(chance.between(60, 3_300)),
    }
}

/// The name that somebody chose at Atlassian.
fn display(story: Story, name: &Name, chance: &mut Chance) -> String {
    match chance.between(1, 100) {
        _ if story == Story::FormulaName => format!("={}+{}", name.first, name.last),
        1..=4 => format!("{}, {}", name.last, name.first),
        5..=6 => format!(
            "{} \"{}\" {}",
            name.first,
            name.first.chars().take(2).collect::<String>(),
            name.last
        ),
        7..=9 => name.first.to_lowercase(),
        _ => name.full(),
    }
}

fn new_person(
    story: Story,
    name: &Name,
    mail: String,
    department: &Department,
    account: &Account,
    chance: &mut Chance,
) -> Person {
    let left = matches!(
        story,
        Story::Leaver
            | Story::LeaverAdmin
            | Story::LeaverDeactivated
            | Story::LeaverSuspended
            | Story::LeaverWithoutAccount
    );
    let two_addresses = matches!(
        story,
        Story::MatchedByPrincipal | Story::MatchedByMail | Story::TwoAccounts
    );
    let shown = if two_addresses || chance.percent(92) {
        mail.clone()
    } else {
        String::new()
    };
    Person {
        principal: mail,
        mail: shown,
        other_mail: String::new(),
        display: match chance.between(1, 100) {
            _ if story == Story::FormulaName => format!("={}+{}", name.first, name.last),
            1..=10 => format!("{}, {}", name.last, name.first),
            11 => format!(
                "{} \"{}\" {}",
                name.first,
                name.first.chars().take(2).collect::<String>(),
                name.last
            ),
            _ => name.full(),
        },
        first: name.first,
        last: name.last,
        id: chance.uuid(),
        kind: PersonKind::Member,
        enabled: match story {
            Story::StatusBlank => "",
            _ if left => "False",
            _ => "True",
        },
        department: if department.share > 0 && chance.percent(1) {
            ""
        } else {
            department.name
        },
        title: chance.pick_early(department.titles),
        office: chance.between(
            0,
            if department.name.contains("EMEA") {
                3
            } else {
                4
            },
        ) as usize
            % OFFICES.len(),
        created_ago: (account.added_ago + chance.between(0, 60)).min(OLDEST),
        created_at: chance.between(7 * 3_600, 18 * 3_600),
    }
}
