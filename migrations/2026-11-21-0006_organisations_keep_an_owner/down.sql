DROP TRIGGER organisations_keep_an_owner_delete ON memberships;
DROP TRIGGER organisations_keep_an_owner_update ON memberships;
DROP FUNCTION organisations_keep_an_owner();
