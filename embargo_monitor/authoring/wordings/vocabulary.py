"""The words of dates, in English and Arabic, and the months of other calendars.

Plain data, in everyday spelling: `patterns` folds it. The Arabic months come in three
sets: that of Egypt, the Gulf and Libya; that of the Levant and Iraq; and those of
Algeria, Tunisia and Morocco, where they differ.
"""

WEEKDAYS = {
    "monday": ("Monday", "الاثنين"),
    "tuesday": ("Tuesday", "الثلاثاء"),
    "wednesday": ("Wednesday", "الأربعاء"),
    "thursday": ("Thursday", "الخميس"),
    "friday": ("Friday", "الجمعة"),
    "saturday": ("Saturday", "السبت"),
    "sunday": ("Sunday", "الأحد"),
}

MONTHS = {
    "january": ("January", "يناير", "كانون الثاني", "جانفي"),
    "february": ("February", "فبراير", "شباط", "فيفري"),
    "march": ("March", "مارس", "آذار"),
    "april": ("April", "أبريل", "نيسان", "أفريل"),
    "may": ("May", "مايو", "أيار", "ماي"),
    "june": ("June", "يونيو", "يونيه", "حزيران", "جوان"),
    "july": ("July", "يوليو", "يوليه", "تموز", "جويلية", "يوليوز"),
    "august": ("August", "أغسطس", "آب", "أوت", "غشت"),
    "september": ("September", "سبتمبر", "أيلول", "شتنبر"),
    "october": ("October", "أكتوبر", "تشرين الأول"),
    "november": ("November", "نوفمبر", "تشرين الثاني", "نونبر"),
    "december": ("December", "ديسمبر", "كانون الأول", "دجنبر"),
}

# Short forms say a month only beside a year: "may" and "mar" say much else.
SHORT_MONTHS = {
    "january": ("Jan",),
    "february": ("Feb",),
    "march": ("Mar",),
    "april": ("Apr",),
    "june": ("Jun",),
    "july": ("Jul",),
    "august": ("Aug",),
    "september": ("Sep", "Sept"),
    "october": ("Oct",),
    "november": ("Nov",),
    "december": ("Dec",),
}

LUNAR_MONTHS = {
    "01": ("Muharram", "محرم"),
    "02": ("Safar", "صفر"),
    "03": ("Rabi al-Awwal", "ربيع الأول"),
    "04": ("Rabi al-Thani", "Rabi al-Akhir", "ربيع الآخر", "ربيع الثاني"),
    "05": ("Jumada al-Ula", "Jumada al-Awwal", "جمادى الأولى", "جمادى الأول"),
    "06": (
        *("Jumada al-Thani", "Jumada al-Akhira", "جمادى الآخرة", "جمادى الآخر"),
        "جمادى الثانية",
    ),
    "07": ("Rajab", "رجب"),
    "08": ("Shaban", "Sha'ban", "شعبان"),
    "09": ("Ramadan", "رمضان"),
    "10": ("Shawwal", "شوال"),
    "11": ("Dhu al-Qadah", "Dhu al-Qi'dah", "ذو القعدة", "ذي القعدة"),
    "12": ("Dhu al-Hijjah", "ذو الحجة", "ذي الحجة"),
}

# Of Iran, then of Afghanistan.
SOLAR_MONTHS = {
    "01": ("Farvardin", "فروردین", "Hamal", "حمل"),
    "02": ("Ordibehesht", "اردیبهشت", "Sawr", "ثور"),
    "03": ("Khordad", "خرداد", "Jawza", "جوزا"),
    "04": ("Tir", "تیر", "Saratan", "سرطان"),
    "05": ("Mordad", "مرداد", "Asad", "اسد"),
    "06": ("Shahrivar", "شهریور", "Sonbola", "سنبله"),
    "07": ("Mehr", "مهر", "Mizan", "میزان"),
    "08": ("Aban", "آبان", "Aqrab", "عقرب"),
    "09": ("Azar", "آذر", "Qaws", "قوس"),
    "10": ("Dey", "دی", "Jadi", "جدی"),
    "11": ("Bahman", "بهمن", "Dalw", "دلو"),
    "12": ("Esfand", "اسفند", "Hut", "حوت"),
}

DECADES = {
    "20": ("twenties", "عشرينيات", "العشرينيات", "العشرينات"),
    "30": ("thirties", "ثلاثينيات", "الثلاثينيات", "الثلاثينات"),
    "40": ("forties", "أربعينيات", "الأربعينيات", "الأربعينات"),
    "50": ("fifties", "خمسينيات", "الخمسينيات", "خمسينات", "الخمسينات"),
    "60": ("sixties", "ستينيات", "الستينيات", "ستينات", "الستينات"),
    "70": ("seventies", "سبعينيات", "السبعينيات", "سبعينات", "السبعينات"),
    "80": ("eighties", "ثمانينيات", "الثمانينيات", "ثمانينات", "الثمانينات"),
    "90": ("nineties", "تسعينيات", "التسعينيات", "تسعينات", "التسعينات"),
}
CENTURY = ("century", "القرن")

BEFORE = (
    *("last", "past", "previous"),
    *("الماضي", "الماضية", "المنصرم", "المنصرمة", "الفائت", "الفائتة"),
)
SAME = (
    *("this", "current", "هذا", "هذه"),
    *("الجاري", "الجارية", "الحالي", "الحالية"),
)
AFTER = (
    *("next", "coming", "following"),
    *("القادم", "القادمة", "المقبل", "المقبلة"),
)

