"""Resolves a time printed relative to the page's capture: `3 hours ago`, `gestern, 18:05 Uhr`, `2日前`, `June 3`."""

from __future__ import annotations

import re
from datetime import datetime, timedelta, tzinfo

from flows.model import Moment
from flows.parse.dates.clocks import find_clock
from flows.parse.dates.days import normalized
from flows.parse.dates.moments import in_zone
from flows.parse.dates.yearless import yearless_moment
from flows.parse.page.clean import clean_text

_MINUTES = (
    r"min(?:ute|uto|uti|ut|uut|uuttia|utter|uter|uten)?[aeynsu]?\.?|perc\w*|мин\w*|хв\w*|λεπτ\w*|phút|menit|dakika|dəqiqə|"
    r"分[钟鐘]?|분|دقيقة|دقائق|دقیقه|דקות|मिनट|মিনিট|நிமிட\w*|నిమిష\w*|منٹ|นาที"
)
_HOURS = (
    r"h(?:ou)?rs?|h|stunden?|std\.?|heures?|horas?|hores|or[aeë]|uur|timmar|timm?er?|tuntia|tunni|godzin\w*|godz\.?|"
    r"hodin\w*|sat[aiu]?|ur[aeio]\w*|órá\w*|stund\w*|val\w*|час\w*|годин\w*|сат\w*|ώρ\w*|giờ|jam|saat|小[时時]|時間|시간|"
    r"ساعة|ساعات|ساعت|שעות|घंटे|ঘণ্টা|மணி\w*|గంట\w*|گھنٹے|ชั่วโมง"
)
_DAYS = (
    r"days?|d|tag(?:en|e)?|jours?|d[ií]as?|dies|giorn[oi]|zile|dag(?:en|ar|e)?|døgn|päivää|päeva|dni|dny|dňami|dn[íy]|"
    r"dana|dnevi|nappal|dien\w*|дн\w*|дана|ημέρ\w*|μέρες|ngày|hari|gün|天|日|일|يوم|يومين|أيام|روز|ימים|दिन|দিন|"
    r"நாட்க\w*|రోజు\w*|دن|วัน"
)
_WEEKS = (
    r"weeks?|wks?|wochen?|semaines?|semanas?|setman(?:a|es)|settiman[ae]|week|weken|veck(?:a|or)|ug(?:e|er)|uk(?:e|er)|"
    r"viikkoa?|nädala\w*|tygodni\w*|tydzień|týdn\w*|týždn\w*|tjedana?|nedelj\w*|недел\w*|тижн\w*|седмиц\w*|εβδομάδ\w*|"
    r"hafta|həftə|hét|héttel|săptămân\w*|minggu|tuần|周|週間?|星期|个星期|주일?|أسابيع|أسبوع|أسبوعين|هفته|שבועות|सप्ताह|हफ्ते|সপ্তাহ|"
    r"สัปดาห์"
)
_ONE = r"an?|one|eine[rmn]?|une?|una|uno|um|uma|een|en|ett|et"
_BEFORE = r"vor|il y a|hace|há|fa|acum|před|pred|prije|пре|преди|пред|pirms|prieš|πριν(?: από)?|منذ|قبل|לפני"
_AFTER = (
    r"ago|fa|geleden|sedan|siden|sitten|eest|temu|ezelőtt|më parë|назад|тому|önce|əvvəl|yang lalu|lalu|trước|前|전|"
    r"پیش|पहले|আগে|முன்|క్రితం|پہلے|ที่ผ่านมา|ที่แล้ว"
)
_AGO = re.compile(
    rf"(?:(?<!\w)(?P<before>{_BEFORE})\s+)?(?<!\w)(?P<count>\d{{1,3}}|{_ONE})\s*"
    rf"(?:(?P<minutes>{_MINUTES})|(?P<hours>{_HOURS})|(?P<weeks>{_WEEKS})|(?P<days>{_DAYS}))(?![^\W\d_]*\d)"
    rf"(?:,?\s+(?:and\s+|und\s+|et\s+|y\s+|e\s+)?\d{{1,2}}\s*(?:{_HOURS}|{_MINUTES})(?!\w))?\s*(?P<after>{_AFTER})?(?!\w)",
    re.IGNORECASE,
)
# One or two of a unit, which Arabic and Hebrew print without a number.
_COUNTED_WORDS = {
    "دقيقة": "1 min", "دقيقتين": "2 min", "ساعة": "1 h", "ساعتين": "2 h", "يوم": "1 d", "يومين": "2 d",
    "דקה": "1 min", "שעה": "1 h", "שעתיים": "2 h", "שבוע": "1 week",
    "שבועיים": "2 weeks", "أسبوع": "1 week", "أسبوعين": "2 weeks", "יום": "1 d", "יומיים": "2 d",
}  # fmt: skip
_COUNTED = re.compile(rf"(?<!\w)(منذ|قبل|לפני)\s+({'|'.join(sorted(_COUNTED_WORDS, key=len, reverse=True))})(?!\w)")
_DAY_BEFORE = (
    r"vorgestern|avant-hier|anteayer|antes de ayer|anteontem|l[’']altro ieri|eergisteren|i förrgår|i forgårs|"
    r"toissapäivänä|przedwczoraj|předevčírem|predvčerom|prekjučer|tegnapelőtt|позавчера|позавчора|προχθές|"
    r"evvelsi gün|前天|一昨日|おととい|그저께|그제|أول أمس|پریروز|שלשום"
)
_YESTERDAY = (
    r"yesterday|gestern|hier|ayer|ontem|ieri|gisteren|i går|igår|eilen|eile|wczoraj|včera|jučer|juče|tegnap|вчера|"
    r"вчора|χθες|dün|dünən|kemarin|hôm qua|昨天|昨日|어제|أمس|دیروز|אתמול|গতকাল|เมื่อวาน"
)
_TODAY = (
    r"today|heute|aujourd[’']hui|hoy|hoje|oggi|vandaag|i dag|idag|tänään|täna|dzisiaj|dziś|dnes|danas|just now|"
    r"сегодня|сьогодні|днес|σήμερα|bugün|hari ini|hôm nay|今天|今日|刚刚|剛剛|오늘|방금|اليوم|امروز|היום|আজ|วันนี้"
)
_DAY_WORD = re.compile(
    rf"(?<!\w)(?:(?P<before>{_DAY_BEFORE})|(?P<yesterday>{_YESTERDAY})|(?P<today>{_TODAY}))(?!\w)", re.IGNORECASE
)


