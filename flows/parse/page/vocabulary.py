"""Holds word lists for dates: month names in many languages, time zone abbreviations."""

# ruff: noqa: E501 - one language per line

from __future__ import annotations

import unicodedata


def words(text: str) -> frozenset[str]:
    """The set of a space-separated list."""
    return frozenset(text.split())


# Twelve month names per line, January first; a slash separates spellings of the same month, _ is none.
_MONTHS = """
january february march april may june july august september/sept october november december
januar/jänner/jaenner februar/feber märz/maerz/mrz april mai juni juli august september oktober november dezember
janvier février/fevrier mars avril mai juin juillet août/aout septembre octobre novembre décembre/decembre
enero febrero marzo abril mayo junio julio agosto septiembre/setiembre octubre noviembre diciembre
janeiro fevereiro março/marco abril maio junho julho agosto setembro outubro novembro dezembro
gennaio febbraio marzo aprile maggio giugno luglio agosto settembre ottobre novembre dicembre
januari februari maart april mei juni juli augustus september oktober november december
januar februar marts april maj juni juli august september oktober november december
januari februari mars april maj juni juli augusti september oktober november december
tammikuuta/tammikuu helmikuuta/helmikuu maaliskuuta/maaliskuu huhtikuuta/huhtikuu toukokuuta/toukokuu kesäkuuta/kesäkuu heinäkuuta/heinäkuu elokuuta/elokuu syyskuuta/syyskuu lokakuuta/lokakuu marraskuuta/marraskuu joulukuuta/joulukuu
stycznia/styczeń lutego/luty marca/marzec kwietnia/kwiecień maja czerwca/czerwiec lipca/lipiec sierpnia/sierpień września/wrzesień października/październik listopada/listopad grudnia/grudzień
ledna/leden února/únor března/březen dubna/duben května/květen června/červen července/červenec srpna/srpen září října/říjen _ prosince/prosinec
januára februára marca apríla mája júna júla augusta septembra októbra novembra decembra
január február március április május június július augusztus szeptember október november december
ianuarie februarie martie aprilie mai iunie iulie august septembrie octombrie noiembrie decembrie
ocak şubat mart nisan mayıs haziran temmuz ağustos eylül ekim kasım aralık
января/январь февраля/февраль марта/март апреля/апрель мая/май июня/июнь июля/июль августа/август сентября/сентябрь октября/октябрь ноября/ноябрь декабря/декабрь
січня/січень лютого/лютий березня/березень квітня/квітень травня/травень червня/червень липня/липень серпня/серпень вересня/вересень жовтня/жовтень листопада/листопад грудня/грудень
януари февруари март април май юни юли август септември октомври ноември декември
јануар фебруар март април мај јун јул август септембар октобар новембар децембар
januara/siječnja februara/veljače marta/ožujka aprila/travnja svibnja juna/lipnja jula/srpnja avgusta/kolovoza septembra/rujna oktobra _ _
ιανουαρίου/ιανουάριος φεβρουαρίου/φεβρουάριος μαρτίου/μάρτιος απριλίου/απρίλιος μαΐου/μαίου/μάιος ιουνίου/ιούνιος ιουλίου/ιούλιος αυγούστου/αύγουστος σεπτεμβρίου/σεπτέμβριος οκτωβρίου/οκτώβριος νοεμβρίου/νοέμβριος δεκεμβρίου/δεκέμβριος
januari februari maret/mac april mei juni/jun juli/julai agustus/ogos september oktober november desember/disember
janar shkurt mars prill maj qershor korrik gusht shtator tetor nëntor dhjetor
januari februari machi aprili mei juni julai agosti septemba oktoba novemba desemba
sausio vasario kovo balandžio gegužės birželio liepos rugpjūčio rugsėjo spalio lapkričio gruodžio
janvārī februārī martā aprīlī maijā jūnijā jūlijā augustā septembrī oktobrī novembrī decembrī
jaanuar veebruar märts aprill mai juuni juuli august september oktoober november detsember
gener febrer març abril maig juny juliol agost setembre octubre novembre desembre
يناير/كانون_الثاني فبراير/شباط مارس/آذار أبريل/إبريل/نيسان مايو/أيار يونيو/حزيران يوليو/تموز أغسطس/آب سبتمبر/أيلول أكتوبر/تشرين_الأول نوفمبر/تشرين_الثاني ديسمبر/كانون_الأول
ژانویه فوریه مارس آوریل مه ژوئن ژوئیه اوت سپتامبر اکتبر نوامبر دسامبر
ינואר פברואר מרץ אפריל מאי יוני יולי אוגוסט ספטמבר אוקטובר נובמבר דצמבר
जनवरी फरवरी/फ़रवरी मार्च अप्रैल मई जून जुलाई अगस्त सितंबर/सितम्बर अक्टूबर/अक्तूबर नवंबर/नवम्बर दिसंबर/दिसम्बर
জানুয়ারি/জানুয়ারী ফেব্রুয়ারি/ফেব্রুয়ারী মার্চ এপ্রিল মে জুন জুলাই আগস্ট/অগাস্ট সেপ্টেম্বর অক্টোবর নভেম্বর ডিসেম্বর
มกราคม กุมภาพันธ์ มีนาคม เมษายน พฤษภาคม มิถุนายน กรกฎาคม สิงหาคม กันยายน ตุลาคม พฤศจิกายน ธันวาคม
"""
_JALALI_MONTHS = "فروردین اردیبهشت خرداد تیر مرداد شهریور مهر آبان آذر دی بهمن اسفند"


