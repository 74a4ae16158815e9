//! Bands: what a quantity costs in one billing period, marginal, by volume or by tiers.
//!
//! Takes a quantity, gives the exact unrounded amount with its working. Rounding, months and years are `bill`'s;
//! which bands apply on which day is `book`'s and `contract`'s.

use crate::money::{Currency, MoneyError, MoneyRange, Number};
use crate::named::named;

use super::Unit;

named! {
    /// How the bands of a price work together.
    Mode {
        /// Each unit costs the price of the band that it falls into: Atlassian's monthly user pricing
        /// (Atlassian staff on Guard, then Access, 2018-07: community thread qaq-p/836966).
        Marginal = "marginal";
        /// All units cost the price of the band that the quantity reaches.
        Volume = "volume";
        /// The whole tier that contains the quantity is paid for: Atlassian's annual user tiers
        /// ("manage users and user tiers"; 52 users pay for 51–100, community threads qaq-p/3025828, qaq-p/2613006).
        Tiers = "tiers";
    }
}

/// What a band costs in one billing period.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) enum BandPrice {
    /// For each unit.
    Each(MoneyRange),
    /// For the band as a whole, however many units are in it.
    Flat(MoneyRange),
    /// There is no amount; the text says of what, and why.
    Unknown(String),
}

/// The units after the previous band's end, up to this one's.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) struct Band {
    /// The last unit in the band; `None` for the last band, which has no end.
    pub(crate) up_to: Option<u64>,
    pub(crate) price: BandPrice,
}

/// What is wrong with a list of bands.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum BandFault {
    Empty,
    /// This band (from 0) does not end after the one before it.
    NotAscending(usize),
    /// This band (from 0) has no end, but is not the last.
    EndlessBeforeLast(usize),
    LastHasEnd,
    Negative(usize),
}

/// A price table that has been checked: at least one band, ends that rise, the last one without end.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) struct Bands {
    mode: Mode,
    minimum: u64,
    list: Vec<Band>,
}

/// One line of the working: a slab of units at one price.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) struct Step {
    pub(crate) unit: Unit,
    /// The band's first and last unit; `None` where it has no end.
    pub(crate) first: u64,
    pub(crate) last: Option<u64>,
    /// Units paid for in the band.
    pub(crate) quantity: u64,
    pub(crate) price: BandPrice,
    /// Exact and not rounded; `None` where the price is not known.
    pub(crate) amount: Option<MoneyRange>,
}

impl Step {
    /// The band's place, `1–250` or `1001 and above`.
    pub(crate) fn band(&self) -> String {
        match self.last {
            Some(last) if last == self.first => last.to_string(),
            Some(last) => format!("{}–{last}", self.first),
            None => format!("{} and above", self.first),
        }
    }

    /// `250 users × $3.00 = $750.00`, `$30.00 flat for 1–10 users`, `50 users × unknown`.
    pub(crate) fn text(&self) -> String {
        let units = self.unit.counted(self.quantity);
        match (&self.price, self.amount) {
            (BandPrice::Each(price), Some(amount)) => {
                format!("{units} × {} = {}", price.exact(), amount.exact())
            }
            (BandPrice::Flat(price), _) => {
                format!(
                    "{} flat for {} {}",
                    price.exact(),
                    self.band(),
                    self.unit.plural()
                )
            }
            (BandPrice::Each(_) | BandPrice::Unknown(_), _) => format!("{units} × unknown"),
        }
    }
}

/// What a quantity costs in one billing period.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) struct Charge {
    /// Units paid for: the quantity, raised to the minimum or to the end of its tier.
    pub(crate) billed: u64,
    /// The exact sum of the steps that have an amount; `None` when none has.
    pub(crate) known: Option<MoneyRange>,
    /// Why the other steps have none.
    pub(crate) missing: Vec<String>,
    pub(crate) steps: Vec<Step>,
}

impl Bands {
    /// # Errors
    /// `BandFault` says which band breaks the table.
    pub(crate) fn new(mode: Mode, minimum: u64, bands: Vec<Band>) -> Result<Bands, BandFault> {
        let Some(last) = bands.len().checked_sub(1) else {
            return Err(BandFault::Empty);
        };
        let mut previous = 0;
        for (place, band) in bands.iter().enumerate() {
            match band.up_to {
                Some(end) if end <= previous => return Err(BandFault::NotAscending(place)),
                Some(_) if place == last => return Err(BandFault::LastHasEnd),
                Some(end) => previous = end,
                None if place < last => return Err(BandFault::EndlessBeforeLast(place)),
                None => {}
            }
            if let BandPrice::Each(price) | BandPrice::Flat(price) = &band.price
                && price.low().is_negative()
            {
                return Err(BandFault::Negative(place));
            }
        }
        Ok(Bands {
            mode,
            minimum,
            list: bands,
        })
    }

