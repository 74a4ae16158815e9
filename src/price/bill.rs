//! Bills: subscriptions become rounded lines, and lines become totals.
//!
//! What one line costs is `quote`'s; what two bills differ by is `saving`'s.

use crate::money::{Cost, Currency, MoneyError};

use super::quote::BillLine;

/// Lines that have been rounded, and their sums.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) struct Bill {
    pub(crate) currency: Currency,
    pub(crate) lines: Vec<BillLine>,
    pub(crate) monthly: Cost,
    pub(crate) annual: Cost,
    pub(crate) list_annual: Cost,
}

impl Bill {
    /// Adds rounded lines up.
    ///
    /// # Errors
    /// `CurrencyMismatch`, `TooLarge`.
    pub(crate) fn of(currency: Currency, lines: Vec<BillLine>) -> Result<Bill, MoneyError> {
        let monthly = Cost::sum(currency, lines.iter().map(|line| &line.monthly))?;
        let annual = Cost::sum(currency, lines.iter().map(|line| &line.annual))?;
        let list_annual = Cost::sum(currency, lines.iter().map(|line| &line.list_annual))?;
        Ok(Bill {
            currency,
            lines,
            monthly,
            annual,
            list_annual,
        })
    }
}

#[cfg(test)]
mod tests {
    use crate::money::Cost;
    use crate::price::bands::Step;
    use crate::price::fixtures::{bill, bill_under, seats};
    use crate::price::quote::{Basis, BillLine};
    use crate::price::{Billing, ENTERPRISE, GUARD, PREMIUM, STANDARD};

    fn line(product: &str, plan: &str, quantity: u64) -> BillLine {
        bill(&[seats(product, plan, quantity)]).lines.remove(0)
    }

    fn working(line: &BillLine) -> Vec<String> {
        line.working.iter().map(Step::text).collect()
    }

    #[test]
    fn guard_costs_what_the_guide_says() {
        for (users, standard, premium) in [
            (100, "$3,600–4,800", "$9,600"),
            (250, "$9,000–12,000", "$24,000"),
            (500, "$18,000–24,000", "$48,000"),
        ] {
            assert_eq!(line(GUARD, STANDARD, users).annual.whole(), standard);
            assert_eq!(line(GUARD, PREMIUM, users).annual.whole(), premium);
        }
        assert_eq!(
            working(&line(GUARD, STANDARD, 250)),
            ["250 users × $3.00–4.00 = $750.00–1,000.00"]
        );
    }

    #[test]
    fn the_newer_unverified_price_of_guard_is_told() {
        let line = line(GUARD, STANDARD, 100);
        let newer = line.newer_unverified.unwrap();
        assert_eq!(
            (newer.annual.grouped(), newer.from.to_string()),
            ("$5,040.00".to_owned(), "2026-07-20".to_owned())
        );
        assert_eq!(line.provenance.unwrap().date.to_string(), "2026-01-11");
    }

    #[test]
    fn enterprise_has_a_minimum_that_the_guide_multiplies_wrongly() {
        let line = line("Jira", ENTERPRISE, 500);
        assert_eq!((line.quantity, line.billed), (500, 801));
        assert_eq!(line.annual.grouped(), "$124,155.00");
        assert_eq!(line.monthly.grouped(), "$10,346.25");
        assert_eq!(line.cycle, Billing::Annual);
        assert_eq!(line.notes, ["at least 801 users are billed"]);
    }

    #[test]
    fn the_old_tables_bill_as_their_sources_say() {
        let on = |day, billing, users| {
            bill_under(
                "",
                billing,
                day,
                &[seats("Atlassian Access", STANDARD, users)],
            )
        };
        assert_eq!(
            on("2018-08-01", Billing::Monthly, 1200).monthly.grouped(),
            "$2,450.00"
        );
        assert_eq!(
            on("2018-08-01", Billing::Monthly, 7).monthly.grouped(),
            "$30.00"
        );
        assert_eq!(
            on("2024-01-01", Billing::Annual, 200).annual.grouped(),
            "$8,000.00"
        );
        let annual = on("2024-01-01", Billing::Annual, 500);
        assert_eq!(annual.annual.grouped(), "$17,500.00");
        assert_eq!(annual.monthly.grouped(), "$1,458.33");
        assert_eq!(
            annual.lines[0].notes,
            ["a year billed at once costs 10 months"]
        );
        // By the month it is 12 × 1,750.
        assert_eq!(
            on("2024-01-01", Billing::Monthly, 500).annual.grouped(),
            "$21,000.00"
        );
    }

