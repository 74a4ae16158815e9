//! Which terms apply to a subscription: the closest ones, with a what-if's laid over those that are agreed.
//!
//! Takes a `Contract`, gives terms and cycles. What terms say is `contract`'s, what they cost is `quote`'s.

use super::Billing;
use super::contract::{Contract, ContractPrice, HeldPlan, Terms};
use super::tiers::StatedTiers;
use crate::domain::product::{Offering, SiteKind};

impl Contract {
    /// The same where terms without a plan are for what is held: a price that is paid says nothing of another plan's.
    pub(crate) fn bound_to(mut self, offerings: &[Offering]) -> Contract {
        let held = |product: &str| {
            offerings
                .iter()
                .filter(|held| held.kind == SiteKind::Own)
                .filter(|held| held.product.eq_ignore_ascii_case(product))
                .map(|held| HeldPlan {
                    site: held.site.clone(),
                    plan: held.plan_name().to_owned(),
                })
                .collect()
        };
        for price in self.prices.iter_mut().filter(|price| price.plan.is_none()) {
            price.held = Some(held(&price.product));
        }
        self
    }

    /// The same contract with a what-if laid over it.
    pub(crate) fn under(&self, what_if: Contract) -> Contract {
        Contract {
            what_if: what_if.prices,
            ..self.clone()
        }
    }

    /// Keeps the cycle of a subscription whose plan changes, unless a what-if states another.
    pub(crate) fn keep_cycle(&mut self, product: &str, plans: [&str; 2], site: Option<&str>) {
        let [old, new] = plans;
        let says_it = |price: &ContractPrice| price.billing.is_some();
        if closest(&self.what_if, product, new, site, says_it).is_none() {
            self.what_if.push(ContractPrice {
                product: product.to_owned(),
                plan: Some(new.to_owned()),
                site: site.map(str::to_owned),
                terms: Terms::List,
                billing: Some(self.billing(product, old, site)),
                tiers: None,
                held: None,
                is_app: false,
                line: 0,
            });
        }
    }

    /// The terms that give a subscription's amounts: the closest ones that fit.
    pub(crate) fn terms(
        &self,
        product: &str,
        plan: &str,
        site: Option<&str>,
    ) -> Option<&ContractPrice> {
        self.winner(|prices| closest(prices, product, plan, site, has_amounts))
    }

    /// The terms that give a subscription's cycle, where any state one.
    fn cycle_terms(&self, product: &str, plan: &str, site: Option<&str>) -> Option<&ContractPrice> {
        self.winner(|prices| cycle(prices, product, plan, site))
    }

    /// The agreed terms that say what is asked for, or a what-if's unless agreed amounts are closer.
    fn winner<'a>(
        &'a self,
        saying: impl Fn(&'a [ContractPrice]) -> Option<&'a ContractPrice>,
    ) -> Option<&'a ContractPrice> {
        let stays = |agreed: &ContractPrice, other: &ContractPrice| {
            has_amounts(agreed) && agreed.closeness() > other.closeness()
        };
        match (saying(&self.prices), saying(&self.what_if)) {
            (Some(agreed), Some(other)) if stays(agreed, other) => Some(agreed),
            (agreed, what_if) => what_if.or(agreed),
        }
    }

    /// The billing cycle of a subscription.
    pub(crate) fn billing(&self, product: &str, plan: &str, site: Option<&str>) -> Billing {
        self.cycle_terms(product, plan, site)
            .and_then(|terms| terms.billing)
            .or(self.billing)
            .unwrap_or(Billing::Monthly)
    }

    /// The terms that say by what number of units a subscription's year is paid, where any do.
    fn tiers_terms(&self, product: &str, plan: &str, site: Option<&str>) -> Option<&ContractPrice> {
        let says_it = |price: &ContractPrice| price.tiers.is_some();
        self.winner(|prices| {
            closest(prices, product, plan, site, has_amounts)
                .filter(|price| says_it(price))
                .or_else(|| closest(prices, product, plan, site, says_it))
        })
    }

    /// By what number of units a subscription's year is paid, where that is stated.
    pub(crate) fn tiers(
        &self,
        product: &str,
        plan: &str,
        site: Option<&str>,
    ) -> Option<&StatedTiers> {
        self.tiers_terms(product, plan, site)?.tiers.as_ref()
    }

    /// Whether some terms are the ones that give a subscription's amounts, its cycle or its tiers.
    pub(crate) fn hold(
        &self,
        terms: &ContractPrice,
        product: &str,
        plan: &str,
        site: Option<&str>,
    ) -> bool {
        self.terms(product, plan, site) == Some(terms)
            || self.cycle_terms(product, plan, site) == Some(terms)
            || self.tiers_terms(product, plan, site) == Some(terms)
    }

    /// All terms, in the order in which they are stated.
    pub(crate) fn prices(&self) -> &[ContractPrice] {
        &self.prices
    }
}

/// Terms that name a cycle alone leave the amounts as they are.
fn has_amounts(price: &ContractPrice) -> bool {
    price.terms != Terms::List
}

/// The terms whose cycle applies: those of the amounts, since the price was agreed with it; where they state none, the
/// closest that do.
fn cycle<'a>(
    prices: &'a [ContractPrice],
    product: &str,
    plan: &str,
    site: Option<&str>,
) -> Option<&'a ContractPrice> {
    let says_it = |price: &ContractPrice| price.billing.is_some();
    closest(prices, product, plan, site, has_amounts)
        .filter(|price| says_it(price))
        .or_else(|| closest(prices, product, plan, site, says_it))
}

