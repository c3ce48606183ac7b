//! Balances, derived from postings (ADR-0021). The cache says which posting it includes; the rest is added up.

pub async fn balance(db: &Db, cache: &Cache, account: AccountId) -> Result<Money, Error> {
    let known = cache.get(account).await?.unwrap_or_else(|| Known::empty(account));
    let newer = db
        .one("SELECT sum(amount_minor), max(sequence) FROM postings WHERE account = $1 AND sequence > $2",
             &[&account, &known.sequence])
        .await?;
    let balance = known.with(newer)?;
    cache.put(account, &balance).await?;
    Ok(balance.amount)
}
