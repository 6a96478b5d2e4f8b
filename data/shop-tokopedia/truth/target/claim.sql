-- Who holds which voucher: TikTok Shop's people by the ids that they know, and Tokopedia's own.
SELECT buyer || '/' || code AS witness, buyer, claim_id AS root FROM voucher_claim;
