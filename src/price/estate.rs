//! The whole licence estate priced: today's bill, the bill after clean-up, and what lies between them.
//!
//! Takes offerings and exact counts of seats, gives bills. Waste is priced as the difference of two bills for the
//! union of the seats that go, never as seats times a price. A subscription whose last seat goes is not cancelled: what
//! is billed at least stays on the bill.

use crate::domain::class::Use;
use crate::domain::counts::{Counts, UseCounts, billed, wasted, wasted_at_most};
use crate::domain::product::{Offering, SiteKind};
use crate::money::{Cost, Currency, MoneyError};

use super::Billing;
use super::avoidable::{Avoidable, Bills, Partly};
use super::bill::Bill;
use super::clean_up::CleanUp;
use super::headroom::{self, Headroom};
use super::idle::{self, IdleWorth};
use super::quote::{BillLine, Pricing, Quote};
use super::saving::{line_saving, saving};

/// One offering's part of the bills.
#[derive(Clone, Debug)]
pub(crate) struct OfferingBill {
    /// Row of the offering in the dataset.
    pub(crate) offering: usize,
    pub(crate) today: BillLine,
    /// What a year costs less when its waste goes: from the certain waste to the most there can be.
    pub(crate) saving: Cost,
    pub(crate) clean_up: CleanUp,
    /// Where the quantity stands in its tier; `None` where the bill is by the exact count.
    pub(crate) headroom: Option<Headroom>,
    /// What `headroom::STEPS` more seats cost in a year.
    pub(crate) more: [Cost; 3],
    /// Where some wasted seats of this line, or of another of its product and plan, are better kept: what of it can
    /// be avoided.
    pub(crate) avoidable: Option<Avoidable>,
    /// How many of the wasted seats to remove where it is not all: of the certain ones, else of those that may be.
    pub(crate) partly: Option<Partly>,
    /// Where apps are billed for its users: what they are worth together.
    pub(crate) with_apps: Option<WithApps>,
}

/// A product with its apps.
#[derive(Clone, Debug)]
pub(crate) struct WithApps {
    /// The apps' places among the lines.
    pub(crate) apps: Vec<usize>,
    /// What a year costs less without the certain waste: the product's saving, and each app's.
    pub(crate) saving: Cost,
}

/// All bills of the estate.
#[derive(Clone, Debug)]
pub(crate) struct Estate {
    pub(crate) lines: Vec<OfferingBill>,
    pub(crate) today: Bill,
    /// Without the seats that are waste for certain.
    pub(crate) after: Bill,
    /// Without the seats that may be waste too.
    pub(crate) after_at_most: Bill,
    /// What a year costs less without the certain waste, and without all that may be waste.
    pub(crate) saving: Cost,
    pub(crate) saving_at_most: Cost,
    /// The part of the certain saving that comes before any renewal: that of the lines billed by the month.
    pub(crate) saving_today: Cost,
    /// What is certain and what is at most saved, as one range.
    pub(crate) waste: Cost,
    /// What a year costs less without the seats of orphaned accounts alone.
    pub(crate) orphaned: Cost,
    /// The same three where no line's rise is set against another's fall.
    pub(crate) avoidable: Avoidable,
    /// The part of it that rests on Jira's prices.
    pub(crate) avoidable_of_jira: Avoidable,
    /// What the seats are worth by the days since their last use, and what another limit would save.
    pub(crate) idle: IdleWorth,
}

