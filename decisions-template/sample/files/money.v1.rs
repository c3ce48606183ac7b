//! Amounts as integers in minor units (ADR-0017).

/// An amount of one currency, in its minor unit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Money {
    minor: i64,
    currency: Currency,
}

impl Money {
    /// The sum, unless the currencies differ or the amount does not fit.
    pub fn checked_add(self, other: Money) -> Result<Money, MoneyError> {
        if self.currency != other.currency {
            return Err(MoneyError::CurrencyMismatch(self.currency, other.currency));
        }
        let minor = self.minor.checked_add(other.minor).ok_or(MoneyError::Overflow)?;
        Ok(Money { minor, ..self })
    }

    /// Shares in proportion to `weights`; what is left over goes to the first ones, so that they add up again.
    pub fn split(self, weights: &[u32]) -> Vec<Money> {
        let total: i64 = weights.iter().map(|weight| i64::from(*weight)).sum();
        let mut shares: Vec<i64> = weights.iter().map(|weight| self.minor * i64::from(*weight) / total).collect();
        let left = self.minor - shares.iter().sum::<i64>();
        for share in shares.iter_mut().take(left.unsigned_abs() as usize) {
            *share += left.signum();
        }
        shares.into_iter().map(|minor| Money { minor, ..self }).collect()
    }
}
