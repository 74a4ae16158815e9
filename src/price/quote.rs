//! A quote: the price that applies to one subscription, resolved once, and the bill line of any quantity under it.
//!
//! Takes the book, the contract, the currency and the day, gives `BillLine`s. Rounding and the step from months to
//! years happen here and nowhere else. Adding lines up is `bill`'s.

use chrono::NaiveDate;

use crate::money::{Cost, Currency, MoneyError, Number};

use super::annual_tiers::AnnualTiers;
use super::bands::{Mode, Step};
use super::book::{PriceBook, PriceEntry, Provenance};
use super::contract::{Contract, ContractPrice, Terms};
use super::tariff::{Counting, MONTHS, Tariff, Total};
use super::tiers::{StatedTiers, Tier};
use super::{Billing, Unit, product_name};

/// All that decides prices.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Pricing<'a> {
    pub(crate) book: &'a PriceBook,
    pub(crate) contract: &'a Contract,
    pub(crate) currency: Currency,
    pub(crate) day: NaiveDate,
}

/// Whose price a line rests on.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Basis {
    /// The price book.
    List,
    /// The organisation's own contract, or the price book less its discount.
    Contract,
}

impl Basis {
    pub(crate) const fn as_str(self) -> &'static str {
        match self {
            Basis::List => "list",
            Basis::Contract => "contract",
        }
    }
}

/// A subscription to be priced.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) struct Subscription {
    pub(crate) product: String,
    /// Empty where it is not known: such a line has no price.
    pub(crate) plan: String,
    pub(crate) site: Option<String>,
    pub(crate) quantity: u64,
}

/// The price of one subscription, whatever its quantity.
#[derive(Clone, Debug)]
pub(crate) struct Quote<'a> {
    currency: Currency,
    product: String,
    plan: String,
    site: Option<String>,
    basis: Basis,
    /// The price, or why there is none.
    tariff: Result<Tariff, String>,
    /// The price book's price, for comparison with a contract's.
    list: Result<Tariff, String>,
    entry: Option<&'a PriceEntry>,
    list_entry: Option<&'a PriceEntry>,
    newer: Option<(&'a PriceEntry, Tariff)>,
    notes: Vec<String>,
    /// Whether the subscription goes on when its last seat goes.
    held: bool,
}

/// What a younger, unverified price would make of a line.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) struct NewerPrice {
    pub(crate) from: NaiveDate,
    pub(crate) provenance: Provenance,
    pub(crate) monthly: Cost,
    pub(crate) annual: Cost,
}

/// One line of a bill: a quantity of one plan, priced, with its working.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) struct BillLine {
    pub(crate) product: String,
    pub(crate) plan: String,
    pub(crate) site: Option<String>,
    /// `None` where there is no price.
    pub(crate) unit: Option<Unit>,
    pub(crate) quantity: u64,
    /// Units paid for: the quantity, raised to a minimum or to the end of its tier.
    pub(crate) billed: u64,
    pub(crate) cycle: Billing,
    /// The period that the slabs of the working are for.
    pub(crate) per: Billing,
    /// How many such periods a year costs.
    pub(crate) periods: u32,
    /// Of a line billed annually, a twelfth of the year, rounded: for comparison, not to be added up to a year.
    pub(crate) monthly: Cost,
    pub(crate) annual: Cost,
    /// The same quantity at the price book's prices.
    pub(crate) list_monthly: Cost,
    pub(crate) list_annual: Cost,
    pub(crate) basis: Basis,
    /// The slabs that the amount of one billing period is the sum of.
    pub(crate) working: Vec<Step>,
    /// The tier that the quantity falls into, where the bill is by tiers or may be.
    pub(crate) tier: Option<Tier>,
    /// What the year was rounded up to a whole multiple of.
    pub(crate) rounded_up_to: Option<Number>,
    /// The line by the exact count and by the tier, where nobody says which of them a year is billed by; the slabs
    /// above are those of the count.
    pub(crate) readings: Option<Box<[BillLine; 2]>>,
    /// What else went into the figures, in words.
    pub(crate) notes: Vec<String>,
    /// Where the price comes from; `None` for a contract's own price and where there is none.
    pub(crate) provenance: Option<Provenance>,
    pub(crate) newer_unverified: Option<NewerPrice>,
}

impl BillLine {
    /// The line by the exact count and by the tier; twice the same where that is settled.
    pub(crate) fn both_readings(&self) -> [&BillLine; 2] {
        match &self.readings {
            Some(readings) => {
                let [by_count, by_tier] = &**readings;
                [by_count, by_tier]
            }
            None => [self, self],
        }
    }
}

