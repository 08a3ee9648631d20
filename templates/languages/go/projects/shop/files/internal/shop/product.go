// Package shop is what the shop is about: products, carts and orders, the rules for them, and how they are stored.
package shop

import (
	"context"
	"database/sql"
	"math"

	"example.com/app/internal/database"
	"example.com/app/internal/input"
	"example.com/app/internal/list"
)

// Product is a product as clients see it.
type Product struct {
	ID          int64         `json:"id"`
	SKU         string        `json:"sku"`
	Name        string        `json:"name"`
	Description string        `json:"description"`
	Category    string        `json:"category"`
	PriceCents  int           `json:"price_cents"`
	Currency    string        `json:"currency"`
	Stock       int           `json:"stock"`
	CreatedAt   database.Time `json:"created_at"`
}

// Filter says which products a list shows, and in which order. An empty text stands for all products.
type Filter struct {
	Search, Category   string
	MinPrice, MaxPrice int
	InStock            bool
	Sort, Order        string
	Paging             list.Paging
}

// ReadFilter takes a filter out of a query.
func ReadFilter(query *input.Fields) (Filter, error) {
	filter := Filter{MaxPrice: math.MaxInt, Sort: "newest", Order: "asc", Paging: list.ReadPaging(query)}
	input.Read(query, "q", &filter.Search, input.Text)
	input.Read(query, "category", &filter.Category, input.Text)
	input.Read(query, "min_price", &filter.MinPrice, input.Digits(0, math.MaxInt))
	input.Read(query, "max_price", &filter.MaxPrice, input.Digits(0, math.MaxInt))
	input.Read(query, "in_stock", &filter.InStock, isTrue)
	input.Read(query, "sort", &filter.Sort, input.Choice("newest", "price", "name"))
	if filter.Sort == "newest" {
		filter.Order = "desc"
	}
	input.Read(query, "order", &filter.Order, input.Choice("asc", "desc"))
	return filter, query.Err()
}

func isTrue(sent any) (bool, error) {
	_, err := input.Choice("true")(sent)
	return err == nil, err
}

// Products are the products in the database.
type Products struct {
	db *database.DB
}

// NewProducts are the products in this database.
func NewProducts(db *database.DB) *Products {
	return &Products{db}
}

const productColumns = `id, sku, name, description, category, price_cents, (SELECT currency FROM shop), stock, created_at`

func scanProduct(row list.Row) (Product, error) {
	var p Product
	err := row.Scan(&p.ID, &p.SKU, &p.Name, &p.Description, &p.Category, &p.PriceCents, &p.Currency, &p.Stock, &p.CreatedAt)
	return p, err
}

// Find reads one product, or returns sql.ErrNoRows.
func (s *Products) Find(ctx context.Context, id int64) (Product, error) {
	return scanProduct(s.db.Readers.QueryRowContext(ctx, "SELECT "+productColumns+" FROM products WHERE id = ?", id))
}

// List reads a page of the products that the filter selects.
func (s *Products) List(ctx context.Context, filter Filter) (list.Page[Product], error) {
	key := map[string]string{
		"newest": "created_at",
		"price":  "price_cents",
		"name":   "name COLLATE NOCASE",
	}[filter.Sort]
	var where list.Where
	where.Add("price_cents BETWEEN ? AND ?", filter.MinPrice, filter.MaxPrice)
	if filter.Category != "" {
		where.Add("category = ?", filter.Category)
	}
	if filter.InStock {
		where.Add("stock > 0")
	}
	if filter.Search != "" {
		where.Search(filter.Search, "name", "description")
	}
	return list.Find(ctx, s.db.Readers, list.Query{
		Columns: productColumns,
		From:    "products" + where.SQL(),
		Args:    where.Args,
		OrderBy: key + " " + filter.Order + ", id " + filter.Order,
	}, filter.Paging, scanProduct)
}

// Categories reads the names of all categories, by the alphabet.
func (s *Products) Categories(ctx context.Context) ([]string, error) {
	rows, err := s.db.Readers.QueryContext(ctx, "SELECT category FROM products GROUP BY category ORDER BY lower(category), category")
	return collect(rows, err, func(row list.Row) (category string, err error) {
		err = row.Scan(&category)
		return category, err
	})
}

// collect reads all rows of a query.
func collect[T any](rows *sql.Rows, err error, scan func(list.Row) (T, error)) ([]T, error) {
	items := []T{}
	if err != nil {
		return items, err
	}
	defer rows.Close()
	for rows.Next() {
		item, err := scan(rows)
		if err != nil {
			return items, err
		}
		items = append(items, item)
	}
	return items, rows.Err()
}
