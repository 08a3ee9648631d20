ping_seconds: float = Field(default=15, gt=0)
