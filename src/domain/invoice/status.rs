//! The states of an invoice.

use crate::domain::text_enum::text_enum;

text_enum! {
    /// The states of an invoice.
    InvoiceStatus {
        /// Its freelancer's alone; it has no number yet and can be thrown away.
        Draft = "DRAFT",
        /// Sent to the client, with a number, for good.
        Issued = "ISSUED",
        /// The client says that it is paid, and by which transfer.
        Paid = "PAID",
        /// Taken back by a credit note; what was on it can be invoiced again.
        Void = "VOID",
    }
}

impl InvoiceStatus {
    /// The table of moves; a trigger repeats it. What was paid stays paid: a mistake in it is for another invoice to mend.
    pub fn may_become(self, to: Self) -> bool {
        matches!((self, to), (Self::Draft, Self::Issued) | (Self::Issued, Self::Paid | Self::Void))
    }

    /// The state in words.
    pub fn label(self) -> &'static str {
        match self {
            Self::Draft => "Draft",
            Self::Issued => "Issued",
            Self::Paid => "Paid",
            Self::Void => "Void",
        }
    }
}
