-- Sketches of 64 bytes in eight numbers: whether two show copies of one text, and the 32 pairs of bytes by which
-- candidates are found. Texts that share a part J of their runs of words have some 64 J bytes equal at the same place,
-- and one of the pairs with a probability of 1 - (1 - J²)³².
-- writes: equal_bytes(), sketch_bands(), sketch_shows_copy()
create or replace macro equal_bytes(a, b) as bit_count(~(
    ((xor(a, b) & 9187201950435737471::ubigint) + 9187201950435737471::ubigint) | xor(a, b)
    | 9187201950435737471::ubigint
));
create or replace macro sketch_shows_copy(a, b) as
equal_bytes(a[1], b[1]) + equal_bytes(a[2], b[2]) + equal_bytes(a[3], b[3]) + equal_bytes(a[4], b[4])
+ equal_bytes(a[5], b[5]) + equal_bytes(a[6], b[6]) + equal_bytes(a[7], b[7]) + equal_bytes(a[8], b[8]) >= 16;
create or replace macro sketch_bands(sketch) as list_transform(
    range(32), lambda part: part * 65536 + ((sketch[part // 4 + 1] >> (16 * (part % 4))) & 65535)::bigint
);
