-- Who holds which voucher.
SELECT user_id || '/' || code AS witness, user_id AS buyer, id AS root FROM voucher_claim;
