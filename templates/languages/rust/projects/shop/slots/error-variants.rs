    #[error("the cart is empty")]
    CartEmpty,
    #[error("there are fewer in stock than are asked for")]
    Shortage(Vec<crate::domain::cart::Shortage>),
    #[error("the header Idempotency-Key must have 1 to 200 visible ASCII characters")]
    IdempotencyKey,