    /// Fewer units than this are paid for as this many; 0 where there is no minimum.
    pub(crate) const fn minimum(&self) -> u64 {
        self.minimum
    }

    pub(crate) const fn mode(&self) -> Mode {
        self.mode
    }

    pub(crate) fn bands(&self) -> &[Band] {
        &self.list
    }

    /// Whether any band has an amount.
    pub(crate) fn has_amount(&self) -> bool {
        self.list
            .iter()
            .any(|band| !matches!(band.price, BandPrice::Unknown(_)))
    }

    /// The same table with each amount less this many percent. Unit prices keep all their digits.
    ///
    /// # Errors
    /// `TooLarge`.
    pub(crate) fn discounted(&self, percent: Number) -> Result<Bands, MoneyError> {
        let kept = Number::HUNDRED.minus(percent)?;
        let reduced = |price: &MoneyRange| price.times(kept)?.divided_by(Number::HUNDRED);
        let mut bands = Vec::with_capacity(self.list.len());
        for band in &self.list {
            let price = match &band.price {
                BandPrice::Each(price) => BandPrice::Each(reduced(price)?),
                BandPrice::Flat(price) => BandPrice::Flat(reduced(price)?),
                BandPrice::Unknown(reason) => BandPrice::Unknown(reason.clone()),
            };
            bands.push(Band {
                up_to: band.up_to,
                price,
            });
        }
        Ok(Bands {
            mode: self.mode,
            minimum: self.minimum,
            list: bands,
        })
    }

    /// How many units are paid for where no unit is left and the subscription goes on: the minimum, or what pays for
    /// the first tier or a first band with a price for all of it.
    pub(crate) fn least_held(&self) -> u64 {
        let first_is_whole = self.mode == Mode::Tiers
            || matches!(
                self.list.first(),
                Some(Band {
                    price: BandPrice::Flat(_),
                    ..
                })
            );
        self.minimum.max(u64::from(first_is_whole))
    }

