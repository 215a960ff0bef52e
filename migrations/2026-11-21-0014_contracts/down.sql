DROP TABLE contracts;
DROP DOMAIN contract_status, contract_kind, contract_amount, contract_currency;
