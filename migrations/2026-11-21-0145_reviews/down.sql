DROP TABLE reviews;
DROP FUNCTION reviews_shown_together();
DROP FUNCTION reviews_blind();
DROP DOMAIN review_words;
DROP DOMAIN review_rating;
DROP DOMAIN review_side;
