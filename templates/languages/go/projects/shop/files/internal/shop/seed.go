package shop

import (
	"context"
	"database/sql"
	"encoding/json"

	"example.com/app"
	"example.com/app/internal/database"
)

// Seed fills a new database with products.json. One that is there already keeps its own products.
func Seed(ctx context.Context, db *database.DB) error {
	text, err := app.Files.ReadFile("products.json")
	if err != nil {
		return err
	}
	var catalogue struct {
		Currency string
		Products []Product
	}
	if err := json.Unmarshal(text, &catalogue); err != nil {
		return err
	}
	return db.Write(ctx, func(tx *sql.Tx) error {
		insert := "INSERT INTO shop (one, currency) VALUES (1, ?) ON CONFLICT DO NOTHING"
		result, err := tx.ExecContext(ctx, insert, catalogue.Currency)
		if err != nil {
			return err
		}
		if inserted, err := result.RowsAffected(); err != nil || inserted == 0 {
			return err
		}
		for _, p := range catalogue.Products {
			_, err := tx.ExecContext(ctx,
				`INSERT INTO products (sku, name, description, category, price_cents, stock, created_at)
				VALUES (?, ?, ?, ?, ?, ?, ?)`,
				p.SKU, p.Name, p.Description, p.Category, p.PriceCents, p.Stock, database.Now())
			if err != nil {
				return err
			}
		}
		return nil
	})
}
