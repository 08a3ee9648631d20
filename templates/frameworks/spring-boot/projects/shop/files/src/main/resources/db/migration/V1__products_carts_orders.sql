-- Money is in cents. Times are texts in UTC, such as 2026-11-22T18:30:00.123456Z, and sort as such.
-- AUTOINCREMENT: the id of something deleted is not given out again.
-- STRICT: SQLite refuses values of another type than the column's.

-- One row, from the first start on.
CREATE TABLE shop (
    one INTEGER PRIMARY KEY CHECK (one = 1),
    currency TEXT NOT NULL
) STRICT;

CREATE TABLE products (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    sku TEXT NOT NULL UNIQUE,
    name TEXT NOT NULL,
    description TEXT NOT NULL,
    category TEXT NOT NULL,
    price_cents INTEGER NOT NULL CHECK (price_cents >= 0),
    -- The last guard against selling what is not there.
    stock INTEGER NOT NULL CHECK (stock >= 0),
    created_at TEXT NOT NULL
) STRICT;

CREATE INDEX products_by_category ON products (category);

-- Ids of carts and orders are random: who knows one may see it.
CREATE TABLE carts (
    id TEXT PRIMARY KEY,
    created_at TEXT NOT NULL
) STRICT;

-- No price: a cart shows those of today.
CREATE TABLE cart_items (
    position INTEGER PRIMARY KEY AUTOINCREMENT,
    cart_id TEXT NOT NULL REFERENCES carts (id) ON DELETE CASCADE,
    product_id INTEGER NOT NULL REFERENCES products (id) ON DELETE CASCADE,
    quantity INTEGER NOT NULL CHECK (quantity BETWEEN 1 AND 99),
    UNIQUE (cart_id, product_id)
) STRICT;

-- `sequence` makes the number that people read out on the telephone.
CREATE TABLE orders (
    sequence INTEGER PRIMARY KEY AUTOINCREMENT,
    id TEXT NOT NULL UNIQUE,
    cart_id TEXT NOT NULL REFERENCES carts (id),
    idempotency_key TEXT NOT NULL,
    status TEXT NOT NULL CHECK (status IN ('placed')),
    currency TEXT NOT NULL,
    email TEXT NOT NULL,
    name TEXT NOT NULL,
    address TEXT NOT NULL,
    created_at TEXT NOT NULL,
    UNIQUE (cart_id, idempotency_key)
) STRICT;

-- Name and price as they were at the purchase; the product may change or go.
CREATE TABLE order_items (
    order_id TEXT NOT NULL REFERENCES orders (id) ON DELETE CASCADE,
    position INTEGER NOT NULL,
    product_id INTEGER NOT NULL,
    name TEXT NOT NULL,
    quantity INTEGER NOT NULL,
    unit_price_cents INTEGER NOT NULL,
    PRIMARY KEY (order_id, position)
) STRICT, WITHOUT ROWID;
