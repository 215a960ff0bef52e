//! Why a file is not taken, begun, stopped or thrown away; and why a row is not put, in words.

use crate::domain::project::ChangeRefused;
use crate::domain::refusal::{Refusal, RefusalKind};

/// Why an import does not go on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ImportRefused {
    /// No such import or organisation, or none to be known of.
    Missing,
    /// A member, but not one who writes projects.
    NotAllowed,
    /// Its rows are being put just now.
    Running,
    /// Every row has been dealt with.
    Finished,
}

impl Refusal for ImportRefused {
    fn kind(&self) -> RefusalKind {
        match self {
            Self::Missing => RefusalKind::Missing,
            Self::NotAllowed => RefusalKind::NotAllowed,
            Self::Running | Self::Finished => RefusalKind::TooLate,
        }
    }
}

/// Why a row was refused, for who brought it.
pub fn in_words(why: ChangeRefused) -> String {
    match why {
        ChangeRefused::Missing | ChangeRefused::NotAllowed => "You write no projects for this organisation (any more)".to_owned(),
        ChangeRefused::ProjectIs(status) => {
            format!("The project is {} by now: its words do not change any more", status.label().to_lowercase())
        }
        ChangeRefused::Changed { .. } => "Somebody changed the project meanwhile".to_owned(),
        ChangeRefused::DeadlinePassed => "deadline: Enter a time that lies ahead: the project is open".to_owned(),
        ChangeRefused::PriceBasisFixed => {
            "kind, currency: The project is open, and proposals name prices in its currency and by its kind: both stay".to_owned()
        }
        ChangeRefused::SealSettled => "sealed: Whether bids are sealed was settled when the project was published".to_owned(),
        ChangeRefused::DeadlineOnlyLater => "deadline: Somebody sent a sealed bid: the deadline only moves later".to_owned(),
        ChangeRefused::Held => "The house holds this project: nobody changes it before it is released".to_owned(),
        ChangeRefused::BidsOpened => "deadline: Sealed bids were opened: the deadline does not move any more".to_owned(),
    }
}
