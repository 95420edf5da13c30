# shellcheck shell=bash
# What tests need beside Odoo: a browser, the PDF maker, fonts for both.

need_browser() {
    need_debian chromium=chromium wkhtmltopdf=wkhtmltopdf msgfmt=gettext \
        "/usr/share/fonts/truetype/dejavu/*=fonts-dejavu-core" \
        "/usr/share/fonts/truetype/liberation*/*=fonts-liberation"
}
