-- Units that can still be sold; products with variants are sold by their variants.
SELECT product_id AS item, main_stock AS available FROM product WHERE has_variants = 0;