/// The closest terms that fit a subscription and say what is asked for; of equally close ones, the last.
fn closest<'a>(
    prices: &'a [ContractPrice],
    product: &str,
    plan: &str,
    site: Option<&str>,
    says_it: impl Fn(&ContractPrice) -> bool,
) -> Option<&'a ContractPrice> {
    prices
        .iter()
        .filter(|price| price.fits(product, plan, site) && says_it(price))
        .max_by_key(|price| price.closeness())
}

#[cfg(test)]
mod tests {
    use crate::toml::Text;
    use serde::Deserialize;
    use toml::Spanned;

    use crate::money::Currency;
    use crate::price::Billing;
    use crate::price::contract::{Contract, RawContractPrice, Terms};
    use crate::toml::Fault;

    #[derive(Deserialize)]
    struct File {
        contract: Vec<Spanned<RawContractPrice>>,
    }

    fn contract(text: &str) -> Result<Contract, Vec<Fault>> {
        let file: File = Text::new(text).read("seatledger.toml").unwrap();
        Contract::check(&file.contract, None, Currency::USD, "seatledger.toml", text)
    }

    #[test]
    fn the_closest_terms_win() {
        let contract = contract(
            "[[contract]]\nproduct = \"Jira\"\ndiscount_percent = 5\n\
             [[contract]]\nproduct = \"Jira\"\nplan = \"Premium\"\ndiscount_percent = 10\n\
             [[contract]]\nproduct = \"Jira\"\nsite = \"acme\"\nbilling = \"annual\"\n",
        )
        .unwrap();
        let line = |plan, site| contract.terms("Jira", plan, site).map(|terms| terms.line);
        assert_eq!(line("Standard", None), Some(1));
        assert_eq!(line("premium", Some("globex")), Some(4));
        // The third names a cycle alone and keeps no amount off.
        assert_eq!(line("Premium", Some("ACME")), Some(4));
        assert_eq!(
            contract.billing("Jira", "Premium", Some("acme")),
            Billing::Annual
        );
        assert_eq!(contract.billing("Jira", "Premium", None), Billing::Monthly);
        assert!(contract.terms("Confluence", "Standard", None).is_none());
    }

    #[test]
    fn a_what_if_wins_over_terms_as_close_and_leaves_closer_amounts() {
        let agreed = contract(
            "[[contract]]\nproduct = \"Jira\"\nplan = \"Standard\"\nsite = \"acme\"\nprice = 8\nbilling = \"annual\"\n\
             [[contract]]\nproduct = \"Confluence\"\nprice = 5\n",
        )
        .unwrap();
        let what_if = contract(
            "[[contract]]\nproduct = \"Jira\"\ndiscount_percent = 5\n\
             [[contract]]\nproduct = \"Confluence\"\ndiscount_percent = 6\n",
        );
        let terms = |contract: &Contract, product, site| {
            let terms = contract.terms(product, "Standard", Some(site));
            terms.map(|terms| (terms.line, matches!(terms.terms, Terms::Discount(_))))
        };
        let both = agreed.under(what_if.unwrap());
        assert_eq!(terms(&both, "Jira", "acme"), Some((1, false)));
        assert_eq!(terms(&both, "Jira", "globex"), Some((1, true)));
        assert_eq!(terms(&both, "Confluence", "acme"), Some((4, true)));
        let cycle = "[[contract]]\nproduct = \"Jira\"\nplan = \"Standard\"\nsite = \"acme\"\nbilling = \"monthly\"\n";
        let monthly = agreed.under(contract(cycle).unwrap());
        assert_eq!(terms(&monthly, "Jira", "acme"), Some((1, false)));
        assert_eq!(
            monthly.billing("Jira", "Standard", Some("acme")),
            Billing::Monthly
        );
    }

    #[test]
    fn the_cycle_of_the_amounts_wins_over_a_cycle_alone() {
        let row = "[[contract]]\nproduct = \"Jira\"\nplan = \"Standard\"\nsite = \"acme\"\nbilling = \"monthly\"\n";
        let price = |more: &str| {
            let price = "[[contract]]\nproduct = \"Jira\"\nprice = 8\n";
            contract(&format!("{price}{more}\n{row}")).unwrap()
        };
        let cycle = |contract: &Contract| contract.billing("Jira", "Standard", Some("acme"));
        let with = price("billing = \"annual\"\nannual_months = 10");
        assert_eq!(cycle(&with), Billing::Annual);
        assert_eq!(cycle(&price("")), Billing::Monthly);
        // A what-if wins over what is agreed, by the same rule.
        assert_eq!(cycle(&with.under(contract(row).unwrap())), Billing::Monthly);
        let agreed = contract(row).unwrap();
        assert_eq!(cycle(&agreed.under(with)), Billing::Annual);
    }

    #[test]
    fn another_plan_keeps_the_cycle_and_no_amount() {
        let mut agreed = contract(
            "[[contract]]\nproduct = \"Jira\"\nplan = \"Standard\"\nprice = 8\nbilling = \"annual\"\n",
        )
        .unwrap();
        agreed.keep_cycle("Jira", ["Standard", "Premium"], Some("acme"));
        assert_eq!(
            agreed.billing("Jira", "Premium", Some("acme")),
            Billing::Annual
        );
        assert_eq!(agreed.terms("Jira", "Premium", Some("acme")), None);
    }
}