def _month_table() -> dict[str, int]:
    """Lower-case name -> month, with abbreviations of three and four letters that mean one month in all languages."""
    table: dict[str, int] = {}
    short: dict[str, set[int]] = {}
    for line in unicodedata.normalize("NFC", _MONTHS).strip().splitlines():
        for number, names in enumerate(line.split(), start=1):
            for name in names.split("/"):
                if name != "_":
                    table.setdefault(name.replace("_", " "), number)
                    for length in (3, 4):
                        short.setdefault(name[:length], set()).add(number)
    for name, numbers in short.items():
        if len(numbers) == 1:
            table.setdefault(name, next(iter(numbers)))
    return table | {"maj": 5, "mai": 5, "mar": 3, "jun": 6, "jul": 7, "okt": 10, "dez": 12, "dec": 12, "mac": 3}


MONTHS = _month_table()
JALALI_MONTHS = {name: number for number, name in enumerate(_JALALI_MONTHS.split(), start=1)}

# Hours east of UTC of the abbreviations that news pages print.
ZONE_HOURS = {
    "z": 0.0, "utc": 0.0, "gmt": 0.0, "wet": 0.0, "bst": 1.0, "west": 1.0, "cet": 1.0, "mez": 1.0, "cest": 2.0,
    "mesz": 2.0, "eet": 2.0, "sast": 2.0, "cat": 2.0, "eest": 3.0, "msk": 3.0, "eat": 3.0, "trt": 3.0, "gst": 4.0,
    "pkt": 5.0, "ist": 5.5, "npt": 5.75, "wib": 7.0, "ict": 7.0, "sgt": 8.0, "myt": 8.0, "hkt": 8.0, "pht": 8.0,
    "awst": 8.0, "jst": 9.0, "kst": 9.0, "acst": 9.5, "aest": 10.0, "acdt": 10.5, "aedt": 11.0, "nzst": 12.0,
    "nzdt": 13.0, "nst": -3.5, "ndt": -2.5, "brt": -3.0, "art": -3.0, "ast": -4.0, "adt": -3.0, "est": -5.0,
    "edt": -4.0, "cst": -6.0, "cdt": -5.0, "mst": -7.0, "mdt": -6.0, "pst": -8.0, "pdt": -7.0, "akst": -9.0,
    "akdt": -8.0, "hst": -10.0,
}  # fmt: skip
# Printed without standard or daylight time: the rules of the place decide.
ZONE_PLACES = {"et": "America/New_York", "ct": "America/Chicago", "mt": "America/Denver", "pt": "America/Los_Angeles"}
