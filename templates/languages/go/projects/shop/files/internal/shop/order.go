package shop

import (
	"context"
	"crypto/rand"
	"database/sql"
	"errors"
	"regexp"

	"example.com/app/internal/database"
	"example.com/app/internal/input"
	"example.com/app/internal/list"
)

// ErrEmptyCart tells that there is nothing to buy.
var ErrEmptyCart = errors.New("the cart is empty")

// Order is a purchase, with the prices of that time.
type Order struct {
	ID string `json:"id"`
	// For people: short, and of no use to a thief.
	Number     string `json:"number"`
	Status     string `json:"status"`
	Currency   string `json:"currency"`
	Items      []Line `json:"items"`
	TotalCents int    `json:"total_cents"`
	Buyer
	CreatedAt database.Time `json:"created_at"`
}

// Buyer is who buys, and where to send it.
type Buyer struct {
	Email   string `json:"email"`
	Name    string `json:"name"`
	Address string `json:"address"`
}

// ReadBuyer reads the form of a checkout.
func ReadBuyer(fields *input.Fields) (Buyer, error) {
	var b Buyer
	fields.Require("email", "name", "address")
	input.Read(fields, "email", &b.Email, email)
	input.Read(fields, "name", &b.Name, input.Line(1, 120))
	input.Read(fields, "address", &b.Address, input.Lines(1, 500))
	return b, fields.Err()
}

var emailForm = regexp.MustCompile(`^[^@\s]+@[^@.\s]+(\.[^@.\s]+)+$`)

// email finds slips; whether the address is somebody's, only a letter to it can tell.
func email(sent any) (string, error) {
	address, err := input.Line(1, 254)(sent)
	if err == nil && !emailForm.MatchString(address) {
		err = errors.New("must be an address such as ada@example.com")
	}
	return address, err
}

// Orders are the orders in the database.
type Orders struct {
	db *database.DB
}

// NewOrders are the orders in this database.
func NewOrders(db *database.DB) *Orders {
	return &Orders{db}
}

// Find reads one order, or returns sql.ErrNoRows.
func (s *Orders) Find(ctx context.Context, id string) (Order, error) {
	tx, err := s.db.Readers.BeginTx(ctx, nil)
	if err != nil {
		return Order{}, err
	}
	defer tx.Rollback() // There is nothing to commit.
	return findOrder(ctx, tx, "id = ?", id)
}

func findOrder(ctx context.Context, tx *sql.Tx, condition string, args ...any) (Order, error) {
	var o Order
	query := tx.QueryRowContext(ctx,
		`SELECT id, printf('S-%06d', sequence), status, currency, email, name, address, created_at
		FROM orders WHERE `+condition, args...)
	err := query.Scan(&o.ID, &o.Number, &o.Status, &o.Currency, &o.Email, &o.Name, &o.Address, &o.CreatedAt)
	if err != nil {
		return o, err
	}
	rows, err := tx.QueryContext(ctx,
		"SELECT product_id, name, quantity, unit_price_cents FROM order_items WHERE order_id = ? ORDER BY position", o.ID)
	o.Items, err = collect(rows, err, scanLine)
	o.TotalCents = totalOf(o.Items)
	return o, err
}

// Place buys what is in the cart: all of it or nothing, and once for each key.
//
// There is one writer at a time. Nobody else buys between the look at the stock and the commit, so nothing is sold
// twice, and a second request with the same key finds the order of the first.
func (s *Orders) Place(ctx context.Context, cartID, key string, buyer Buyer) (order Order, err error) {
	err = s.db.Write(ctx, func(tx *sql.Tx) error {
		cart, err := findCart(ctx, tx, cartID)
		if err != nil {
			return err
		}
		order, err = findOrder(ctx, tx, "cart_id = ? AND idempotency_key = ?", cartID, key)
		switch {
		case err == nil && order.Buyer != buyer:
			return input.Errors{"Idempotency-Key": {"was used on this cart with another body"}}
		case !errors.Is(err, sql.ErrNoRows):
			return err
		case len(cart.Items) == 0:
			return ErrEmptyCart
		}
		if err := checkStock(ctx, tx, cartID); err != nil {
			return err
		}
		id := rand.Text()
		if err := store(ctx, tx, id, cart, key, buyer); err != nil {
			return err
		}
		order, err = findOrder(ctx, tx, "id = ?", id)
		return err
	})
	return order, err
}

func checkStock(ctx context.Context, tx *sql.Tx, cartID string) error {
	rows, err := tx.QueryContext(ctx,
		`SELECT product_id, quantity, stock FROM cart_items JOIN products ON products.id = product_id
		WHERE cart_id = ? AND quantity > stock ORDER BY position`, cartID)
	shortages, err := collect(rows, err, func(row list.Row) (s Shortage, err error) {
		err = row.Scan(&s.ProductID, &s.Requested, &s.Available)
		return s, err
	})
	if err == nil && len(shortages) > 0 {
		return Shortages(shortages)
	}
	return err
}

// store moves the items from the stock into a new order, and out of the cart.
func store(ctx context.Context, tx *sql.Tx, id string, cart Cart, key string, b Buyer) error {
	_, err := tx.ExecContext(ctx,
		`INSERT INTO orders (id, cart_id, idempotency_key, status, currency, email, name, address, created_at)
		VALUES (?, ?, ?, 'placed', ?, ?, ?, ?, ?)`,
		id, cart.ID, key, cart.Currency, b.Email, b.Name, b.Address, database.Now())
	if err != nil {
		return err
	}
	_, err = tx.ExecContext(ctx,
		`INSERT INTO order_items (order_id, position, product_id, name, quantity, unit_price_cents)
		SELECT ?, position, product_id, name, quantity, price_cents
		FROM cart_items JOIN products ON products.id = product_id WHERE cart_id = ?`, id, cart.ID)
	if err != nil {
		return err
	}
	_, err = tx.ExecContext(ctx,
		`UPDATE products SET stock = stock - item.quantity FROM cart_items AS item
		WHERE item.cart_id = ? AND item.product_id = products.id`, cart.ID)
	if err != nil {
		return err
	}
	_, err = tx.ExecContext(ctx, "DELETE FROM cart_items WHERE cart_id = ?", cart.ID)
	return err
}
