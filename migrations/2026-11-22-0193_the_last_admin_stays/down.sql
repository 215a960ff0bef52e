DROP TRIGGER users_keep_an_admin_closed ON users;
