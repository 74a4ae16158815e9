//! Accounts that no employee holds: guests, customers, service accounts and apps.

use super::cast::{
    Access, Account, Admin, Listed, Person, PersonKind, Policy, Seat, Seen, Standing, Status,
    Trello,
};
use super::chance::Chance;
use super::company::{
    APP_DOMAIN, APPS, DOMAIN, OFFICES, OUTSIDE_DOMAINS, Product, SERVICE_ACCOUNTS, Site,
};
use super::lives::Life;
use super::names::Name;
use super::story::Story;

pub(super) fn guest(story: Story, name: &Name, chance: &mut Chance) -> Life {
    let outside = chance.pick(&OUTSIDE_DOMAINS);
    let email = format!("{}@{outside}", name.mailbox);
    let standing = match story {
        Story::GuestDisabled => Standing::Orphaned,
        Story::GuestNotInDirectory => Standing::External,
        _ => Standing::Current,
    };
    let mut account = bare_account(standing, email.clone(), name.full(), chance);
    let seen = if chance.percent(15) {
        Seen::Never
    } else {
        Seen::Ago(chance.days_since_use(55))
    };
    account.seats = vec![Seat {
        access: Access::Guest,
        ..Seat::user(Product::Confluence, Site::Main, seen)
    }];
    let person = Person {
        principal: format!("{}_{outside}#EXT#@{DOMAIN}", name.mailbox),
        mail: if chance.percent(50) {
            email.clone()
        } else {
            String::new()
        },
        other_mail: email,
        display: name.full(),
        first: name.first,
        last: name.last,
        id: chance.uuid(),
        kind: if chance.percent(20) {
            PersonKind::MemberFromOutside
        } else {
            PersonKind::Guest
        },
        enabled: if story == Story::GuestDisabled {
            "False"
        } else {
            "True"
        },
        department: "",
        title: "",
        office: OFFICES.len(),
        created_ago: account.added_ago,
        created_at: chance.between(7 * 3_600, 18 * 3_600),
    };
    let accounts = if story == Story::GuestWithoutAccount {
        Vec::new()
    } else {
        vec![account]
    };
    Life {
        person: (story != Story::GuestNotInDirectory).then_some(person),
        accounts,
    }
}

pub(super) fn outsider(story: Story, name: &Name, chance: &mut Chance) -> Account {
    let email = format!("{}@{}", name.mailbox, chance.pick(&OUTSIDE_DOMAINS));
    if story == Story::Customer {
        let mut account = bare_account(Standing::Customer, email, name.full(), chance);
        let seen = if chance.percent(40) {
            Seen::Never
        } else {
            Seen::Ago(chance.between(1, 59))
        };
        let portal = Seat::user(Product::ServiceManagement, Site::Main, seen);
        account.seats = vec![Seat {
            access: Access::Customer,
            ..portal
        }];
        account
    } else {
        let mut account = bare_account(Standing::External, email, name.full(), chance);
        let seen = Seen::Ago(chance.days_since_use(55));
        account.seats = vec![Seat::user(Product::Jira, Site::Main, seen)];
        account
    }
}

pub(super) fn service(which: usize, chance: &mut Chance) -> Account {
    let (email, name, _) = SERVICE_ACCOUNTS[which];
    let mut account = bare_account(Standing::Service, email.to_owned(), name.to_owned(), chance);
    let seen = if which == 0 {
        Seen::Ago(0)
    } else {
        Seen::Never
    };
    account.seats = vec![Seat::user(Product::Jira, Site::Main, seen)];
    if which != 1 {
        account
            .seats
            .push(Seat::user(Product::Confluence, Site::Main, seen));
    }
    Account {
        policy: Policy::ServiceAccounts,
        listed: Listed::Both,
        exempt: true,
        ..account
    }
}

pub(super) fn app(which: usize, chance: &mut Chance) -> Account {
    let id = chance.account_id();
    let mailbox = chance.uuid().replace('-', "");
    let email = format!("{mailbox}@{APP_DOMAIN}");
    let mut account = bare_account(Standing::App, email, APPS[which].to_owned(), chance);
    account.seats = vec![
        Seat::user(Product::Jira, Site::Main, Seen::Never),
        Seat::user(Product::Confluence, Site::Main, Seen::Never),
    ];
    Account { id, ..account }
}

/// An account outside the claimed domains, as yet without a seat.
fn bare_account(standing: Standing, email: String, name: String, chance: &mut Chance) -> Account {
    Account {
        id: chance.account_id(),
        name,
        email,
        status: Status::Active,
        standing,
        added_ago: chance.between(60, 1_500),
        admin: Admin::No,
        seats: Vec::new(),
        policy: Policy::StaffSso,
        trello: Trello::No,
        consultant: false,
        elsewhere_ago: None,
        exempt: false,
        listed: Listed::UsersOnly,
        flag_wrong: false,
    }
}
