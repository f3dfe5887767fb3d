"""What html5lib's encoding tests (tests1.dat, tests2.dat) and the Encoding Standard's table of labels ask, in markup of
our own. A page without a declaration is None here, Windows-1252 there."""

from __future__ import annotations

from flows.parse.page.encoding_labels import codec_of
from flows.parse.page.prescan import declared_codec
from tests.suites.suite import Suite, numbered

PRAGMA = "http-equiv='Content-Type'"
KOI = "content='text/html; charset=koi8-r'"
PRESCAN = [
    ("<!doctype html><p>none declared", None),
    ("<!doctype html><meta charset='ISO-8859-1'>", "cp1252"),
    ('<!doctype html><meta charset="koi8-r">', "koi8-r"),
    ("<!doctype html><meta charset='koi8-r'>", "koi8-r"),
    ("<!doctype html><meta charset=koi8-r>", "koi8-r"),
    ("<meta\ncharset=koi8-r>", "koi8-r"),
    ("<metacharset=koi8-r>", None),
    (f"<meta {PRAGMA} {KOI}>", "koi8-r"),
    (f"<meta {KOI} {PRAGMA}>", "koi8-r"),
    ("<meta http-equiv='Content-Type' content=text/html; charset=koi8-r>", "koi8-r"),
    ("<meta http-equiv=\"Content-Type content=\"text/html; charset=koi8-r\">", None),
    (f"<meta http-equiv='Content-Type ' {KOI}>", None),
    (f"<meta {KOI} http-equiv='Content-Type '>", None),
    (f"<meta http-equiv='Content-Type>' {KOI}>", None),
    (f"<meta {KOI} http-equiv='Content-Type>'>", None),
    (f"<meta http-equiv='Content-Style-Type' {KOI}>", None),
    (f"<meta {KOI} http-equiv='Content-Style-Type'>", None),
    (f"<meta name='Content-Style-Type' {KOI}>", None),
    (f"<meta {KOI} name='Content-Style-Type'>", None),
    (f"<meta {KOI}>", None),
    ("<meta content=' text/html; charset = koi8-r '>", None),
    (f"<meta content='\ntext/html; charset=koi8-r\n' {PRAGMA}>", "koi8-r"),
    ("<meta charset='\nkoi8-r\n'>", "koi8-r"),
    ("<meta charset=\nkoi8-r\n>", "koi8-r"),
    ('<meta charset="koi8-r>\n<p>"</p>', None),
    ('<meta charset=koi8-r">\n<p>"</p>', None),
    ('<meta " charset=koi8-r>\n<p>"</p>', "koi8-r"),
    ('<meta odd" charset=koi8-r>\n<p>"</p>', "koi8-r"),
    ('<meta odd=" charset=koi8-r>\n<p>"</p>', None),
    ("<meta odd=\"' charset=koi8-r>\n<p>\"'</p>", None),
    ("<meta odd='\" charset=koi8-r>\n<p>'\"</p>", None),
    ('<meta odd="" charset=koi8-r>', "koi8-r"),
    ('<meta odd=x" charset=koi8-r>\n<p>"</p>', "koi8-r"),
    ('<p title="x>\n<meta odd=x" charset=koi8-r>\n<p>"</p>', None),
    ('<p title="x>\n<meta odd=x charset=koi8-r>\n<p>"</p>', None),
    ('<p title="x>\n<meta charset=koi8-r>\n<p>"</p>', None),
    ('<p title="x>">\n<meta charset=koi8-r>\n<p>"</p>', "koi8-r"),
    ("<meta charset='ISO-8859-1'><meta charset='koi8-r'>", "cp1252"),
    ("<meta charset='koi8-r'><meta charset='ISO-8859-1'>", "koi8-r"),
    ("<!--<meta charset='ISO-8859-1'>--><meta charset='koi8-r'>", "koi8-r"),
    ("<!--<meta charset='koi8-r'>--><meta charset='ISO-8859-1'>", "cp1252"),
    (f"<!-- {'x' * 500} --><meta charset='koi8-r'>", "koi8-r"),
    (f"<!-- {'x' * 960} --><meta charset='koi8-r'>", "koi8-r"),
    (f"<!-- {'x' * 4096} --><meta charset='koi8-r'>", "koi8-r"),
    (f"<!-- {'x' * 4097} --><meta charset='koi8-r'>", "koi8-r"),
    (f"<!-- {'x' * 8192} --><meta charset='koi8-r'>", "koi8-r"),
    (f"<script>x('<b>')</script><!-- {'x' * 1000} --><script>y</script><meta charset='koi8-r'>", "koi8-r"),
    ("<script>document.write('<meta charset=\"koi8-r\">')</script>", "koi8-r"),
    ("<script type='text/plain'><meta charset='koi8-r'></script>", "koi8-r"),
    ("<style type='text/plain'><meta charset='koi8-r'></style>", "koi8-r"),
    ("<p><meta charset='koi8-r'></p>", "koi8-r"),
    ("<meta charset='bogus'><meta charset='koi8-r'>", "koi8-r"),
    ("<meta", None),
    ("<", None),
    ("<!", None),
    ("<meta charset = ", None),
    ("<meta charset=euc-jp", None),
    ("<meta <meta charset='euc-jp'>", "euc_jp"),
    ("<meta       charset    =     'euc-jp'>", "euc_jp"),
    (f"<!-- -->\n<meta {PRAGMA} content='text/html; charset=utf-8'>", "utf-8"),
    (f"<!-- -->\n<meta {PRAGMA} content='text/html; charset=utf", None),
    ("<meta http-equiv=\"Content-Type<meta charset=\"utf-8\">", None),
    (f"<meta {PRAGMA} content=\"text/html; charset='utf-8'\">", "utf-8"),
    (f"<meta {PRAGMA} content=\"text/html; charset='utf-8\">", None),
    ("<meta" + " " * 500, None),
    ("<meta charset" + " " * 20 + "=" + " " * 500, None),
    ("<meta charset=" + " " * 400 + "utf-8\n>", "utf-8"),
    ('<meta content = "text/html;', None),
    ("<meta charset='UTF-16'>", "utf-8"),
    ("<meta charset='UTF-16LE'>", "utf-8"),
    ("<meta charset='UTF-16BE'>", "utf-8"),
    ("<html a=ñ>\n<meta charset='utf-8'>", "utf-8"),
    ("<html ñ>\n<meta charset='utf-8'>", "utf-8"),
    ("<html>ñ\n<meta charset='utf-8'>", "utf-8"),
]  # fmt: skip
BLANK = "pages do write a blank after Content-Type, and their declaration is right"
CUT = "a tag cut at the end of what is read still names an encoding, which is better than a guess"
QUOTE = "a quote after the name of an encoding is a slip, and the name is right"
PRESCAN_DIFFERS = {"011": QUOTE, "012": BLANK, "013": BLANK, "026": QUOTE, "057": CUT}
LABELS = [
    ("utf-8", "utf-8"), ("UTF8", "utf-8"), ("unicode-1-1-utf-8", "utf-8"), ("x-unicode20utf8", "utf-8"),
    ("866", "cp866"), ("csibm866", "cp866"), ("latin2", "iso8859-2"), ("l2", "iso8859-2"),
    ("iso_8859-2:1987", "iso8859-2"), ("iso-ir-109", "iso8859-3"), ("latin4", "iso8859-4"), ("cyrillic", "iso8859-5"),
    ("arabic", "iso8859-6"), ("asmo-708", "iso8859-6"), ("iso-8859-6-e", "iso8859-6"), ("greek8", "iso8859-7"),
    ("sun_eu_greek", "iso8859-7"), ("visual", "iso8859-8"), ("logical", "iso8859-8"), ("iso-8859-8-i", "iso8859-8"),
    ("l6", "iso8859-10"), ("iso885913", "iso8859-13"), ("iso885914", "iso8859-14"), ("l9", "iso8859-15"),
    ("iso-8859-16", "iso8859-16"), ("koi", "koi8-r"), ("koi8_r", "koi8-r"), ("koi8-ru", "koi8-u"),
    ("mac", "mac-roman"), ("x-mac-roman", "mac-roman"), ("tis-620", "cp874"), ("dos-874", "cp874"),
    ("x-cp1250", "cp1250"), ("windows-1251", "cp1251"), ("ascii", "cp1252"), ("us-ascii", "cp1252"),
    ("latin1", "cp1252"), ("iso-8859-1", "cp1252"), ("l1", "cp1252"), ("ansi_x3.4-1968", "cp1252"),
    ("windows-1253", "cp1253"), ("latin5", "cp1254"), ("iso-8859-9", "cp1254"), ("cp1255", "cp1255"),
    ("x-cp1256", "cp1256"), ("windows-1257", "cp1257"), ("cp1258", "cp1258"), ("x-mac-ukrainian", "mac-cyrillic"),
    ("gbk", "gb18030"), ("gb2312", "gb18030"), ("chinese", "gb18030"), ("x-gbk", "gb18030"), ("gb18030", "gb18030"),
    ("big5-hkscs", "big5hkscs"), ("cn-big5", "big5hkscs"), ("x-x-big5", "big5hkscs"), ("x-euc-jp", "euc_jp"),
    ("iso-2022-jp", "iso2022_jp"), ("sjis", "cp932"), ("windows-31j", "cp932"), ("ms_kanji", "cp932"),
    ("ks_c_5601-1987", "cp949"), ("euc-kr", "cp949"), ("windows-949", "cp949"), ("utf-16", "utf-16-le"),
    ("unicode", "utf-16-le"), ("ucs-2", "utf-16-le"), ("utf-16be", "utf-16-be"), ("unicodefffe", "utf-16-be"),
    ("x-user-defined", "cp1252"), ("hz-gb-2312", None), ("iso-2022-cn", None), ("iso-2022-kr", None),
    ("replacement", None), ("utf-7", None), ("no-such-thing", None), ("", None), ("\tUtf-8\n", "utf-8"),
]  # fmt: skip

HEADS = Suite(
    "encoding prescan", "html5lib/html5lib-tests", numbered(PRESCAN), lambda head: declared_codec(head.encode()),
    PRESCAN_DIFFERS,
)  # fmt: skip
NAMES = Suite("encoding labels", "Encoding Standard, names and labels", numbered(LABELS), codec_of)