fn line_name(product: &str, plan: &str, site: Option<&str>) -> String {
    let mut name = product.to_owned();
    if !plan.is_empty() {
        name.push(' ');
        name.push_str(plan);
    }
    if let Some(site) = site {
        name.push_str(" on ");
        name.push_str(site);
    }
    name
}

impl<'a> Pricing<'a> {
    /// The price of a plan: the contract's terms if there are any, else the price book's.
    ///
    /// # Errors
    /// `TooLarge` from a discount on an extreme price.
    pub(crate) fn quote(
        &self,
        product: &str,
        plan: &str,
        site: Option<&str>,
    ) -> Result<Quote<'a>, MoneyError> {
        let product = product_name(product);
        let plan = plan.trim();
        let terms = self.contract.terms(product, plan, site);
        let cycle = self.contract.billing(product, plan, site);
        let tiers = self.contract.tiers(product, plan, site);
        let tiers = tiers.or_else(|| terms?.usual_tiers());
        // What is said of a contract's own amounts says nothing of the list's.
        let has_own = terms.is_some_and(|terms| matches!(terms.terms, Terms::Own { .. }));
        let of_list = tiers.filter(|_| !has_own);
        let annual = self.book.annual_tiers();
        let listed = |entry| Tariff::of_entry(entry, cycle, of_list, annual);
        let choice = self
            .book
            .choose(product, plan, self.currency, cycle, self.day);
        let name = line_name(product, plan, site);
        let list = match choice {
            Ok(choice) => Ok(listed(choice.entry)),
            Err(_) if plan.is_empty() => Err(format!("{name}: plan not known")),
            Err(why) => Err(format!("{name}: {why}")),
        };
        let mut quote = Quote {
            currency: self.currency,
            product: product.to_owned(),
            plan: plan.to_owned(),
            site: site.map(str::to_owned),
            basis: Basis::List,
            tariff: list.clone(),
            list,
            entry: choice.ok().map(|choice| choice.entry),
            list_entry: choice.ok().map(|choice| choice.entry),
            newer: None,
            notes: Vec::new(),
            held: false,
        };
        let newer = choice.ok().and_then(|choice| choice.newer_unverified);
        quote.newer = newer.map(|entry| (entry, listed(entry)));
        if let Some(terms) = terms {
            quote.agree(terms, cycle, self.contract.reads_years_as_listed(), annual)?;
        }
        if has_own && let Ok(tariff) = quote.tariff {
            quote.tariff = Ok(tariff.counted_by(tiers, annual));
        }
        if terms.is_some_and(|terms| terms.is_app) {
            quote.list = quote.tariff.clone();
        }
        quote.note_the_year();
        quote.note_the_ladder(tiers, annual);
        Ok(quote)
    }

    /// The bill line of a subscription.
    ///
    /// # Errors
    /// `TooLarge`.
    pub(crate) fn line(&self, subscription: &Subscription) -> Result<BillLine, MoneyError> {
        let Subscription {
            product,
            plan,
            site,
            quantity,
        } = subscription;
        self.quote(product, plan, site.as_deref())?.line(*quantity)
    }
}

