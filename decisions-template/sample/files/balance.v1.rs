//! Balances, read from the projection that `refresh` fills (ADR-0008).

pub async fn balance(db: &Db, account: AccountId) -> Result<Money, Error> {
    db.one("SELECT amount, currency FROM balances WHERE account = $1", &[&account]).await
}

/// Runs every ten minutes, and once a night from scratch.
pub async fn refresh(db: &Db, from_scratch: bool) -> Result<u64, Error> {
    if from_scratch {
        db.execute("TRUNCATE balances", &[]).await?;
    }
    db.execute(include_str!("refresh.sql"), &[]).await
}
