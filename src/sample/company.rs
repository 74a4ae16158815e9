//! The invented company: its domains, sites, products, departments and offices. Facts only.

pub(super) const NAME: &str = "Northlight Instruments";
pub(super) const DOMAIN: &str = "northlight.example";
pub(super) const LABS_DOMAIN: &str = "northlight-labs.example";

/// Partners and customers, for guests and portal customers.
pub(super) const OUTSIDE_DOMAINS: [&str; 6] = [
    "hallvik.example",
    "tern-and-co.example",
    "brightfen.example",
    "osprey-calibration.example",
    "kestrelworks.example",
    "mail.example",
];

/// A customer's site that some consultants can reach: somebody else's bill.
pub(super) const FOREIGN_HOST: &str = "customerco.atlassian.net";

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Product {
    Jira,
    Confluence,
    ServiceManagement,
    Bitbucket,
    Opsgenie,
    Loom,
}

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Site {
    Main,
    Labs,
    Sandbox,
}

impl Site {
    pub(super) fn name(self) -> &'static str {
        match self {
            Self::Main => "northlight",
            Self::Labs => "northlight-labs",
            Self::Sandbox => "northlight-sandbox-214",
        }
    }

    pub(super) fn host(self) -> &'static str {
        match self {
            Self::Main => "northlight.atlassian.net",
            Self::Labs => "northlight-labs.atlassian.net",
            Self::Sandbox => "northlight-sandbox-214.atlassian.net",
        }
    }
}

/// Which of a product's names a column of the users export bears.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Era {
    Former,
    Present,
}

/// One pair of columns (access, last seen) of the users export.
pub(super) struct Column {
    pub(super) app: &'static str,
    pub(super) product: Product,
    pub(super) site: Site,
    pub(super) era: Era,
}

const fn column(app: &'static str, product: Product, site: Site, era: Era) -> Column {
    Column {
        app,
        product,
        site,
        era,
    }
}

pub(super) const COLUMNS: [Column; 11] = [
    column("Jira Software", Product::Jira, Site::Main, Era::Former),
    column("Jira", Product::Jira, Site::Main, Era::Present),
    column("Confluence", Product::Confluence, Site::Main, Era::Present),
    column(
        "Jira Service Desk",
        Product::ServiceManagement,
        Site::Main,
        Era::Former,
    ),
    column(
        "Jira Service Management",
        Product::ServiceManagement,
        Site::Main,
        Era::Present,
    ),
    column("Bitbucket", Product::Bitbucket, Site::Main, Era::Present),
    column("Opsgenie", Product::Opsgenie, Site::Main, Era::Present),
    column("Jira", Product::Jira, Site::Labs, Era::Present),
    column("Confluence", Product::Confluence, Site::Labs, Era::Present),
    column("Jira", Product::Jira, Site::Sandbox, Era::Present),
    column(
        "Confluence",
        Product::Confluence,
        Site::Sandbox,
        Era::Present,
    ),
];

/// How many days ago a product of the main site got its present name, if it ever had another.
/// With the demo's day these fall in June 2024 and November 2020.
pub(super) fn renamed_ago(product: Product, site: Site) -> Option<u32> {
    match (product, site) {
        (Product::Jira, Site::Main) => Some(880),
        (Product::ServiceManagement, Site::Main) => Some(2_200),
        _ => None,
    }
}

/// A department: its share of the people and, in percent, how many of them hold what.
pub(super) struct Department {
    pub(super) name: &'static str,
    pub(super) share: u32,
    pub(super) jira: u32,
    pub(super) confluence: u32,
    pub(super) service_agent: u32,
    pub(super) bitbucket: u32,
    pub(super) labs: u32,
    pub(super) sandbox: u32,
    pub(super) on_call: u32,
    pub(super) titles: &'static [&'static str],
}

/// The department that is exempt as a whole. Nobody gets into it by chance.
pub(super) const EXPEDITION: Department = Department {
    name: "Field Expedition",
    share: 0,
    jira: 100,
    confluence: 70,
    service_agent: 0,
    bitbucket: 0,
    labs: 0,
    sandbox: 0,
    on_call: 0,
    titles: &["Survey Technician", "Instrument Operator"],
};