impl Quote<'_> {
    /// The same for a subscription that the organisation has. Removing seats, the last one too, does not cancel it: what
    /// is billed at least is billed then as well. Without this, no quantity means no subscription.
    pub(crate) fn of_held(self) -> Self {
        Quote { held: true, ..self }
    }

    /// The same subscription at the price book's price.
    pub(crate) fn at_list(&self) -> Self {
        let mut quote = Quote {
            basis: Basis::List,
            tariff: self.list.clone(),
            entry: self.list_entry,
            newer: None,
            notes: Vec::new(),
            ..self.clone()
        };
        quote.note_the_year();
        quote
    }

    /// Puts the contract's terms in the place of the list price.
    fn agree(
        &mut self,
        terms: &ContractPrice,
        cycle: Billing,
        years_as_listed: bool,
        annual: &AnnualTiers,
    ) -> Result<(), MoneyError> {
        match &terms.terms {
            Terms::List => {}
            Terms::Own {
                bands,
                unit,
                per,
                annual_months,
            } => {
                let usual = self.list.as_ref().map_or(Unit::User, |list| list.unit);
                let listed = self.list.as_ref().ok().filter(|list| {
                    years_as_listed && per.is_none() && list.per == Billing::Monthly
                });
                let usual_months = match terms.usual_tiers() {
                    Some(_) => annual.months.value,
                    None => listed.map_or(MONTHS, |list| list.annual_months),
                };
                let per = per.unwrap_or(Billing::Monthly);
                self.basis = Basis::Contract;
                self.tariff = Ok(Tariff {
                    bands: bands.clone(),
                    unit: unit.unwrap_or(usual),
                    per,
                    cycle: if per == Billing::Annual {
                        Billing::Annual
                    } else {
                        cycle
                    },
                    annual_months: annual_months.unwrap_or(usual_months),
                    counting: Counting::Exact,
                });
                self.entry = None;
                self.newer = None;
            }
            Terms::Discount(percent) => {
                self.basis = Basis::Contract;
                self.notes.push(match percent.is_negative() {
                    true => format!(
                        "{}% contract rise on the list price",
                        percent.plain().trim_start_matches('-')
                    ),
                    false => format!("{percent}% contract discount on the list price"),
                });
                if let Ok(tariff) = &mut self.tariff {
                    tariff.bands = tariff.bands.discounted(*percent)?;
                }
                if let Some((_, tariff)) = &mut self.newer {
                    tariff.bands = tariff.bands.discounted(*percent)?;
                }
            }
        }
        Ok(())
    }

    /// Says how a year follows from a month where that is not plain.
    fn note_the_year(&mut self) {
        let Ok(tariff) = &self.tariff else { return };
        if tariff.per == Billing::Monthly && tariff.cycle == Billing::Annual {
            self.notes.push(match (tariff.annual_months, self.basis) {
                (MONTHS, Basis::Contract) => {
                    "a year billed at once is taken as 12 contract months".to_owned()
                }
                (MONTHS, Basis::List) => {
                    "a year billed at once is taken as 12 months: no annual price is known"
                        .to_owned()
                }
                (months, _) => format!("a year billed at once costs {months} months"),
            });
        }
    }

    /// Says whose word the ladder is where a year goes by it.
    fn note_the_ladder(&mut self, stated: Option<&StatedTiers>, annual: &AnnualTiers) {
        let by_tiers = |tariff: &Tariff| matches!(tariff.counting, Counting::Tiers(_));
        let is_ladder = match stated {
            Some(stated) => *stated == StatedTiers::Ladder,
            None => true,
        };
        if is_ladder && self.tariff.as_ref().is_ok_and(by_tiers) {
            let Provenance {
                source,
                date,
                confidence,
                ..
            } = &annual.ladder.provenance;
            let firm = confidence.as_str();
            self.notes.push(format!(
                "user tiers by the ladder of annual plans ({firm}, {date}, {source})"
            ));
        }
    }

    /// The quantities at which a band or tier ends; the bill of one of them never falls as the quantity rises.
    pub(super) fn band_ends(&self) -> Vec<u64> {
        self.tariff.as_ref().map_or(Vec::new(), Tariff::ends)
    }

    pub(crate) const fn currency(&self) -> Currency {
        self.currency
    }

    /// Whether nobody says if a year goes by the count or by tiers.
    pub(crate) fn is_open(&self) -> bool {
        let is_open = |tariff: &Tariff| matches!(tariff.counting, Counting::Open(_));
        self.tariff.as_ref().is_ok_and(is_open)
    }

    /// The same by the exact count, where nobody says whether a year goes by the count or by tiers.
    pub(crate) fn by_count(&self) -> Self {
        self.read(false)
    }

    /// The same by the tier, where nobody says whether a year goes by the count or by tiers.
    pub(crate) fn by_tier(&self) -> Self {
        self.read(true)
    }

    fn read(&self, by_tier: bool) -> Self {
        let read = |tariff: &Tariff| tariff.read(by_tier);
        Quote {
            tariff: self.tariff.as_ref().map(read).map_err(String::clone),
            list: self.list.as_ref().map(read).map_err(String::clone),
            newer: self.newer.as_ref().map(|(entry, own)| (*entry, read(own))),
            ..self.clone()
        }
    }

    /// What a price is counted in; `None` where there is no price.
    pub(crate) fn unit(&self) -> Option<Unit> {
        self.tariff.as_ref().ok().map(|tariff| tariff.unit)
    }

    /// The bill line of a quantity, rounded once, half away from zero. Billed monthly, a year is twelve rounded
    /// months; billed annually, it is the annual price or `annual_months` exact months, rounded once.
    ///
    /// # Errors
    /// `TooLarge`.
    pub(crate) fn line(&self, quantity: u64) -> Result<BillLine, MoneyError> {
        let total_of = |tariff: &Result<Tariff, String>| match tariff {
            Ok(tariff) => tariff.total(quantity, self.held, self.currency),
            // No seat costs nothing, whatever the price is.
            Err(_) if quantity == 0 => {
                let nothing = Cost::zero(self.currency);
                Ok(Total::plain(0, nothing.clone(), nothing))
            }
            Err(reason) => {
                let unknown = Cost::unknown(reason.as_str());
                Ok(Total::plain(quantity, unknown.clone(), unknown))
            }
        };
        let own = total_of(&self.tariff)?;
        let list = total_of(&self.list)?;
        let newer = match &self.newer {
            None => None,
            Some((entry, tariff)) => {
                let newer = tariff.total(quantity, self.held, self.currency)?;
                Some(NewerPrice {
                    from: entry.from,
                    provenance: entry.provenance.clone(),
                    monthly: newer.monthly,
                    annual: newer.annual,
                })
            }
        };
        Ok(self.of_total(quantity, own, &list, newer.as_ref()))
    }

    fn of_total(
        &self,
        quantity: u64,
        own: Total,
        list: &Total,
        newer: Option<&NewerPrice>,
    ) -> BillLine {
        let notes = self.notes_on(quantity, &own);
        let bands = own.working.last().filter(|_| self.has_tiers_as_bands());
        let band = bands.and_then(|step| {
            let first = step.first;
            step.last.map(|last| Tier { first, last })
        });
        let readings = own
            .readings
            .map(|both| Box::new(both.map(|one| self.of_total(quantity, one, list, newer))));
        BillLine {
            product: self.product.clone(),
            plan: self.plan.clone(),
            site: self.site.clone(),
            unit: self.unit(),
            quantity,
            billed: own.billed,
            cycle: self
                .tariff
                .as_ref()
                .map_or(Billing::Monthly, |tariff| tariff.cycle),
            per: self
                .tariff
                .as_ref()
                .map_or(Billing::Monthly, |tariff| tariff.per),
            periods: self.tariff.as_ref().map_or(MONTHS, Tariff::periods),
            monthly: own.monthly,
            annual: own.annual,
            list_monthly: list.monthly.clone(),
            list_annual: list.annual.clone(),
            basis: self.basis,
            working: own.working,
            tier: own.tier.or(band),
            rounded_up_to: own.step,
            readings,
            notes,
            provenance: self.entry.map(|entry| entry.provenance.clone()),
            newer_unverified: newer.cloned(),
        }
    }

    fn has_tiers_as_bands(&self) -> bool {
        let mode = self.tariff.as_ref().map(|tariff| tariff.bands.mode());
        mode == Ok(Mode::Tiers)
    }

    /// What went into a line besides its slabs.
    fn notes_on(&self, quantity: u64, own: &Total) -> Vec<String> {
        let mut notes = self.notes.clone();
        let Ok(tariff) = &self.tariff else {
            return notes;
        };
        if quantity == 0 && own.billed > 0 {
            notes.push("without a seat the subscription still runs".to_owned());
        }
        let tier = |last: u64| format!("the tier of {}", tariff.unit.counted(last));
        if own.billed > 0 && quantity < tariff.bands.minimum() {
            notes.push(format!(
                "at least {} are billed",
                tariff.unit.counted(tariff.bands.minimum())
            ));
        } else if let (Some(_), Some(last)) = (&own.readings, own.tier) {
            notes.push(format!(
                "nobody says whether a year is billed by the exact count or by {}: from the one to the other",
                tier(last.last)
            ));
        } else if own.billed > quantity && (own.tier.is_some() || self.has_tiers_as_bands()) {
            notes.push(format!("{} is billed whole", tier(own.billed)));
        } else if matches!(tariff.counting, Counting::Tiers(_))
            && own.tier.is_none()
            && quantity > 0
        {
            notes.push("no tier is known for so many: the exact count is billed".to_owned());
        }
        notes
    }

    /// The exact, unrounded cost of a quantity over a year, for comparing prices.
    ///
    /// # Errors
    /// `TooLarge`.
    pub(crate) fn exact_year(&self, quantity: u64) -> Result<Cost, MoneyError> {
        match &self.tariff {
            Ok(tariff) => tariff.exact_year(quantity, self.currency),
            Err(reason) => Ok(Cost::unknown(reason.as_str())),
        }
    }
}