UNITS = {
    "day": ("day", "days", "يوم", "يوما", "أيام"),
    "week": ("week", "weeks", "أسبوع", "أسبوعا", "أسابيع", "الأسبوع"),
    "month": ("month", "months", "شهر", "شهرا", "أشهر", "شهور", "الشهر"),
    "year": (
        *("year", "years", "عام", "عاما", "أعوام", "العام"),
        *("سنة", "سنوات", "السنة"),
    ),
}
# One of them, where no number stands before it.
ONE = {
    "day": ("day", "يوم"),
    "week": ("week", "أسبوع"),
    "month": ("month", "شهر"),
    "year": ("year", "عام", "سنة"),
}
# Arabic says two of them in one word.
TWO = {
    "day": ("يومين",),
    "week": ("أسبوعين",),
    "month": ("شهرين",),
    "year": ("عامين", "سنتين"),
}
AGO = ("ago", "قبل", "منذ")
LATER = ("in", "after", "later", "بعد")
HOURS = ("hour", "hours", "ساعة", "ساعات", "ساعتين", "minutes", "دقائق")
VAGUE = (
    *("recently", "earlier", "days ago", "a few days ago", "some days ago"),
    *("weeks ago", "a few weeks ago", "months ago", "a few months ago", "years ago"),
    *("مؤخرا", "في وقت سابق", "حديثا", "قبل أيام", "منذ أيام", "قبل أسابيع"),
    *("منذ أسابيع", "قبل أشهر", "منذ أشهر", "قبل سنوات", "منذ سنوات"),
)

NUMBERS = {
    1: ("a", "an", "one", "واحد", "واحدة"),
    2: ("two", "اثنين"),
    3: ("three", "ثلاثة", "ثلاث"),
    4: ("four", "أربعة", "أربع"),
    5: ("five", "خمسة", "خمس"),
    6: ("six", "ستة", "ست"),
    7: ("seven", "سبعة", "سبع"),
    8: ("eight", "ثمانية", "ثماني"),
    9: ("nine", "تسعة", "تسع"),
    10: ("ten", "عشرة", "عشر"),
    11: ("eleven", "أحد عشر", "إحدى عشرة"),
    12: ("twelve", "اثني عشر", "اثنتي عشرة"),
}

ORDINALS = {
    "1": ("first", "1st", "الأول"),
    "2": ("second", "2nd", "الثاني"),
    "3": ("third", "3rd", "الثالث"),
    "4": ("fourth", "4th", "الرابع", "الأخير", "last"),
}
QUARTER = ("quarter", "الربع")
HALF = ("half", "النصف")

PARTS = {
    "early": (
        *("early", "beginning", "start", "early in"),
        *("مطلع", "أوائل", "بداية", "بدايات", "مستهل"),
    ),
    "mid": ("mid", "middle", "midst", "منتصف", "أواسط", "وسط"),
    "late": (
        *("late", "end", "late in"),
        *("أواخر", "نهاية", "نهايات", "ختام"),
    ),
}

# Whole days by one expression: how many days before the anchor, or after it.
DAYS_BEFORE = {
    0: ("today", "tonight", "اليوم", "الليلة"),
    1: ("yesterday", "أمس", "البارحة", "الأمس"),
    2: ("day before yesterday", "أول أمس", "أول من أمس", "أمس الأول"),
}
DAYS_AFTER = {
    1: ("tomorrow", "غدا", "الغد", "يوم غد"),
    2: ("day after tomorrow", "بعد غد"),
}
LAST_NIGHT = ("last night", "overnight", "الليلة الماضية", "الليلة الفائتة")

ABOUT = ("about", "around", "circa", "c", "حوالي", "نحو", "قرابة")
SINCE = ("since", "منذ")
BETWEEN = ("between", "بين", "ما بين")
AND = ("and", "و")
FROM = ("from", "من")
TO = ("to", "until", "till", "إلى", "حتى")

LUNAR_MARKS = ("AH", "H", "هـ", "هجري", "هجرية", "للهجرة", "hijri")
SOLAR_MARKS = (
    *("SH", "ش", "هـ ش", "شمسی", "هجری شمسی", "هجري شمسي", "solar hijri"),
    *("خورشیدی",),
)
GREGORIAN_MARKS = ("AD", "CE", "م", "ميلادي", "ميلادية")
JULIAN_MARKS = ("old style", "O.S.", "OS", "julian", "julian calendar")

# What may stand before a date and says nothing of it, and what may stand within.
# "by" and "بحلول" are not among them: they bound a date, and no rule here says that.
LEADING = (
    *("on", "in", "at", "during", "dated", "earlier", "later"),
    *("في", "خلال", "بتاريخ", "يوم", "أثناء", "وذلك", "في وقت سابق"),
)
PARTS_OF_DAY = (
    *("morning", "evening", "afternoon", "night", "noon"),
    *("صباح", "مساء", "ظهر", "عصر", "فجر", "ليل", "ليلة", "نهار"),
    *("صباحا", "ظهرا", "عصرا", "فجرا", "ليلا"),
)
SILENT = ("the", "of", "s", "من")
MONTH_NOUN = ("month", "شهر")
YEAR_NOUN = ("year", "عام", "العام", "سنة", "السنة")