def relative_moment(raw: str, captured_at: datetime, zone: tzinfo | None) -> Moment | None:
    """The moment that `raw` names relative to the capture (aware). Counted minutes give a moment to the minute, counted
    hours, days and weeks give a day; yesterday and today take the clock printed beside them. The day is that of
    `zone`, or of UTC where the source's zone is unknown. A day without its year is the latest one. None where nothing
    relative is printed; months and years are too vague."""
    raw = clean_text(raw)
    text = _COUNTED.sub(lambda match: f"{match.group(1)} {_COUNTED_WORDS[match.group(2)]}", normalized(raw))
    now = captured_at.astimezone(zone) if zone else captured_at
    found = next((match for match in _AGO.finditer(text) if match["before"] or match["after"]), None)
    if found:
        count = int(found["count"]) if found["count"].isdigit() else 1
        if found["minutes"]:
            at = (now - timedelta(minutes=count)).replace(second=0, microsecond=0)
            return in_zone(at.replace(tzinfo=None), raw, at.tzinfo, zone, "minute")
        days = timedelta(weeks=count) if found["weeks"] else timedelta(days=count)
        at = now - (timedelta(hours=count) if found["hours"] else days)
        return in_zone(_midnight(at), raw, None, zone, "day")
    if word := _DAY_WORD.search(text):
        day = _midnight(now - timedelta(days=2 if word["before"] else 1 if word["yesterday"] else 0))
        clock = find_clock(text[word.end() :]) or find_clock(text[: word.start()])
        if clock is None or clock.hour > 23:
            return in_zone(day, raw, None, zone, "day")
        return in_zone(day.replace(hour=clock.hour, minute=clock.minute), raw, None, zone, "minute")
    return yearless_moment(text, raw, now, zone)


def _midnight(at: datetime) -> datetime:
    return at.replace(hour=0, minute=0, second=0, microsecond=0, tzinfo=None)
