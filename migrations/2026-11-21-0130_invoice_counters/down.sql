DROP TABLE invoice_counters;
DROP FUNCTION invoice_counters_by_one();