    /// The exact cost of a quantity in one billing period. No unit at all costs nothing, whatever the minimum:
    /// then there is no subscription. Of one that goes on without a unit, `least_held` is to be charged.
    ///
    /// # Errors
    /// `TooLarge`; `CurrencyMismatch` when the bands are not in this currency.
    pub(crate) fn charge(
        &self,
        quantity: u64,
        unit: Unit,
        currency: Currency,
    ) -> Result<Charge, MoneyError> {
        if quantity == 0 {
            let nothing = Some(MoneyRange::zero(currency));
            return Ok(Charge {
                billed: 0,
                known: nothing,
                missing: Vec::new(),
                steps: Vec::new(),
            });
        }
        let wanted = quantity.max(self.minimum);
        let mut billed = wanted;
        let mut steps = Vec::new();
        let mut before = 0;
        for band in &self.list {
            let reached = band.up_to.is_none_or(|end| wanted <= end);
            let paid = match self.mode {
                Mode::Marginal => Some(band.up_to.unwrap_or(wanted).min(wanted) - before),
                Mode::Volume => reached.then_some(wanted),
                Mode::Tiers => reached.then_some(band.up_to.unwrap_or(wanted)),
            };
            if let Some(paid) = paid {
                if self.mode == Mode::Tiers {
                    billed = paid;
                }
                let amount = match &band.price {
                    BandPrice::Each(price) => Some(price.times(paid)?),
                    BandPrice::Flat(price) => Some(*price),
                    BandPrice::Unknown(_) => None,
                };
                steps.push(Step {
                    unit,
                    first: before + 1,
                    last: band.up_to,
                    quantity: paid,
                    price: band.price.clone(),
                    amount,
                });
            }
            match band.up_to {
                Some(end) if !reached => before = end,
                _ => break,
            }
        }
        let mut known: Option<MoneyRange> = None;
        let mut missing = Vec::new();
        for step in &steps {
            if let BandPrice::Unknown(reason) = &step.price {
                missing.push(reason.clone());
            }
            if let Some(amount) = step.amount {
                known = Some(known.unwrap_or(MoneyRange::zero(currency)).plus(amount)?);
            }
        }
        Ok(Charge {
            billed,
            known,
            missing,
            steps,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::{Band, BandFault, BandPrice, Bands, Mode};
    use crate::money::{Currency, Money, MoneyRange};
    use crate::price::Unit;
    use proptest::prelude::{Strategy, any, prop_assert, prop_assert_eq, proptest};

    fn usd(text: &str) -> MoneyRange {
        MoneyRange::point(Money::parse(text, Currency::USD).unwrap())
    }

    fn each(up_to: Option<u64>, price: &str) -> Band {
        Band {
            up_to,
            price: BandPrice::Each(usd(price)),
        }
    }

    fn exact(bands: &Bands, quantity: u64) -> Money {
        bands
            .charge(quantity, Unit::User, Currency::USD)
            .unwrap()
            .known
            .unwrap()
            .low()
    }

    fn plain(bands: &Bands, quantity: u64) -> String {
        exact(bands, quantity).plain()
    }

    /// Atlassian Access, July 2018: 30 flat up to 10 users, then 3, 2 and 1 a user.
    fn table_of_2018() -> Bands {
        let flat = Band {
            up_to: Some(10),
            price: BandPrice::Flat(usd("30")),
        };
        let rest = [each(Some(250), "3"), each(Some(1000), "2"), each(None, "1")];
        Bands::new(
            Mode::Marginal,
            0,
            std::iter::once(flat).chain(rest).collect(),
        )
        .unwrap()
    }

    #[test]
    fn the_table_of_2018_bills_as_atlassian_worked_it_out() {
        let table = table_of_2018();
        // 250 × 3 = 750; 750 × 2 = 1,500; 200 × 1 = 200.
        assert_eq!(plain(&table, 1200), "2450.00");
        for (users, bill) in [
            (0, "0.00"),
            (1, "30.00"),
            (10, "30.00"),
            (11, "33.00"),
            (250, "750.00"),
            (251, "752.00"),
        ] {
            assert_eq!(plain(&table, users), bill, "{users} users");
        }
        let charge = table.charge(1200, Unit::User, Currency::USD).unwrap();
        assert_eq!(
            charge
                .steps
                .iter()
                .map(super::Step::text)
                .collect::<Vec<_>>(),
            [
                "$30.00 flat for 1–10 users",
                "240 users × $3.00 = $720.00",
                "750 users × $2.00 = $1,500.00",
                "200 users × $1.00 = $200.00",
            ]
        );
        assert_eq!(charge.steps[3].band(), "1001 and above");
    }

    #[test]
    fn volume_bands_price_every_unit_alike_and_may_punish_a_removal() {
        let table = Bands::new(
            Mode::Volume,
            0,
            vec![each(Some(100), "10"), each(None, "8")],
        )
        .unwrap();
        assert_eq!(plain(&table, 100), "1000.00");
        assert_eq!(plain(&table, 101), "808.00");
    }

    #[test]
    fn a_tier_is_paid_for_whole() {
        let tiers = vec![
            each(Some(50), "80"),
            each(Some(100), "80"),
            each(None, "70"),
        ];
        let table = Bands::new(Mode::Tiers, 0, tiers).unwrap();
        let charge = table.charge(52, Unit::User, Currency::USD).unwrap();
        assert_eq!(
            (charge.billed, plain(&table, 52)),
            (100, "8000.00".to_owned())
        );
        assert_eq!(plain(&table, 50), "4000.00");
        // No end is stated above 100, so the quantity itself is paid for.
        assert_eq!(plain(&table, 130), "9100.00");
        let flat = |up_to, price: &str| Band {
            up_to,
            price: BandPrice::Flat(usd(price)),
        };
        let table = Bands::new(
            Mode::Tiers,
            0,
            vec![flat(Some(50), "4100"), flat(None, "7900")],
        )
        .unwrap();
        assert_eq!(
            (plain(&table, 3), plain(&table, 51)),
            ("4100.00".to_owned(), "7900.00".to_owned())
        );
    }

    #[test]
    fn a_minimum_raises_the_quantity_but_not_from_nothing() {
        let table = Bands::new(Mode::Marginal, 801, vec![each(None, "155")]).unwrap();
        let charge = table.charge(500, Unit::User, Currency::USD).unwrap();
        assert_eq!(
            (charge.billed, plain(&table, 500)),
            (801, "124155.00".to_owned())
        );
        assert_eq!(plain(&table, 0), "0.00");
        assert_eq!(plain(&table, 802), "124310.00");
    }

    #[test]
    fn an_unknown_band_leaves_the_known_part_and_its_reason() {
        let above = Band {
            up_to: None,
            price: BandPrice::Unknown("above 100 users".to_owned()),
        };
        let table = Bands::new(Mode::Marginal, 0, vec![each(Some(100), "6.70"), above]).unwrap();
        let charge = table.charge(150, Unit::User, Currency::USD).unwrap();
        assert_eq!(charge.known, Some(usd("670")));
        assert_eq!(charge.missing, ["above 100 users"]);
        assert_eq!(charge.steps[1].text(), "50 users × unknown");
        assert!(
            table
                .charge(100, Unit::User, Currency::USD)
                .unwrap()
                .missing
                .is_empty()
        );
    }

    #[test]
    fn a_discount_keeps_the_digits_of_the_unit_price() {
        let table = Bands::new(Mode::Marginal, 0, vec![each(None, "9.05")]).unwrap();
        let price = table
            .discounted(crate::money::Number::parse("12.5").unwrap())
            .unwrap();
        assert_eq!(exact(&price, 1).exact(), "$7.91875");
    }

    #[test]
    fn a_table_that_does_not_hold_together_is_refused() {
        let build = |bands| Bands::new(Mode::Marginal, 0, bands);
        assert_eq!(build(vec![]), Err(BandFault::Empty));
        assert_eq!(build(vec![each(Some(10), "1")]), Err(BandFault::LastHasEnd));
        assert_eq!(
            build(vec![each(None, "1"), each(None, "1")]),
            Err(BandFault::EndlessBeforeLast(0))
        );
        assert_eq!(
            build(vec![
                each(Some(10), "1"),
                each(Some(10), "1"),
                each(None, "1")
            ]),
            Err(BandFault::NotAscending(1))
        );
        assert_eq!(
            build(vec![each(Some(0), "1"), each(None, "1")]),
            Err(BandFault::NotAscending(0))
        );
        assert_eq!(build(vec![each(None, "-1")]), Err(BandFault::Negative(0)));
    }

    /// Up to five bands, prices in thousandths.
    fn any_bands(mode: Mode) -> impl Strategy<Value = Bands> {
        proptest::collection::vec((1_u64..400, 0_u64..30_000), 1..6).prop_map(move |parts| {
            let last = parts.len() - 1;
            let mut end = 0;
            let bands = parts
                .into_iter()
                .enumerate()
                .map(|(place, (width, thousandths))| {
                    end += width;
                    let price = usd(&thousandths.to_string()).divided_by(1000_u64).unwrap();
                    Band {
                        up_to: (place < last).then_some(end),
                        price: BandPrice::Each(price),
                    }
                })
                .collect();
            Bands::new(mode, 0, bands).unwrap()
        })
    }

    proptest! {
        #[test]
        fn a_marginal_bill_never_falls_when_a_seat_is_added(bands in any_bands(Mode::Marginal), seats in 0_u64..3000) {
            prop_assert!(exact(&bands, seats).amount() <= exact(&bands, seats + 1).amount());
        }

        #[test]
        fn each_seat_at_a_band_edge_costs_its_own_bands_price(bands in any_bands(Mode::Marginal)) {
            for pair in bands.bands().windows(2) {
                let [here, next] = pair else { continue };
                let (Some(edge), BandPrice::Each(price), BandPrice::Each(after)) = (here.up_to, &here.price, &next.price)
                else { continue };
                let step = |from: u64| exact(&bands, from + 1).minus(exact(&bands, from)).unwrap();
                prop_assert_eq!(step(edge - 1), price.low());
                prop_assert_eq!(step(edge), after.low());
            }
        }

        #[test]
        fn the_steps_add_up_to_the_charge(bands in any_bands(Mode::Marginal), seats in any::<u16>()) {
            let charge = bands.charge(u64::from(seats), Unit::User, Currency::USD).unwrap();
            prop_assert_eq!(charge.steps.iter().map(|step| step.quantity).sum::<u64>(), charge.billed);
            let amounts = charge.steps.iter().filter_map(|step| step.amount).map(MoneyRange::low);
            prop_assert_eq!(Money::sum(Currency::USD, amounts).unwrap(), charge.known.unwrap().low());
        }

        #[test]
        fn a_tier_never_bills_fewer_than_are_held(bands in any_bands(Mode::Tiers), seats in 1_u64..3000) {
            prop_assert!(bands.charge(seats, Unit::User, Currency::USD).unwrap().billed >= seats);
        }
    }
}
