    domain::catalogue::seed(&db).await?;
