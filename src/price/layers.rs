//! Which terms apply to a subscription: the closest ones, with a what-if's laid over those that are agreed.
//!
//! Takes a `Contract`, gives terms and cycles. What terms say is `contract`'s, what they cost is `quote`'s.

use super::Billing;
use super::contract::{Contract, ContractPrice, Terms};

impl Contract {
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
        // Terms that name a cycle alone leave the amounts as they are.
        self.winner(product, plan, site, |price| price.terms != Terms::List)
    }

    /// The terms that give a subscription's cycle, where any state one.
    fn cycle_terms(&self, product: &str, plan: &str, site: Option<&str>) -> Option<&ContractPrice> {
        self.winner(product, plan, site, |price| price.billing.is_some())
    }

    /// The closest agreed terms that say what is asked for, or a what-if's unless agreed amounts are closer.
    fn winner(
        &self,
        product: &str,
        plan: &str,
        site: Option<&str>,
        says_it: fn(&ContractPrice) -> bool,
    ) -> Option<&ContractPrice> {
        let agreed = closest(&self.prices, product, plan, site, says_it);
        let what_if = closest(&self.what_if, product, plan, site, says_it);
        let stays = |agreed: &ContractPrice, other: &ContractPrice| {
            agreed.terms != Terms::List && agreed.closeness() > other.closeness()
        };
        match (agreed, what_if) {
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

    /// Whether some terms are the ones that give a subscription's amounts or its cycle.
    pub(crate) fn hold(
        &self,
        terms: &ContractPrice,
        product: &str,
        plan: &str,
        site: Option<&str>,
    ) -> bool {
        self.terms(product, plan, site) == Some(terms)
            || self.cycle_terms(product, plan, site) == Some(terms)
    }

    /// All terms, in the order in which they are stated.
    pub(crate) fn prices(&self) -> &[ContractPrice] {
        &self.prices
    }
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
    use serde::Deserialize;
    use toml::Spanned;

    use crate::money::Currency;
    use crate::price::Billing;
    use crate::price::contract::{Contract, RawContractPrice, Terms};
    use crate::price::fault::PriceError;

    #[derive(Deserialize)]
    struct File {
        contract: Vec<Spanned<RawContractPrice>>,
    }

    fn contract(text: &str) -> Result<Contract, Vec<PriceError>> {
        let file: File = toml::from_str(text).unwrap();
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
