DROP TABLE named_lock_waiters;
DROP TABLE named_locks;
DROP FUNCTION named_locks_tokens_rise();
