use std::num::NonZeroU32;

