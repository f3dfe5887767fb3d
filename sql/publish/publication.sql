-- Records which snapshot is published next, in the working file that it is copied from.
-- writes: publication
insert into publication (snapshot, content_hash, published_at) values ($snapshot, $content_hash, now());
