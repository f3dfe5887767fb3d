-- The words of a text as printed, as they are searched, and as they are asked for. A word is a run of letters, digits
-- and marks in lower case, accents folded in alphabets that have them; scripts without spaces have one per character.
-- writes: fold_word(), word_runs(), words_asked(), words_in(), words_of()
create or replace macro word_runs(text, ending) as regexp_extract_all(
    text,
    '(?:[\p{Han}\p{Hiragana}\p{Katakana}\p{Thai}\p{Lao}\p{Khmer}\p{Myanmar}]\p{M}*'
    || '|(?:[^\P{L}\p{Han}\p{Hiragana}\p{Katakana}\p{Thai}\p{Lao}\p{Khmer}\p{Myanmar}]|[\p{N}\p{M}])+)'
    || ending
);
create or replace macro fold_word(word) as case
    when strlen(word) = length(word) then word
    when regexp_full_match(word, '[\p{Latin}\p{Greek}\p{Cyrillic}\p{Arabic}\p{Hebrew}\p{N}\p{M}]+')
        then strip_accents(word)
    else nfc_normalize(word)
end;
create or replace macro words_in(text) as word_runs(text, '');
create or replace macro words_of(text) as list_transform(words_in(lower(text)), lambda word: fold_word(word));
-- `flood*` asks for every word that starts so.
create or replace macro words_asked(text) as list_transform(
    word_runs(lower(text), '\*?'),
    lambda word: {'word': fold_word(rtrim(word, '*')), 'is_start': ends_with(word, '*')}
);