    #[test]
    fn jira_above_a_hundred_users_is_a_range() {
        assert_eq!(line("Jira", STANDARD, 100).annual.grouped(), "$10,860.00");
        let line = line("Jira Software", STANDARD, 250);
        assert_eq!(
            working(&line),
            [
                "100 users × $9.05 = $905.00",
                "150 users × $7.91–9.05 = $1,186.50–1,357.50",
            ]
        );
        assert_eq!(line.monthly.grouped(), "$2,091.50–2,262.50");
    }

    #[test]
    fn a_missing_price_is_unknown_and_the_total_says_at_least() {
        let bill = bill(&[
            seats("Loom", ENTERPRISE, 40),
            seats(GUARD, PREMIUM, 100),
            seats("Whiteboards", "Pro", 3),
        ]);
        assert_eq!(bill.annual.whole(), "at least $9,600");
        assert_eq!(
            bill.annual.missing(),
            [
                "Loom Enterprise: custom price, only by quote",
                "Whiteboards Pro: not in the price book"
            ]
        );
        assert_eq!(bill.lines[0].annual.whole(), "unknown");
        assert_eq!(
            line("Jira", "", 10).annual,
            Cost::unknown("Jira: plan not known")
        );
        assert_eq!(line("Whiteboards", "Pro", 0).annual.whole(), "$0");
        assert_eq!(line("Jira", "Free", 10).annual.whole(), "$0");
    }

    #[test]
    fn trello_has_a_published_annual_price() {
        assert_eq!(line("Trello", STANDARD, 10).annual.grouped(), "$720.00");
        let annual = bill_under(
            "",
            Billing::Annual,
            "2026-11-23",
            &[seats("Trello", STANDARD, 10)],
        );
        assert_eq!(annual.annual.grouped(), "$600.00");
    }

    #[test]
    fn a_contract_wins_over_the_book_and_shows_what_list_would_be() {
        let contract = "[[contract]]\nproduct = \"Jira\"\nplan = \"Standard\"\nprice = 7.333\n\
                        [[contract]]\nproduct = \"Guard\"\ndiscount_percent = 10\n\
                        [[contract]]\nproduct = \"Loom\"\nprice = 96\nper = \"annual\"\n";
        let subscriptions = [
            seats("Jira", STANDARD, 100),
            seats(GUARD, PREMIUM, 100),
            seats("Loom", ENTERPRISE, 10),
        ];
        let bill = bill_under(contract, Billing::Monthly, "2026-11-23", &subscriptions);
        let [jira, guard, loom] = &bill.lines[..] else {
            panic!("three lines")
        };
        // 733.30 a month, rounded before it is taken twelve times.
        assert_eq!(
            (jira.monthly.grouped(), jira.annual.grouped()),
            ("$733.30".to_owned(), "$8,799.60".to_owned())
        );
        assert_eq!(
            (jira.basis, jira.list_annual.grouped()),
            (Basis::Contract, "$10,860.00".to_owned())
        );
        assert_eq!(guard.annual.grouped(), "$8,640.00");
        assert_eq!(guard.notes, ["10% contract discount on the list price"]);
        assert_eq!(
            (loom.annual.grouped(), loom.cycle),
            ("$960.00".to_owned(), Billing::Annual)
        );
        assert!(!loom.list_annual.is_complete());
    }

    #[test]
    fn a_line_is_rounded_once() {
        let contract = "[[contract]]\nproduct = \"Jira\"\nprice = 0.0005\n";
        let of = |users| {
            let bill = bill_under(
                contract,
                Billing::Monthly,
                "2026-11-23",
                &[seats("Jira", STANDARD, users)],
            );
            (bill.monthly.grouped(), bill.annual.grouped())
        };
        assert_eq!(of(9), ("$0.00".to_owned(), "$0.00".to_owned()));
        assert_eq!(of(10), ("$0.01".to_owned(), "$0.12".to_owned()));
    }
}
