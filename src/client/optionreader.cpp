// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT

#include "client/optionreader.h"

#include <QtCore/QDir>
#include <QtCore/QFile>
#include <QtCore/QFileInfo>

namespace QAsyncMySql::Internal {

namespace {

constexpr qint64 MaxFileSize = 1 << 20; // bytes; what is larger is no option file

Error usage(const QString &text)
{
    return Error(Error::Kind::Usage, text, Error::Outcome::NotSent, Error::Phase::Connecting);
}

//! \a text up to a # outside of quotes.
QString withoutComment(const QString &text)
{
    QChar quote;
    bool escaped = false;
    for (qsizetype i = 0; i < text.size(); ++i) {
        const QChar c = text.at(i);
        if ((c == u'\'' || c == u'"') && !escaped) {
            if (quote.isNull())
                quote = c;
            else if (quote == c)
                quote = {};
        }
        if (quote.isNull() && c == u'#')
            return text.first(i);
        escaped = !quote.isNull() && c == u'\\' && !escaped;
    }
    return text;
}

//! Other characters behind a backslash keep it.
QString withoutEscapes(const QString &text)
{
    QString result;
    for (qsizetype i = 0; i < text.size(); ++i) {
        if (text.at(i) != u'\\' || i + 1 == text.size()) {
            result += text.at(i);
            continue;
        }
        const QChar next = text.at(++i);
        constexpr QStringView From = u"ntrbs\"'\\";
        constexpr QStringView To = u"\n\t\r\b \"'\\";
        const qsizetype known = From.indexOf(next);
        if (known < 0)
            result += u'\\';
        result += known < 0 ? next : To.at(known);
    }
    return result;
}

QString parseValue(QString text)
{
    text = withoutComment(text).trimmed();
    const bool quoted
        = text.size() > 1 && (text.front() == u'\'' || text.front() == u'"') && text.back() == text.front();
    return withoutEscapes(quoted ? text.sliced(1, text.size() - 2) : text);
}

class Reader
{
public:
    explicit Reader(const QStringList &groups)
        : m_groups(groups)
    {
    }

    Result<void> readFile(const QString &path, const QString &from);
    Result<void> readText(QByteArrayView utf8, const QString &path);
    void setDirectivesAllowed(bool allowed) { m_directivesAllowed = allowed; }
    QList<OptionLine> lines;

private:
    Result<void> readLine(const QString &text, const OptionLine &here, QString &group);
    Result<void> directive(const QString &text, const OptionLine &here);
    Result<void> readDirectory(const QString &path, const OptionLine &here);

    QStringList m_groups;
    QStringList m_open; // files being read: each includes the next
    bool m_directivesAllowed = true;
};

Result<void> Reader::readFile(const QString &path, const QString &from)
{
    const QFileInfo info(path);
    const QString canonical = info.canonicalFilePath();
    const auto cannot = [&](const QString &why) {
        return usage(from + QStringLiteral("The option file \"%1\" %2.").arg(path, why));
    };
    if (canonical.isEmpty())
        return cannot(QStringLiteral("does not exist"));
    if (m_open.contains(canonical))
        return cannot(QStringLiteral("includes itself: ") + m_open.join(QStringLiteral(" includes ")));
    if (!info.isFile())
        return cannot(QStringLiteral("is not a file"));
    // Anybody could put options into it, and so have the password sent elsewhere.
    if (info.permission(QFileDevice::WriteOther))
        return cannot(QStringLiteral("can be written by every user of this machine; take that right away"));
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly))
        return cannot(QStringLiteral("cannot be read: ") + file.errorString());
    if (file.size() > MaxFileSize)
        return cannot(QStringLiteral("is larger than 1 MiB; is it one?"));

    m_open.append(canonical);
    if (const Result<void> read = readText(file.readAll(), path); !read)
        return read;
    m_open.removeLast();
    return {};
}

Result<void> Reader::readText(QByteArrayView utf8, const QString &path)
{
    QString group;
    OptionLine here;
    here.file = path;
    QString text = QString::fromUtf8(utf8);
    if (text.startsWith(QChar::ByteOrderMark))
        text.remove(0, 1);
    const QStringList all = text.split(u'\n');
    for (const QString &line : all) {
        ++here.line;
        if (const Result<void> read = readLine(line.trimmed(), here, group); !read)
            return read;
    }
    return {};
}

Result<void> Reader::readLine(const QString &text, const OptionLine &here, QString &group)
{
    if (text.isEmpty() || text.front() == u'#' || text.front() == u';')
        return {};
    if (text.front() == u'!' && m_directivesAllowed)
        return directive(text, here);
    if (text.front() == u'[') {
        const qsizetype end = text.indexOf(u']');
        if (end < 0)
            return here.error(QStringLiteral("The name of a group is not closed by ]."));
        group = text.sliced(1, end - 1).trimmed();
        return {};
    }
    if (group.isNull())
        return here.error(QStringLiteral("There is an option before the first [group]."));
    if (!m_groups.contains(group))
        return {};
    OptionLine option = here;
    const qsizetype equals = text.indexOf(u'=');
    const qsizetype comment = text.indexOf(u'#');
    const bool hasValue = equals >= 0 && (comment < 0 || equals < comment);
    option.name = (hasValue ? text.first(equals) : withoutComment(text)).trimmed();
    option.name.replace(u'_', u'-');
    if (hasValue)
        option.value = parseValue(text.sliced(equals + 1));
    if (option.name.isEmpty())
        return here.error(QStringLiteral("There is a value without the name of an option."));
    lines.append(option);
    return {};
}

Result<void> Reader::directive(const QString &text, const OptionLine &here)
{
    for (const QString &word : {QStringLiteral("!includedir"), QStringLiteral("!include")}) {
        if (!text.startsWith(word) || text.size() == word.size() || !text.at(word.size()).isSpace())
            continue;
        const QString path = text.sliced(word.size()).trimmed();
        const QString full = QFileInfo(here.file).dir().absoluteFilePath(path);
        return word.size() == 8 ? readFile(full, here.error({}).message()) : readDirectory(full, here);
    }
    return here.error(QStringLiteral("\"%1\" is neither !include FILE nor !includedir DIRECTORY.").arg(text));
}

Result<void> Reader::readDirectory(const QString &path, const OptionLine &here)
{
    const QDir directory(path);
    if (!directory.exists())
        return here.error(QStringLiteral("The directory \"%1\" does not exist.").arg(path));
    const QStringList names = directory.entryList({QStringLiteral("*.cnf")}, QDir::Files, QDir::Name);
    for (const QString &name : names) {
        if (const Result<void> read = readFile(directory.filePath(name), here.error({}).message()); !read)
            return read;
    }
    return {};
}

} // namespace

Error OptionLine::error(const QString &text) const
{
    return usage(QStringLiteral("%1:%2: ").arg(file).arg(line) + text);
}

Result<QList<OptionLine>> readOptionLines(const QString &path, const QStringList &groups)
{
    Reader reader(groups);
    const Result<void> read = reader.readFile(path, {});
    return read ? Result<QList<OptionLine>>(reader.lines) : Result<QList<OptionLine>>(read.error());
}

Result<QList<OptionLine>> optionLinesIn(QByteArrayView text, const QString &file, const QStringList &groups)
{
    Reader reader(groups);
    reader.setDirectivesAllowed(false);
    const Result<void> read = reader.readText(text, file);
    return read ? Result<QList<OptionLine>>(reader.lines) : Result<QList<OptionLine>>(read.error());
}

} // namespace QAsyncMySql::Internal
