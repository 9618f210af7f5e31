// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT

#include "commandline.h"

#include <QtCore/QCommandLineParser>
#include <QtCore/QTextStream>

namespace {

[[noreturn]] void refuse(const QString &message)
{
    QTextStream(stderr) << message << Qt::endl;
    std::exit(2);
}

QCommandLineOption option(const char *name, const char *description, const char *value = nullptr,
                          const char *preset = nullptr)
{
    return QCommandLineOption(QString::fromLatin1(name), QString::fromLatin1(description),
                              QString::fromLatin1(value), QString::fromLatin1(preset));
}

} // namespace

CommandLine CommandLine::parse()
{
    QCommandLineParser parser;
    parser.setApplicationDescription(
        QStringLiteral("Shows the rows of a MySQL or MariaDB query while they stream in."));
    parser.addHelpOption();
    parser.addPositionalArgument(
        QStringLiteral("url"),
        QStringLiteral("mysql://user:password@host:port/schema; without it, a page asks"),
        QStringLiteral("[url]"));
    const QCommandLineOption sql = option("sql", "The statement to begin with.", "SQL");
    const QCommandLineOption run = option("run", "Run it at once.");
    const QCommandLineOption scroll = option("scroll", "Scroll through the rows while they come.");
    const QCommandLineOption stats
        = option("stats", "Print rows, seconds, peak memory and event-loop stalls at the end.");
    const QCommandLineOption exit = option("exit-when-done", "Leave when the query has ended.");
    const QCommandLineOption shot
        = option("screenshot",
                 "Save pictures of the window while rows come and after: FILE.png becomes "
                 "FILE-1-streaming.png and so on.",
                 "FILE");
    const QCommandLineOption theme = option("theme", "system, light or dark.", "NAME", "system");
    parser.addOptions({sql, run, scroll, stats, exit, shot, theme});
    parser.process(*QCoreApplication::instance());

    CommandLine result;
    result.sql = parser.value(sql);
    result.run = parser.isSet(run);
    result.scroll = parser.isSet(scroll);
    result.stats = parser.isSet(stats);
    result.exitWhenDone = parser.isSet(exit);
    result.screenshot = parser.value(shot);
    result.theme = parser.value(theme);
    if (!QStringList{QStringLiteral("system"), QStringLiteral("light"), QStringLiteral("dark")}.contains(
            result.theme))
        refuse(QStringLiteral("--theme: '%1' is none of system, light and dark").arg(result.theme));
    const QStringList arguments = parser.positionalArguments();
    if (arguments.size() > 1)
        refuse(QStringLiteral("One URL is enough; '%1' is too much. The statement goes after --sql.")
                   .arg(arguments.at(1)));
    result.url = arguments.value(0);
    if (result.run && (result.url.isEmpty() || result.sql.isEmpty()))
        refuse(QStringLiteral("--run needs a URL and --sql."));
    return result;
}
