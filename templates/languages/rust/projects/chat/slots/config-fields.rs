
    /// How often each socket is pinged, in seconds
    #[arg(long, env, default_value = "15")]
    pub ping_seconds: NonZeroU32,