/// Prices all billed offerings that have seats.
///
/// # Errors
/// `TooLarge`.
pub(crate) fn price(
    pricing: &Pricing<'_>,
    offerings: &[Offering],
    counts: &Counts,
) -> Result<Estate, MoneyError> {
    let rows: Vec<usize> = (0..offerings.len())
        .filter(|&row| is_subscribed(&offerings[row]) && billed(&counts.uses[row]) > 0)
        .collect();
    let quotes = rows
        .iter()
        .map(|&row| quote(pricing, &offerings[row]))
        .collect::<Result<Vec<_>, _>>()?;
    let bill_without = |gone: fn(&UseCounts) -> u64| -> Result<Bill, MoneyError> {
        let lines = rows.iter().zip(&quotes).map(|(&row, quote)| {
            let uses = &counts.uses[row];
            quote.line(billed(uses).saturating_sub(gone(uses)))
        });
        Bill::of(pricing.currency, lines.collect::<Result<_, _>>()?)
    };
    let today = bill_without(|_| 0)?;
    let after = bill_without(wasted)?;
    let after_most = bill_without(wasted_at_most)?;
    let after_orphaned = bill_without(|uses| uses[usize::from(Use::Orphaned.code())])?;
    let split = Bills {
        today: &today,
        after: &after,
        after_at_most: &after_most,
        after_orphaned: &after_orphaned,
        quotes: &quotes,
    }
    .avoidable()?;
    let idle = idle::Lines {
        today: &today,
        quotes: &quotes,
        spreads: rows
            .iter()
            .map(|&row| &counts.idle.offerings[row])
            .collect(),
    }
    .worth(&counts.idle.limits)?;
    let mut lines = Vec::with_capacity(rows.len());
    for ((place, &offering), own) in rows.iter().enumerate().zip(split.alone) {
        let quote = &quotes[place];
        let partly = |after: &Bill| Partly::of(quote, &today.lines[place], &after.lines[place]);
        let certain = line_saving(pricing.currency, &today.lines[place], &after.lines[place])?;
        let most = line_saving(
            pricing.currency,
            &today.lines[place],
            &after_most.lines[place],
        )?;
        lines.push(OfferingBill {
            offering,
            today: today.lines[place].clone(),
            saving: certain.up_to(&most)?,
            clean_up: CleanUp::of(quote, &today.lines[place], &after.lines[place])?,
            headroom: Headroom::of(quote, &today.lines[place])?,
            more: more(quote, &today.lines[place])?,
            avoidable: own,
            partly: match partly(&after)? {
                Some(certain) => Some(certain),
                None => partly(&after_most)?,
            },
            with_apps: None,
        });
    }
    join_apps(&mut lines, offerings, pricing.currency)?;
    let least = saving(&today, &after)?.annual;
    let most = saving(&today, &after_most)?.annual;
    let waste = least.up_to(&most)?;
    let orphaned = saving(&today, &after_orphaned)?.annual;
    let saving_today = saving(&monthly(&today)?, &monthly(&after)?)?.annual;
    Ok(Estate {
        lines,
        today,
        after,
        after_at_most: after_most,
        saving: least,
        saving_at_most: most,
        saving_today,
        waste,
        orphaned,
        avoidable: split.all,
        avoidable_of_jira: split.of_jira,
        idle,
    })
}

/// Whether an offering is a line of our bill: a sandbox comes with its plan, a foreign site is somebody else's.
fn is_subscribed(offering: &Offering) -> bool {
    offering.kind == SiteKind::Own && offering.is_billed()
}

/// The price of an offering's seats: it is held, since it has some.
fn quote<'a>(pricing: &Pricing<'a>, offering: &Offering) -> Result<Quote<'a>, MoneyError> {
    let site = Some(offering.site.as_str()).filter(|site| !site.is_empty());
    let quote = pricing.quote(&offering.product, offering.plan_name(), site)?;
    Ok(quote.of_held())
}

/// The lines of a bill that are billed by the month.
fn monthly(bill: &Bill) -> Result<Bill, MoneyError> {
    let lines = bill.lines.iter();
    let lines = lines.filter(|line| line.cycle == Billing::Monthly);
    Bill::of(bill.currency, lines.cloned().collect())
}

/// Puts beside each product what it saves together with its apps.
fn join_apps(
    lines: &mut [OfferingBill],
    offerings: &[Offering],
    currency: Currency,
) -> Result<(), MoneyError> {
    let host = |line: &OfferingBill| offerings[line.offering].app.as_ref().map(|app| app.host);
    let all: Vec<Option<WithApps>> = lines
        .iter()
        .map(|line| {
            let others = lines.iter().enumerate();
            let apps: Vec<usize> = others
                .filter(|(_, other)| host(other) == Some(line.offering))
                .map(|(place, _)| place)
                .collect();
            if apps.is_empty() {
                return Ok(None);
            }
            let savings = apps.iter().map(|&place| &lines[place].clean_up.saving);
            let own = std::iter::once(&line.clean_up.saving);
            let saving = Cost::sum(currency, own.chain(savings))?;
            Ok(Some(WithApps { apps, saving }))
        })
        .collect::<Result<_, MoneyError>>()?;
    for (line, with_apps) in lines.iter_mut().zip(all) {
        line.with_apps = with_apps;
    }
    Ok(())
}

fn more(quote: &Quote<'_>, today: &BillLine) -> Result<[Cost; 3], MoneyError> {
    let [one, ten, fifty] = headroom::STEPS;
    let more = |seats| headroom::more(quote, today, seats);
    Ok([more(one)?, more(ten)?, more(fifty)?])
}

impl Estate {
    /// What to remove where removing all of the wasted seats is not best, a sentence for each subscription.
    pub(crate) fn advice(&self) -> Vec<String> {
        let name = |line: &OfferingBill| match &line.today.site {
            Some(site) => format!("{} on {site}", line.today.product),
            None => line.today.product.clone(),
        };
        let partly = |line: &OfferingBill| Some(line.partly.as_ref()?.advice(&name(line)));
        self.lines.iter().filter_map(partly).collect()
    }

    /// The part of today's bill that is for one product.
    ///
    /// # Errors
    /// `TooLarge`.
    pub(crate) fn today_for(&self, product: &str) -> Result<Cost, MoneyError> {
        let lines = self
            .lines
            .iter()
            .filter(|line| line.today.product == product);
        Cost::sum(self.today.currency, lines.map(|line| &line.today.annual))
    }
}
