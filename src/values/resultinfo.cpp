// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT

#include <QAsyncMySql/resultinfo.h>

namespace QAsyncMySql {

namespace {

struct Field
{
    QStringView words;
    std::optional<quint64> ResultInfo::*number;
};

constexpr Field Fields[] = {
    {u"Rows matched", &ResultInfo::matched},  {u"Changed", &ResultInfo::changed},
    {u"Warnings", &ResultInfo::warnings},     {u"Records", &ResultInfo::records},
    {u"Duplicates", &ResultInfo::duplicates}, {u"Deleted", &ResultInfo::deleted},
    {u"Skipped", &ResultInfo::skipped},
};

} // namespace

// "Rows matched: 3  Changed: 2  Warnings: 0"
ResultInfo ResultInfo::fromText(QStringView text)
{
    ResultInfo info;
    while (!text.isEmpty()) {
        const qsizetype colon = text.indexOf(u':');
        if (colon < 0)
            break;
        const QStringView words = text.first(colon).trimmed();
        text = text.sliced(colon + 1).trimmed();
        qsizetype digits = 0;
        while (digits < text.size() && text.at(digits).isDigit())
            ++digits;
        bool good = false;
        const quint64 number = text.first(digits).toULongLong(&good);
        text = text.sliced(digits);
        for (const Field &field : Fields) {
            if (good && field.words == words)
                info.*field.number = number;
        }
    }
    return info;
}

} // namespace QAsyncMySql
