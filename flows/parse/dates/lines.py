"""Reads a printed date line as labelled pieces: which of its days is the publication, which an update."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime, timedelta, tzinfo

from flows.model import Moment
from flows.parse.dates.ago import relative_moment
from flows.parse.dates.days import Day, find_days, normalized
from flows.parse.dates.moments import MAX_CHARACTERS, moment, moment_of
from flows.parse.page.clean import clean_text

# A page can print times of a zone ahead of the capture's.
_AHEAD = timedelta(days=1)
_UPDATED = (
    r"last (?:updated?|modified|edited|changed|revised|reviewed)|updated|update(?=\s*[:\d])|modified|edited|revised|"
    r"(?:zuletzt |letzte )?(?:aktualisier\w*|geändert|änderung|bearbeitet)|stand(?=\s*:|\s+\d)|"
    r"(?:dernière )?mise? à jour|maj(?=\s*[:\d])|modifié\w*|"
    r"(?:última )?(?:actualiza\w*|modificaci[óo]n|modificado)|atualizad\w*|atualização|modificad[oa]|"
    r"(?:ultimo )?aggiorna(?:to|mento)|ultima modifica|modifica(?=\s+il\s)|modificato|bijgewerkt|laatste? update|"
    r"gewijzigd|uppdatera\w*|opdatere\w*|oppdater\w*|"
    r"(?:sist )?endret|ändrad|senest (?:opdateret|ændret)|päivitetty|muokattu|"
    r"muudetud|uuendatud|atnaujinta|papildināt\w*|aktualizac\w*|zaktualizowan\w*|aktualizov\w*|aktualizováno|"
    r"frissít\w*|módosít\w*|actualizat\w*|güncelle\w*|yenilən\w*|ažurirano|posodobljeno|përditësuar|"
    r"обновл\w*|измен[её]н\w*|оновлен\w*|актуализир\w*|ажурира\w*|ενημ[εέ]ρ\w*|τελευταία ενημέρωση|"
    r"diperbarui|diperbaharui|dikemas ?kini|cập nhật|อัปเดต\w*|อัพเดท\w*|อัพเดต\w*|ปรับปรุง|แก้ไข\w*|"
    r"最終更新\w*|更新\w{0,2}|修改|最后编辑|수정|업데이트|최종\s?수정|آخر تحديث|تحديث|تم التحديث|عُدّل|"
    r"به‌?روزرسانی|بروزرسانی|ویرایش|עודכן|עדכון|अपडेट\w*|अद्यतन|संशोधित|আপডেট|నవీకరణ|اپ ڈیٹ"
)
_PUBLISHED = (
    r"(?:first |originally |date )?(?:published|posted|created|issued|released)|publication date|publishe?d? date|"
    r"date posted|added|filed|veröffentlicht\w*|erstellt|erschienen|online seit|publié\w*|posté|créé\w*|mis en ligne|"
    r"publicad[oa]|publicación|publicação|criado|creado|pubblicat[oa]|creato|gepubliceerd|geplaatst|publicera\w*|"
    r"publiceret|udgivet|offentliggjort|publisert|julkaistu|avaldatud|paskelbta|publicēts|opublikowan\w*|dodano|"
    r"publikov\w*|vydáno|közzét\w*|megjelen\w*|publicat|yayın\w*|eklen\w*|giriş|objavljeno|objavljen|"
    r"опубликован\w*|дата публикации|создан\w*|опубліковано|публикувана?|објављено|δημοσι\w*|"
    r"terbit|diterbitkan|dipublikasikan|đăng\w*|xuất bản|เผยแพร่|公開\w{0,2}|发布\w{0,2}|發布\w{0,2}|發表|发表|"
    r"掲載\w{0,2}|配信|投稿\w{0,2}|입력|등록|게시|작성|승인|نُ?شر\w*|تاريخ النشر|انتشار|منتشر|פורסם|प्रकाशित|প্রকাশ\w*|"
    r"வெளியிட\w*|ప్రచురణ|شائع"
)
_LABEL = re.compile(rf"(?<![^\W\d_])(?:(?P<updated>{_UPDATED})|(?P<published>{_PUBLISHED}))", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Conventions:
    """How a page's dates are read: the source's zone, whether 3/4 is 3 April, and when the page was captured (aware),
    None where unknown."""

    zone: tzinfo | None = None
    day_first: bool = True
    captured_at: datetime | None = None

    def read(self, raw: str) -> Moment | None:
        """The first moment in `raw`, unless it is later than the capture; 3/4 is read the other way round if only that
        is not."""
        for day_first in (self.day_first, not self.day_first):
            found = moment(raw, self.zone, day_first=day_first)
            if found is None or not self.is_ahead(found):
                return found
        return None

    def is_ahead(self, found: Moment) -> bool:
        """Whether a moment is more than a day later than the capture: then it is no publication but an event's date."""
        if self.captured_at is None:
            return False
        captured = self.captured_at if found.at.tzinfo else self.captured_at.replace(tzinfo=None)
        return found.at - _AHEAD > captured


@dataclass(frozen=True, slots=True)
class Stamp:
    """One moment of a date line, and whether its label says that it is an update."""

    when: Moment
    is_update: bool


@dataclass(frozen=True, slots=True)
class _Piece:
    """A part of the normalized line, and whether its label says that it is an update."""

    start: int
    end: int
    is_update: bool


def read_line(raw: str, conventions: Conventions) -> list[Stamp]:
    """The moments of a date line in order, one for each labelled piece; days later than the capture are left out."""
    raw = clean_text(raw[:MAX_CHARACTERS])
    text = normalized(raw)
    days = find_days(text, conventions.day_first)
    stamps: list[Stamp] = []
    for piece in _pieces(text, days):
        if (when := _moment(text, raw, piece, days, conventions)) and not conventions.is_ahead(when):
            stamps.append(Stamp(when, piece.is_update))
    return stamps


def _moment(text: str, raw: str, piece: _Piece, days: list[Day], conventions: Conventions) -> Moment | None:
    inside = [day for day in days if piece.start <= day.start and day.end <= piece.end]
    if inside:
        end = inside[1].start if len(inside) > 1 else piece.end
        return moment_of(text, raw, inside[0], (piece.start, end), conventions.zone)
    if conventions.captured_at is None:
        return None
    return relative_moment(text[piece.start : piece.end], conventions.captured_at, conventions.zone)


def _pieces(text: str, days: list[Day]) -> list[_Piece]:
    """The line cut at its labels. A label belongs to what follows it, or to what precedes it where each day is followed
    by its label, as in Korean and Japanese (`2021.06.05 10:00 수정`)."""
    labels = [(match.start(), match.end(), match["updated"] is not None) for match in _LABEL.finditer(text)]
    if not labels:
        return [_Piece(0, len(text), False)]
    if days and len(days) == len(labels) and all(day.end <= label[0] for day, label in zip(days, labels, strict=True)):
        starts = [0, *(label[1] for label in labels)]
        return [_Piece(start, label[0], label[2]) for start, label in zip(starts, labels, strict=False)]
    ends = [*(label[0] for label in labels[1:]), len(text)]
    head = [_Piece(0, labels[0][0], False)] if labels[0][0] else []
    return head + [_Piece(label[0], end, label[2]) for label, end in zip(labels, ends, strict=True)]
