    crate::domain::catalogue::seed(&db).await?;