#[rustfmt::skip]
pub(super) const DEPARTMENTS: [Department; 9] = [
    Department {
        name: "Engineering", share: 30,
        jira: 99, confluence: 92, service_agent: 2, bitbucket: 80, labs: 22, sandbox: 15, on_call: 6,
        titles: &[
            "Software Engineer", "Senior Software Engineer", "Firmware Engineer",
            "Optical Engineer", "Test Engineer", "Engineering Manager",
        ],
    },
    Department {
        name: "Product", share: 8,
        jira: 98, confluence: 98, service_agent: 0, bitbucket: 15, labs: 40, sandbox: 5, on_call: 0,
        titles: &["Product Manager", "Product Designer", "Product Owner"],
    },
    Department {
        name: "IT", share: 5,
        jira: 97, confluence: 97, service_agent: 60, bitbucket: 35, labs: 30, sandbox: 70, on_call: 30,
        titles: &["Systems Administrator", "Network Engineer", "IT Support Specialist"],
    },
    Department {
        name: "Customer Support", share: 12,
        jira: 95, confluence: 88, service_agent: 58, bitbucket: 0, labs: 4, sandbox: 1, on_call: 0,
        titles: &["Support Specialist", "Support Engineer", "Support Team Lead"],
    },
    Department {
        name: "Sales, EMEA", share: 12,
        jira: 82, confluence: 78, service_agent: 0, bitbucket: 0, labs: 0, sandbox: 0, on_call: 0,
        titles: &[
            "Account Manager", "Sales Engineer", "Account Executive",
            "Manager, Channel Sales",
        ],
    },
    Department {
        name: "Marketing", share: 7,
        jira: 88, confluence: 92, service_agent: 0, bitbucket: 0, labs: 10, sandbox: 0, on_call: 0,
        titles: &["Marketing Specialist", "Content Editor", "Events Coordinator"],
    },
    Department {
        name: "Finance", share: 7,
        jira: 80, confluence: 80, service_agent: 0, bitbucket: 0, labs: 0, sandbox: 0, on_call: 0,
        titles: &["Accountant", "Controller", "Payroll Specialist"],
    },
    Department {
        name: "People & Culture", share: 5,
        jira: 78, confluence: 95, service_agent: 0, bitbucket: 0, labs: 0, sandbox: 0, on_call: 0,
        titles: &["Recruiter", "HR Business Partner"],
    },
    Department {
        name: "Manufacturing", share: 14,
        jira: 84, confluence: 62, service_agent: 0, bitbucket: 0, labs: 0, sandbox: 0, on_call: 0,
        titles: &[
            "Assembly Technician", "Calibration Technician", "Production Planner",
            "Quality Inspector",
        ],
    },
];

pub(super) struct Office {
    pub(super) name: &'static str,
    pub(super) city: &'static str,
    pub(super) country: &'static str,
    pub(super) location: &'static str,
    pub(super) street: &'static str,
}

pub(super) const OFFICES: [Office; 5] = [
    Office {
        name: "HQ",
        city: "Bergen",
        country: "Norway",
        location: "NO",
        street: "Nordlysveien 12",
    },
    Office {
        name: "Lisbon",
        city: "Lisboa",
        country: "Portugal",
        location: "PT",
        street: "Rua da Bússola 40, 3.º Dto",
    },
    Office {
        name: "Leeds",
        city: "Leeds",
        country: "United Kingdom",
        location: "GB",
        street: "7 Prism Court",
    },
    Office {
        name: "München",
        city: "München",
        country: "Germany",
        location: "DE",
        street: "Spektrumstraße 5",
    },
    Office {
        name: "Toronto",
        city: "Toronto",
        country: "Canada",
        location: "CA",
        street: "200 Lens Ave, Suite 9",
    },
];

/// Accounts that no person holds but that take a seat like anyone: address, name, reason.
pub(super) const SERVICE_ACCOUNTS: [(&str, &str, &str); 3] = [
    ("ci-bot@northlight.example", "CI Bot", "build server"),
    (
        "jira-sync@northlight.example",
        "Jira Sync",
        "keeps the parts catalogue and Jira in step",
    ),
    (
        "wallboard@northlight.example",
        "Factory Wallboard",
        "status screens in the assembly hall",
    ),
];

/// Apps appear in the users export as accounts of Atlassian's own domain.
pub(super) const APPS: [&str; 4] = [
    "Automation for Jira",
    "Chat Notifications",
    "Diagrams for Confluence",
    "Statuspage for Jira",
];
pub(super) const APP_DOMAIN: &str = "connect.atlassian.com";
