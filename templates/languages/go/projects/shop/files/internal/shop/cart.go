package shop

import (
	"context"
	"crypto/rand"
	"database/sql"
	"errors"
	"math"

	"example.com/app/internal/database"
	"example.com/app/internal/input"
	"example.com/app/internal/list"
)

// Cart is what somebody is about to buy, with the prices of today.
type Cart struct {
	ID         string `json:"id"`
	Currency   string `json:"currency"`
	Items      []Line `json:"items"`
	TotalCents int    `json:"total_cents"`
}

// Line is a quantity of one product, in a cart or in an order.
type Line struct {
	ProductID      int64  `json:"product_id"`
	Name           string `json:"name"`
	Quantity       int    `json:"quantity"`
	UnitPriceCents int    `json:"unit_price_cents"`
	LineTotalCents int    `json:"line_total_cents"`
}

func scanLine(row list.Row) (Line, error) {
	var l Line
	err := row.Scan(&l.ProductID, &l.Name, &l.Quantity, &l.UnitPriceCents)
	l.LineTotalCents = l.Quantity * l.UnitPriceCents
	return l, err
}

func totalOf(lines []Line) int {
	total := 0
	for _, line := range lines {
		total += line.LineTotalCents
	}
	return total
}

// Shortages is the error that there are fewer of some products than are asked for.
type Shortages []Shortage

// Shortage is one product of which there are too few.
type Shortage struct {
	ProductID int64 `json:"product_id"`
	Requested int   `json:"requested"`
	Available int   `json:"available"`
}

func (Shortages) Error() string {
	return "there are fewer in stock than are asked for"
}

// ReadQuantity reads how many of a product somebody wants.
func ReadQuantity(fields *input.Fields) (int, error) {
	var quantity int
	fields.Require("quantity")
	input.Read(fields, "quantity", &quantity, func(sent any) (int, error) {
		// In JSON `2` and `2.0` are one number.
		number, ok := sent.(float64)
		if !ok || number != math.Trunc(number) || number < 0 || number > 99 {
			return 0, errors.New("must be a whole number from 0 to 99")
		}
		return int(number), nil
	})
	return quantity, fields.Err()
}

// Carts are the carts in the database. Where there is no cart with an id, its methods return sql.ErrNoRows.
type Carts struct {
	db *database.DB
}

// NewCarts are the carts in this database.
func NewCarts(db *database.DB) *Carts {
	return &Carts{db}
}

// Create stores an empty cart.
func (s *Carts) Create(ctx context.Context) (cart Cart, err error) {
	// At least 128 random bits: nobody guesses an id.
	id := rand.Text()
	err = s.db.Write(ctx, func(tx *sql.Tx) error {
		if _, err := tx.ExecContext(ctx, "INSERT INTO carts (id, created_at) VALUES (?, ?)", id, database.Now()); err != nil {
			return err
		}
		cart, err = findCart(ctx, tx, id)
		return err
	})
	return cart, err
}

// Find reads one cart.
func (s *Carts) Find(ctx context.Context, id string) (Cart, error) {
	// One transaction, so that the items and the prices fit together.
	tx, err := s.db.Readers.BeginTx(ctx, nil)
	if err != nil {
		return Cart{}, err
	}
	defer tx.Rollback() // There is nothing to commit.
	return findCart(ctx, tx, id)
}

func findCart(ctx context.Context, tx *sql.Tx, id string) (Cart, error) {
	var cart Cart
	query := tx.QueryRowContext(ctx, "SELECT carts.id, currency FROM carts, shop WHERE carts.id = ?", id)
	if err := query.Scan(&cart.ID, &cart.Currency); err != nil {
		return cart, err
	}
	rows, err := tx.QueryContext(ctx,
		`SELECT product_id, name, quantity, price_cents
		FROM cart_items JOIN products ON products.id = product_id WHERE cart_id = ? ORDER BY position`, id)
	cart.Items, err = collect(rows, err, scanLine)
	cart.TotalCents = totalOf(cart.Items)
	return cart, err
}

// SetQuantity puts a product into the cart, or returns Shortages; a quantity of 0 takes it out.
func (s *Carts) SetQuantity(ctx context.Context, id string, product int64, quantity int) (Cart, error) {
	return s.change(ctx, id, func(tx *sql.Tx) error {
		var stock int
		if err := tx.QueryRowContext(ctx, "SELECT stock FROM products WHERE id = ?", product).Scan(&stock); err != nil {
			return err
		}
		if quantity > stock {
			return Shortages{{product, quantity, stock}}
		}
		if quantity == 0 {
			_, err := tx.ExecContext(ctx, "DELETE FROM cart_items WHERE cart_id = ? AND product_id = ?", id, product)
			return err
		}
		// A new quantity leaves the product at its place.
		_, err := tx.ExecContext(ctx,
			`INSERT INTO cart_items (cart_id, product_id, quantity) VALUES (?, ?, ?)
			ON CONFLICT (cart_id, product_id) DO UPDATE SET quantity = excluded.quantity`,
			id, product, quantity)
		return err
	})
}

// Remove takes a product out of the cart, or returns sql.ErrNoRows if it is not in it.
func (s *Carts) Remove(ctx context.Context, id string, product int64) (Cart, error) {
	return s.change(ctx, id, func(tx *sql.Tx) error {
		remove := "DELETE FROM cart_items WHERE cart_id = ? AND product_id = ? RETURNING product_id"
		return tx.QueryRowContext(ctx, remove, id, product).Scan(&product)
	})
}

func (s *Carts) change(ctx context.Context, id string, work func(tx *sql.Tx) error) (cart Cart, err error) {
	err = s.db.Write(ctx, func(tx *sql.Tx) error {
		if _, err := findCart(ctx, tx, id); err != nil {
			return err
		}
		if err := work(tx); err != nil {
			return err
		}
		cart, err = findCart(ctx, tx, id)
		return err
	})
	return cart, err
}
