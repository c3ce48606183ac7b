//! Posting sets: the only way money moves.

use money::Money;

/// One leg of a set.
pub struct Posting {
    pub account: AccountId,
    pub amount: Money,
}

/// Postings that stand or fall together.
pub struct PostingSet(Vec<Posting>);

impl PostingSet {
    /// A set, when its postings add up to zero in each currency.
    pub fn new(postings: Vec<Posting>) -> Result<Self, Unbalanced> {
        let off: Vec<_> = totals(&postings).into_iter().filter(|total| !total.is_zero()).collect();
        if off.is_empty() { Ok(Self(postings)) } else { Err(Unbalanced(off)) }
    }
}
