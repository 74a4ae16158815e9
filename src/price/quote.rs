//! A quote: the price that applies to one subscription, resolved once, and the bill line of any quantity under it.
//!
//! Takes the book, the contract, the currency and the day, gives `BillLine`s. Rounding and the step from months to
//! years happen here and nowhere else. Adding lines up is `bill`'s.

use chrono::NaiveDate;

use crate::money::{Cost, Currency, MoneyError, MoneyRange, Number};

use super::bands::{Bands, Mode, Step};
use super::book::{PriceBook, PriceEntry, Provenance};
use super::contract::{Contract, ContractPrice, Terms};
use super::{Billing, Unit, product_name};

const MONTHS: u32 = 12;

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

/// Bands with the periods around them.
#[derive(Clone, PartialEq, Eq, Debug)]
struct Tariff {
    bands: Bands,
    unit: Unit,
    /// The period that the amounts are for.
    per: Billing,
    /// How often it is billed.
    cycle: Billing,
    /// Months paid for a year billed at once, when the amounts are for a month.
    annual_months: u32,
}

impl Tariff {
    fn of_entry(entry: &PriceEntry, cycle: Billing) -> Tariff {
        Tariff {
            bands: entry.bands.clone(),
            unit: entry.unit,
            per: entry.billing,
            // What is sold by the year only is billed by the year.
            cycle: if entry.billing == Billing::Annual {
                Billing::Annual
            } else {
                cycle
            },
            annual_months: entry.annual_months.unwrap_or(MONTHS),
        }
    }

    /// How many periods of the amounts a year costs.
    const fn periods(&self) -> u32 {
        match (self.per, self.cycle) {
            (Billing::Annual, _) => 1,
            (Billing::Monthly, Billing::Monthly) => MONTHS,
            (Billing::Monthly, Billing::Annual) => self.annual_months,
        }
    }

    fn total(&self, quantity: u64, currency: Currency) -> Result<Total, MoneyError> {
        let charge = self.bands.charge(quantity, self.unit, currency)?;
        let exact = charge.known;
        let (monthly, annual) = match (self.per, self.cycle) {
            (Billing::Monthly, Billing::Monthly) => {
                let month = exact.map(MoneyRange::round_minor);
                (month, month.map(|month| month.times(MONTHS)).transpose()?)
            }
            _ => {
                let year = exact
                    .map(|exact| exact.times(self.periods()))
                    .transpose()?
                    .map(MoneyRange::round_minor);
                let month = year.map(|year| year.divided_by(MONTHS)).transpose()?;
                (month.map(MoneyRange::round_minor), year)
            }
        };
        Ok(Total {
            billed: charge.billed,
            monthly: cost(monthly, &charge.missing),
            annual: cost(annual, &charge.missing),
            working: charge.steps,
        })
    }
}

/// A known part, if there is one, and what is missing beside it.
fn cost(known: Option<MoneyRange>, missing: &[String]) -> Cost {
    match known {
        Some(range) => missing.iter().fold(Cost::from(range), |cost, reason| {
            cost.and_missing(reason.as_str())
        }),
        None => Cost::Unknown {
            missing: missing.to_vec(),
        },
    }
}

struct Total {
    billed: u64,
    monthly: Cost,
    annual: Cost,
    working: Vec<Step>,
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
    /// What else went into the figures, in words.
    pub(crate) notes: Vec<String>,
    /// Where the price comes from; `None` for a contract's own price and where there is none.
    pub(crate) provenance: Option<Provenance>,
    pub(crate) newer_unverified: Option<NewerPrice>,
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
        let choice = self
            .book
            .choose(product, plan, self.currency, cycle, self.day);
        let name = line_name(product, plan, site);
        let list = match choice {
            Ok(choice) => Ok(Tariff::of_entry(choice.entry, cycle)),
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
        quote.newer = newer.map(|entry| (entry, Tariff::of_entry(entry, cycle)));
        if let Some(terms) = terms {
            quote.agree(terms, cycle, self.contract.reads_years_as_listed())?;
        }
        quote.note_the_year();
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
                let usual_months = listed.map_or(MONTHS, |list| list.annual_months);
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

    /// The quantities at which a band or tier ends; the bill of one of them never falls as the quantity rises.
    pub(super) fn band_ends(&self) -> Vec<u64> {
        let bands = self.tariff.as_ref().map(|tariff| tariff.bands.bands());
        let ends = bands.into_iter().flatten().filter_map(|band| band.up_to);
        ends.collect()
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
        let nothing = |reason: &String| Total {
            billed: quantity,
            monthly: Cost::unknown(reason.as_str()),
            annual: Cost::unknown(reason.as_str()),
            working: Vec::new(),
        };
        let paid_for = |tariff: &Tariff| match quantity {
            0 if self.held => tariff.bands.least_held(),
            quantity => quantity,
        };
        let total_of = |tariff: &Result<Tariff, String>| match tariff {
            Ok(tariff) => tariff.total(paid_for(tariff), self.currency),
            // No seat costs nothing, whatever the price is.
            Err(_) if quantity == 0 => Ok(Total {
                billed: 0,
                monthly: Cost::zero(self.currency),
                annual: Cost::zero(self.currency),
                working: Vec::new(),
            }),
            Err(reason) => Ok(nothing(reason)),
        };
        let list = total_of(&self.list)?;
        let own = total_of(&self.tariff)?;
        let newer = match &self.newer {
            None => None,
            Some((entry, tariff)) => {
                let Total {
                    monthly, annual, ..
                } = tariff.total(paid_for(tariff), self.currency)?;
                Some(NewerPrice {
                    from: entry.from,
                    provenance: entry.provenance.clone(),
                    monthly,
                    annual,
                })
            }
        };
        let mut notes = self.notes.clone();
        if let Ok(tariff) = &self.tariff {
            if quantity == 0 && own.billed > 0 {
                notes.push("without a seat the subscription still runs".to_owned());
            }
            if own.billed > 0 && quantity < tariff.bands.minimum() {
                notes.push(format!(
                    "at least {} are billed",
                    tariff.unit.counted(tariff.bands.minimum())
                ));
            } else if own.billed > quantity && tariff.bands.mode() == Mode::Tiers {
                notes.push(format!(
                    "the tier of {} is billed whole",
                    tariff.unit.counted(own.billed)
                ));
            }
        }
        Ok(BillLine {
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
            list_monthly: list.monthly,
            list_annual: list.annual,
            basis: self.basis,
            working: own.working,
            notes,
            provenance: self.entry.map(|entry| entry.provenance.clone()),
            newer_unverified: newer,
        })
    }

    /// The exact, unrounded cost of a quantity over a year, for comparing prices.
    ///
    /// # Errors
    /// `TooLarge`.
    pub(crate) fn exact_year(&self, quantity: u64) -> Result<Cost, MoneyError> {
        let tariff = match &self.tariff {
            Ok(tariff) => tariff,
            Err(reason) => return Ok(Cost::unknown(reason.as_str())),
        };
        let charge = tariff.bands.charge(quantity, tariff.unit, self.currency)?;
        cost(charge.known, &charge.missing).times(Number::from(tariff.periods()))
    }
}
