// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT

#include "commandline.h"

#include <QtCore/QCommandLineParser>
#include <QtCore/QTextStream>

using namespace QAsyncMySql;

namespace {

[[noreturn]] void refuse(const QString &message)
{
    QTextStream(stderr) << message << Qt::endl;
    std::exit(2);
}

QCommandLineOption flag(const char *name, const char *description)
{
    return QCommandLineOption(QString::fromLatin1(name), QString::fromLatin1(description));
}

} // namespace

CommandLine CommandLine::parse(bool hasTour)
{
    QCommandLineParser parser;
    parser.setApplicationDescription(
        QStringLiteral("Shows the rows of a MySQL or MariaDB query while they stream in."));
    parser.addHelpOption();
    parser.addPositionalArgument(
        QStringLiteral("url"),
        QStringLiteral("mysql://user:password@host:port/schema; without it, the program asks"),
        QStringLiteral("[url]"));
    const QCommandLineOption sql(QStringLiteral("sql"), QStringLiteral("The statement to begin with."),
                                 QStringLiteral("SQL"));
    const QCommandLineOption run = flag("run", "Run it at once.");
    const QCommandLineOption onDemand = flag("on-demand", "Read rows as they are scrolled to, not all.");
    const QCommandLineOption scroll = flag("scroll", "Scroll through the rows while they come.");
    const QCommandLineOption stats
        = flag("stats", "Print rows, seconds, peak memory and event-loop stalls at the end.");
    const QCommandLineOption exit = flag("exit-when-done", "Leave when the query has ended.");
    const QCommandLineOption shot(
        QStringLiteral("screenshot"),
        QStringLiteral("Save pictures of the window while rows come and after: FILE.png becomes "
                       "FILE-1-streaming.png and so on."),
        QStringLiteral("FILE"));
    const QCommandLineOption tour(
        QStringLiteral("tour"),
        QStringLiteral(
            "Show what the browser can do, on a schema \"qasyncmysql_tour\" that is made for it and "
            "dropped, save a picture of each state in FOLDER, and leave."),
        QStringLiteral("FOLDER"));
    const QCommandLineOption theme(QStringLiteral("theme"), QStringLiteral("system, light or dark."),
                                   QStringLiteral("NAME"));
    parser.addOptions({sql, run, onDemand, scroll, stats, exit, shot, theme});
    if (hasTour)
        parser.addOption(tour);
    parser.process(*QCoreApplication::instance());

    CommandLine result;
    result.sql = parser.value(sql);
    result.run = parser.isSet(run);
    result.onDemand = parser.isSet(onDemand);
    result.scroll = parser.isSet(scroll);
    result.stats = parser.isSet(stats);
    result.exitWhenDone = parser.isSet(exit);
    result.screenshot = parser.value(shot);
    if (hasTour)
        result.tour = parser.value(tour);
    result.theme = parser.value(theme);
    if (parser.isSet(theme)
        && !QStringList{QStringLiteral("system"), QStringLiteral("light"), QStringLiteral("dark")}.contains(
            result.theme))
        refuse(QStringLiteral("--theme: '%1' is none of system, light and dark").arg(result.theme));
    const QStringList arguments = parser.positionalArguments();
    if (arguments.size() > 1)
        refuse(QStringLiteral("One URL is enough; '%1' is too much. The statement goes after --sql.")
                   .arg(arguments.at(1)));
    if (!arguments.isEmpty()) {
        const Result<ConnectOptions> options = ConnectOptions::fromUrl(arguments.first());
        if (!options)
            refuse(options.error().message());
        result.options = *options;
        result.url = arguments.first();
    }
    if (!result.tour.isEmpty() && !result.options)
        refuse(QStringLiteral("--tour needs a URL."));
    if (result.run && (!result.options || result.sql.isEmpty()))
        refuse(QStringLiteral("--run needs a URL and --sql."));
    return result;
}
